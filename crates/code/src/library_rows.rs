//! The table of what the libraries have: a row for each optimizer of the catalogue.

use super::library_form::{Condition, LibraryForm, LibraryRow, LibrarySupport, always, has, none, when};

/// That PyTorch has no such optimizer.
pub const NOT_IN_PYTORCH: LibrarySupport = none("torch.optim has no such optimizer");
/// That optax has no such optimizer.
pub const NOT_IN_OPTAX: LibrarySupport = none("optax has no such optimizer");
const SGD: &str = "torch.optim.SGD([p], lr={lr}<, momentum={momentum}><, dampening={dampening}><, weight_decay={weight_decay}>)";
const NESTEROV: &str =
    "torch.optim.SGD([p], lr={lr}, momentum={momentum}, nesterov=True<, weight_decay={weight_decay}>)";
const OPTAX_PUSH: &str = "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.scale_by_learning_rate({lr}), optax.trace(decay={momentum}))";
const OPTAX_PUSH_AHEAD: &str = "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.scale_by_learning_rate({lr}), optax.trace(decay={momentum}, nesterov=True))";
const OPTAX_SUM: &str =
    "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.sgd({lr}, momentum={momentum}))";
const OPTAX_SUM_AHEAD: &str = "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.sgd({lr}, momentum={momentum}, nesterov=True))";
const RMSPROP: &str = "optax.rmsprop({lr}, decay={alpha}, eps={eps}, eps_in_sqrt={eps_inside}<, centered={centered}><, momentum={momentum}><, nesterov={nesterov}><, initial_scale={initial_accumulator}>)";
const TORCH_RMSPROP: &str = "torch.optim.RMSprop([p], lr={lr}, alpha={alpha}, eps={eps}<, momentum={momentum}><, centered={centered}>)";
const TORCH_ADAM: &str = "torch.optim.Adam([p], lr={lr}, betas=({beta1}, {beta2}), eps={eps}<, weight_decay={weight_decay}><, amsgrad={amsgrad}>)";
const OPTAX_ADAM: &str = "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.adam({lr}, b1={beta1}, b2={beta2}, eps={eps}))";

/// All rows.
pub static ROWS: &[LibraryRow] = &[
    LibraryRow {
        optimizer: "GradientDescent",
        pytorch: has(&[always("torch.optim.SGD([p], lr={lr}<, weight_decay={weight_decay}>)")], ""),
        optax: has(
            &[always("optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.sgd({lr}))")],
            "",
        ),
    },
    LibraryRow {
        optimizer: "Momentum",
        pytorch: has(
            &[
                when(&[Condition::Is("form", "PyTorch")], SGD),
                when(&[Condition::Is("form", "Classical"), Condition::ConstantRate], SGD),
            ],
            "torch.optim.SGD knows only the form v = βv + g, x -= αv",
        ),
        optax: has(
            &[
                when(&[Condition::Is("form", "PyTorch"), Condition::Zero("dampening")], OPTAX_SUM),
                when(&[Condition::Is("form", "Classical"), Condition::Zero("dampening")], OPTAX_PUSH),
                when(
                    &[Condition::Is("form", "Averaged")],
                    "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.ema({momentum}, debias=False), optax.scale_by_learning_rate({lr}))",
                ),
            ],
            "optax has no dampening",
        ),
    },
    LibraryRow {
        optimizer: "Nesterov",
        pytorch: has(
            &[
                when(
                    &[Condition::Zero("momentum")],
                    "torch.optim.SGD([p], lr={lr}<, weight_decay={weight_decay}>)",
                ),
                when(&[Condition::Is("form", "PyTorch")], NESTEROV),
                when(&[Condition::Is("form", "Keras"), Condition::ConstantRate], NESTEROV),
            ],
            "torch.optim.SGD(nesterov=True) is another of the two sequences, or keeps old pushes at another rate",
        ),
        optax: has(
            &[
                when(&[Condition::Is("form", "PyTorch")], OPTAX_SUM_AHEAD),
                when(&[Condition::Is("form", "Keras")], OPTAX_PUSH_AHEAD),
            ],
            "optax asks for the gradient where x stands, not ahead of it",
        ),
    },
    LibraryRow { optimizer: "Qhm", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow {
        optimizer: "PolyakStep",
        pytorch: NOT_IN_PYTORCH,
        optax: has(
            &[LibraryForm {
                update: "g, state, p, value=loss",
                ..always("optax.polyak_sgd(max_learning_rate={max_lr}, f_min={f_min})")
            }],
            "",
        ),
    },
    LibraryRow {
        optimizer: "ScheduleFreeSgd",
        pytorch: none("torch.optim has no such optimizer; the authors' package `schedulefree` has it"),
        optax: has(
            &[LibraryForm {
                position: "optax.contrib.schedule_free_eval_params(state, p)",
                ..when(
                    &[Condition::NotZero("momentum"), Condition::ConstantRate],
                    "optax.contrib.schedule_free_sgd({lr}, b1={momentum}<, weight_decay={weight_decay}>)",
                )
            }],
            "optax.contrib.schedule_free_sgd divides by b1, and takes its weights from the schedule one step ahead",
        ),
    },
    LibraryRow { optimizer: "BarzilaiBorwein", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow {
        optimizer: "AdaGrad",
        pytorch: has(
            &[when(
                &[Condition::Off("eps_inside")],
                "torch.optim.Adagrad([p], lr={lr}<, lr_decay={lr_decay}><, initial_accumulator_value={initial_accumulator}>, eps={eps})",
            )],
            "torch.optim.Adagrad has ε beside the root",
        ),
        optax: has(
            &[when(
                &[Condition::On("eps_inside"), Condition::Zero("lr_decay")],
                "optax.adagrad({lr}, initial_accumulator_value={initial_accumulator}, eps={eps})",
            )],
            "optax.adagrad has ε under the root, and no decay of its own of the learning rate",
        ),
    },
    LibraryRow {
        optimizer: "AdaDelta",
        pytorch: has(&[always("torch.optim.Adadelta([p], lr={lr}, rho={rho}, eps={eps})")], ""),
        optax: has(&[always("optax.adadelta({lr}, rho={rho}, eps={eps})")], ""),
    },
    LibraryRow {
        optimizer: "RmsProp",
        pytorch: has(
            &[
                when(
                    &[
                        Condition::Off("eps_inside"),
                        Condition::Off("nesterov"),
                        Condition::Zero("initial_accumulator"),
                    ],
                    TORCH_RMSPROP,
                ),
                when(
                    &[
                        Condition::Off("eps_inside"),
                        Condition::Zero("momentum"),
                        Condition::Zero("initial_accumulator"),
                    ],
                    TORCH_RMSPROP,
                ),
            ],
            "torch.optim.RMSprop has ε beside the root, no Nesterov form, and begins its average at 0",
        ),
        optax: has(
            &[
                when(&[Condition::On("eps_inside")], RMSPROP),
                when(&[Condition::Zero("momentum")], RMSPROP),
                when(&[Condition::ConstantRate], RMSPROP),
            ],
            "optax.rmsprop has the learning rate inside the momentum's buffer",
        ),
    },
    LibraryRow {
        optimizer: "Adam",
        pytorch: has(
            &[
                when(&[Condition::On("bias_correction"), Condition::Is("form", "PyTorch")], TORCH_ADAM),
                when(
                    &[
                        Condition::On("bias_correction"),
                        Condition::Is("form", "Optax"),
                        Condition::Off("amsgrad"),
                    ],
                    TORCH_ADAM,
                ),
            ],
            "torch.optim.Adam always corrects its averages for their start at zero, keeps the largest v as it is, and has ε beside the corrected root",
        ),
        optax: has(
            &[
                when(
                    &[
                        Condition::On("bias_correction"),
                        Condition::Off("amsgrad"),
                        Condition::Is("form", "PyTorch"),
                    ],
                    OPTAX_ADAM,
                ),
                when(
                    &[
                        Condition::On("bias_correction"),
                        Condition::Off("amsgrad"),
                        Condition::Is("form", "Optax"),
                    ],
                    OPTAX_ADAM,
                ),
                when(
                    &[
                        Condition::On("bias_correction"),
                        Condition::On("amsgrad"),
                        Condition::Is("form", "Optax"),
                    ],
                    "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.amsgrad({lr}, b1={beta1}, b2={beta2}, eps={eps}))",
                ),
                when(
                    &[Condition::Off("bias_correction"), Condition::On("amsgrad")],
                    "optax.chain(<optax.add_decayed_weights({weight_decay}), >optax.amsgrad({lr}, b1={beta1}, b2={beta2}, eps={eps}, bias_correction_mu=False, bias_correction_nu=False))",
                ),
            ],
            "optax.adam always corrects its averages and has ε beside the corrected root, and optax.amsgrad takes the largest of the corrected ones",
        ),
    },
    LibraryRow {
        optimizer: "AdamW",
        pytorch: has(
            &[always(
                "torch.optim.AdamW([p], lr={lr}, betas=({beta1}, {beta2}), eps={eps}, weight_decay={weight_decay}<, amsgrad={amsgrad}>)",
            )],
            "",
        ),
        optax: has(
            &[when(
                &[Condition::Off("amsgrad")],
                "optax.adamw({lr}, b1={beta1}, b2={beta2}, eps={eps}, weight_decay={weight_decay})",
            )],
            "optax.adamw has no AMSGrad",
        ),
    },
    LibraryRow {
        optimizer: "Adamax",
        pytorch: has(
            &[when(
                &[Condition::Is("form", "PyTorch")],
                "torch.optim.Adamax([p], lr={lr}, betas=({beta1}, {beta2}), eps={eps})",
            )],
            "torch.optim.Adamax adds ε before it takes the maximum, Keras behind it",
        ),
        optax: has(
            &[when(
                &[Condition::Is("form", "PyTorch")],
                "optax.adamax({lr}, b1={beta1}, b2={beta2}, eps={eps})",
            )],
            "optax.adamax adds ε before it takes the maximum, Keras behind it",
        ),
    },
    LibraryRow {
        optimizer: "NAdam",
        pytorch: has(
            &[when(
                &[Condition::Is("form", "PyTorch")],
                "torch.optim.NAdam([p], lr={lr}, betas=({beta1}, {beta2}), eps={eps}, momentum_decay={momentum_decay})",
            )],
            "torch.optim.NAdam warms β₁ up",
        ),
        optax: has(
            &[when(
                &[Condition::Is("form", "Optax")],
                "optax.nadam({lr}, b1={beta1}, b2={beta2}, eps={eps})",
            )],
            "optax.nadam leaves the warm-up of β₁ out",
        ),
    },
    LibraryRow {
        optimizer: "RAdam",
        pytorch: has(
            &[when(
                &[Condition::Is("form", "PyTorch")],
                "torch.optim.RAdam([p], lr={lr}, betas=({beta1}, {beta2}), eps={eps})",
            )],
            "torch.optim.RAdam has ε beside √v, optax beside √v̂, and it rectifies above ρ = 5",
        ),
        optax: has(
            &[when(
                &[Condition::Is("form", "Optax")],
                "optax.radam({lr}, b1={beta1}, b2={beta2}, eps={eps})",
            )],
            "optax.radam has ε beside √v̂, PyTorch beside √v, and it rectifies from ρ = 5 on",
        ),
    },
    LibraryRow {
        optimizer: "AdaBelief",
        pytorch: NOT_IN_PYTORCH,
        optax: has(
            &[always("optax.adabelief({lr}, b1={beta1}, b2={beta2}, eps={eps}, eps_root={eps_root})")],
            "",
        ),
    },
    LibraryRow {
        optimizer: "Yogi",
        pytorch: NOT_IN_PYTORCH,
        optax: has(
            &[always(
                "optax.chain(optax.scale_by_yogi(b1={beta1}, b2={beta2}, eps={eps}, initial_accumulator_value={initial_accumulator}), optax.scale_by_learning_rate({lr}))",
            )],
            "",
        ),
    },
    LibraryRow { optimizer: "QhAdam", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow {
        optimizer: "Adan",
        pytorch: NOT_IN_PYTORCH,
        optax: has(
            &[when(
                &[Condition::Is("form", "Optax")],
                "optax.adan({lr}, b1={beta1}, b2={beta2}, b3={beta3}, eps={eps}, eps_root={eps_root}, weight_decay={weight_decay})",
            )],
            "optax.adan weighs the change of the gradient in a step by 1 - b2, the authors' code by b2",
        ),
    },
    LibraryRow {
        optimizer: "ScheduleFreeAdamW",
        pytorch: none("torch.optim has no such optimizer; the authors' package `schedulefree` has it"),
        optax: has(
            &[LibraryForm {
                position: "optax.contrib.schedule_free_eval_params(state, p)",
                ..when(
                    &[Condition::NotZero("beta1"), Condition::ConstantRate],
                    "optax.contrib.schedule_free_adamw({lr}, b1={beta1}, b2={beta2}, eps={eps}<, weight_decay={weight_decay}>)",
                )
            }],
            "optax.contrib.schedule_free_adamw divides by b1, and takes its weights from the schedule one step ahead",
        ),
    },
    LibraryRow {
        optimizer: "SignSgd",
        pytorch: NOT_IN_PYTORCH,
        optax: has(&[always("optax.sign_sgd({lr})")], ""),
    },
    LibraryRow {
        optimizer: "Signum",
        pytorch: NOT_IN_PYTORCH,
        optax: has(&[always("optax.signum({lr}, beta={momentum})")], ""),
    },
    LibraryRow {
        optimizer: "Lion",
        pytorch: NOT_IN_PYTORCH,
        optax: has(&[always("optax.lion({lr}, b1={beta1}, b2={beta2}, weight_decay={weight_decay})")], ""),
    },
    LibraryRow {
        optimizer: "Rprop",
        pytorch: has(
            &[when(
                &[Condition::Is("form", "PyTorch")],
                "torch.optim.Rprop([p], lr={lr}, etas=({eta_minus}, {eta_plus}), step_sizes=({step_min}, {step_max}))",
            )],
            "torch.optim.Rprop makes each of its steps at once",
        ),
        optax: has(
            &[when(
                &[Condition::Is("form", "Optax"), Condition::ConstantRate],
                "optax.rprop({lr}, eta_minus={eta_minus}, eta_plus={eta_plus}, min_step_size={step_min}, max_step_size={step_max})",
            )],
            "optax.rprop (0.2.8) makes each of its steps one step late, and takes no schedule",
        ),
    },
    LibraryRow { optimizer: "Newton", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow { optimizer: "SaddleFreeNewton", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow {
        optimizer: "Sophia",
        pytorch: NOT_IN_PYTORCH,
        optax: none(
            "optax.contrib.sophia draws random estimates of the Hessian's diagonal; here it is exact",
        ),
    },
    LibraryRow { optimizer: "NewtonArmijo", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow {
        optimizer: "Bfgs",
        pytorch: none("torch.optim has L-BFGS alone"),
        optax: none("optax has L-BFGS alone"),
    },
    LibraryRow {
        optimizer: "Lbfgs",
        pytorch: none(
            "torch.optim.LBFGS interpolates otherwise in its line search, so that its steps are others",
        ),
        optax: none("optax.lbfgs has another line search, so that its steps are others"),
    },
    LibraryRow { optimizer: "SteepestDescent", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow { optimizer: "CoordinateDescent", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow { optimizer: "ConjugateGradient", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
    LibraryRow { optimizer: "Chebyshev", pytorch: NOT_IN_PYTORCH, optax: NOT_IN_OPTAX },
];
