//! How PyTorch and optax are told of modifiers: a row for each of the catalogue.

use super::expression_writer::float;
use super::library_form::Condition;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

/// What the loop of a library's program gets for a modifier. In all texts `{key}` stands for the setting of that key,
/// and `{rate}` for the learning rate of the step.
#[derive(Clone, Copy, Debug)]
pub struct LoopLines {
    /// With which settings: all of these hold.
    pub when: &'static [Condition],
    /// Before the loop.
    pub begin: &'static str,
    /// Between gradient and step; of optax the transformation in front of the optimizer.
    pub gradient: &'static str,
    /// Right before the step.
    pub before: &'static str,
    /// Behind the step.
    pub after: &'static str,
    /// Whether it must be the first that acts on the gradient.
    pub is_first: bool,
}

/// What the libraries have of a modifier.
#[derive(Clone, Copy, Debug)]
pub struct ModifierRow {
    /// Its name.
    pub modifier: &'static str,
    /// What PyTorch's loop gets, the first that the settings allow.
    pub pytorch: &'static [LoopLines],
    /// Why there is no such loop where none fits.
    pub not_pytorch: &'static str,
    /// What optax's loop gets, the first that the settings allow.
    pub optax: &'static [LoopLines],
    /// Why there is no such loop of optax where none fits.
    pub not_optax: &'static str,
}

const PLAIN: LoopLines =
    LoopLines { when: &[], begin: "", gradient: "", before: "", after: "", is_first: false };

const AVERAGED: &str = "the average is what is recorded, and a library's loop is where its optimizer is";

/// All rows.
pub const MODIFIERS: &[ModifierRow] = &[
    ModifierRow {
        modifier: "ClipNorm",
        pytorch: &[LoopLines {
            when: &[Condition::Equals("eps", 1e-6)],
            gradient: "torch.nn.utils.clip_grad_norm_([p], {max})",
            ..PLAIN
        }],
        not_pytorch: "torch.nn.utils.clip_grad_norm_ has an eps of 1e-6",
        optax: &[LoopLines {
            when: &[Condition::Zero("eps")],
            gradient: "optax.clip_by_global_norm({max})",
            ..PLAIN
        }],
        not_optax: "optax.clip_by_global_norm has no eps",
    },
    ModifierRow {
        modifier: "ClipValue",
        pytorch: &[LoopLines { gradient: "torch.nn.utils.clip_grad_value_([p], {max})", ..PLAIN }],
        not_pytorch: "",
        optax: &[LoopLines { gradient: "optax.clip({max})", ..PLAIN }],
        not_optax: "",
    },
    ModifierRow {
        modifier: "WeightDecay",
        pytorch: &[
            LoopLines {
                when: &[Condition::Is("form", "L2")],
                gradient: "p.grad.add_(p.detach(), alpha={weight_decay})  # the L2 penalty's own gradient",
                ..PLAIN
            },
            LoopLines {
                before: "decay = {rate}{weight_decay}*p.detach()  # decoupled weight decay",
                after: "p.data.sub_(decay)",
                ..PLAIN
            },
        ],
        not_pytorch: "",
        optax: &[
            LoopLines {
                when: &[Condition::Is("form", "L2")],
                gradient: "optax.add_decayed_weights({weight_decay})",
                ..PLAIN
            },
            LoopLines {
                before: "decay = {rate}{weight_decay}*p  # decoupled weight decay",
                after: "p = p - decay",
                ..PLAIN
            },
        ],
        not_optax: "",
    },
    ModifierRow {
        modifier: "Sharpness",
        pytorch: &[
            LoopLines {
                when: &[Condition::On("normalized")],
                gradient: "uphill = (p.detach() + {rho}/(p.grad.norm() + 1e-12)*p.grad).requires_grad_()\n\
                           p.grad, = torch.autograd.grad(f(*uphill), uphill)  # the gradient there (SAM)",
                is_first: true,
                ..PLAIN
            },
            LoopLines {
                gradient: "uphill = (p.detach() + {rho}*p.grad).requires_grad_()\n\
                           p.grad, = torch.autograd.grad(f(*uphill), uphill)  # the gradient there (USAM)",
                is_first: true,
                ..PLAIN
            },
        ],
        not_pytorch: "",
        optax: &[],
        not_optax: "optax.contrib.sam makes of a sharpness-aware step two updates",
    },
    ModifierRow {
        modifier: "Ascent",
        pytorch: &[LoopLines { gradient: "p.grad.neg_()  # ascent", ..PLAIN }],
        not_pytorch: "",
        optax: &[LoopLines { gradient: "optax.scale(-1.0)", ..PLAIN }],
        not_optax: "",
    },
    ModifierRow {
        modifier: "Box",
        pytorch: &[LoopLines {
            begin: "lower, upper = torch.tensor([{x_min}, {y_min}]), torch.tensor([{x_max}, {y_max}])  # the box",
            after: "p.data.clamp_(lower, upper)  # projected",
            ..PLAIN
        }],
        not_pytorch: "",
        optax: &[LoopLines {
            begin: "lower, upper = jnp.array([{x_min}, {y_min}]), jnp.array([{x_max}, {y_max}])  # the box",
            after: "p = optax.projections.projection_box(p, lower, upper)",
            ..PLAIN
        }],
        not_optax: "",
    },
    ModifierRow {
        modifier: "Lookahead",
        pytorch: &[LoopLines {
            begin: "slow = p.detach().clone()  # the slow weights",
            after: "if (t + 1) % {k} == 0:  # lookahead\n    \
                    slow += {alpha}*(p.detach() - slow)\n    p.data.copy_(slow)",
            ..PLAIN
        }],
        not_pytorch: "",
        optax: &[LoopLines {
            begin: "slow = p  # the slow weights",
            after: "if (t + 1) % {k} == 0:  # lookahead\n    \
                    slow = slow + {alpha}*(p - slow)\n    p = slow",
            ..PLAIN
        }],
        not_optax: "",
    },
    ModifierRow { modifier: "Average", pytorch: &[], not_pytorch: AVERAGED, optax: &[], not_optax: AVERAGED },
];

/// A text with the settings of a modifier put in.
pub fn filled(text: &str, modifier: &Chosen<Modifier>, rate: &str) -> String {
    modifier.settings().fold(text.replace("{rate}", rate), |text, (param, value)| match value {
        Value::Number(number) if param.key == "k" => {
            text.replace("{k}", &super::expression_writer::number(*number))
        }
        Value::Number(number) => text.replace(&format!("{{{}}}", param.key), &float(*number)),
        _ => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::modifiers;

    #[test]
    fn every_modifier_has_its_row_and_every_row_its_modifier() {
        for modifier in modifiers::ALL {
            let rows = MODIFIERS.iter().filter(|row| row.modifier == modifier.name).count();
            assert_eq!(rows, 1, "{}: a row in the table of the libraries", modifier.name);
        }
        for row in MODIFIERS {
            let modifier = modifiers::find(row.modifier).expect("a modifier");
            let chosen = Chosen::with_defaults(modifier);
            for (forms, why) in [(row.pytorch, row.not_pytorch), (row.optax, row.not_optax)] {
                let always = forms.iter().any(|form| form.when.is_empty());
                assert_eq!(always, why.is_empty(), "{}: a sentence where it is not always", row.modifier);
                for form in forms {
                    for text in [form.begin, form.gradient, form.before, form.after] {
                        let text = filled(text, &chosen, "");
                        assert!(!text.contains(['{', '}']), "{}: {text}", row.modifier);
                    }
                }
            }
        }
    }
}
