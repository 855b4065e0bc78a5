//! A runner of a scenario as a program.

use super::code_error::CodeError;
use super::expression_writer::float;
use super::helpers::helpers;
use super::language::Language;
use super::library;
use super::library_form::LibraryForm;
use super::method::{MethodText, method};
use super::modifier_loop::ModifierLoop;
use super::schedule::{schedule, watches_loss};
use super::surface::{SurfaceText, surface};
use std::fmt::Write;
use thalweg_core::Optimizer;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::run::prepared_schedule::moved_momentum;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Runner, Scenario, call, call_with_modifiers, call_without_folders, printable};

/// A program that makes the steps of a runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The program.
    pub text: String,
    /// What a reader has to know of it, a sentence each: what it leaves out, and why it does without a library.
    pub notes: Vec<String>,
}

/// The program that makes the same steps as a runner, whose place is counted from 0.
///
/// # Errors
/// There is no such runner, or what it is made of has no formulas.
pub fn script(scenario: &Scenario, runner: usize, language: Language) -> Result<Script, CodeError> {
    let count = scenario.runners.len();
    let runner = scenario.runners.get(runner).ok_or(CodeError::NoRunner(runner, count))?;
    let is_scheduled = runner.optimizer.of.has_learning_rate() && !runner.schedule.of.is_constant();
    let mut notes = Vec::new();
    match scenario.entry(runner).gradient {
        Gradient::Exact => {}
        Gradient::Noise { .. } => {
            notes
                .push("the noise of the gradients is left out: every step is given the exact one".to_owned());
        }
        Gradient::Minibatch { .. } => {
            notes.push("minibatches are left out: every step is given the gradient over all data".to_owned());
        }
    }
    let moved = moved_momentum(&runner.schedule, &runner.optimizer.of.params).filter(|_| is_scheduled);
    let moved = moved.map(|param| MovedSetting {
        symbol: param.symbol.to_string(),
        value: runner.optimizer.number(&param.key).unwrap_or(0.0),
    });
    let form = match (&moved, language) {
        (Some(_), Language::Optax) => Err("optax has no schedule of the momentum"),
        _ => library::form(&runner.optimizer, is_scheduled, language),
    };
    let form =
        form.and_then(|form| Ok((form, ModifierLoop::of(&runner.optimizer, form, is_scheduled, language)?)));
    let form = match (language, form) {
        (Language::NumPy, _) => None,
        (_, Ok(form)) => Some(form),
        (_, Err(why)) => {
            notes.push(format!("{why}: these are the method's own lines, with NumPy"));
            None
        }
    };
    let language = if form.is_some() { language } else { Language::NumPy };
    let writer = ScriptWriter { scenario, runner, is_scheduled, moved, notes: &notes };
    let text = match form {
        Some((form, modifiers)) if language == Language::PyTorch => writer.pytorch(form, &modifiers)?,
        Some((form, modifiers)) => writer.optax(form, &modifiers)?,
        None => writer.numpy()?,
    };
    Ok(Script { text, notes })
}

struct ScriptWriter<'a> {
    scenario: &'a Scenario,
    runner: &'a Runner,
    is_scheduled: bool,
    /// The setting that the schedule moves besides the learning rate: its key, its symbol and its value.
    moved: Option<MovedSetting>,
    notes: &'a [String],
}

/// A setting that a schedule moves besides the learning rate.
struct MovedSetting {
    symbol: String,
    value: f64,
}

impl ScriptWriter<'_> {
    /// Where the runner starts: of a function of x alone y is 0.
    fn start(&self) -> [f64; 2] {
        let [x, y] = self.scenario.start.point();
        [x, if self.scenario.surface.is_univariate() { 0.0 } else { y }]
    }

    /// Whether the schedule watches the loss.
    fn watches(&self) -> bool {
        self.is_scheduled && watches_loss(&self.runner.schedule)
    }

    /// The optimizer, with a momentum where its schedule gives it one.
    fn described(&self) -> Chosen<Optimizer> {
        let mut optimizer = self.runner.optimizer.clone();
        if self.moved.as_ref().is_some_and(|moved| moved.value == 0.0) {
            // What is set decides what lines a step has.
            let _ = optimizer.set("momentum", Value::Number(0.5));
        }
        optimizer
    }

    /// What stands above the imports.
    fn head(&self, needs: &str) -> String {
        let Scenario { title, surface, .. } = self.scenario;
        let optimizer = &self.runner.optimizer;
        let mut text = format!(
            "#!/usr/bin/env python3\n\"\"\"{} on the surface {}: prints step,x,y,loss for every step.\n\n\
             Written by Thalweg. Needs {needs}.\n\"\"\"\n",
            optimizer.of.name, surface.of.name
        );
        let mut comment = |what: &str, words: &str| {
            let words = printable(words);
            // Writing to a string does not fail.
            let _ = if what.is_empty() {
                writeln!(text, "# {words}")
            } else {
                writeln!(text, "# {what}: {words}")
            };
        };
        if !title.is_empty() {
            comment("", title);
        }
        // A file is named without the folders of the machine that it is on.
        comment("surface", &call_without_folders(surface));
        if !self.runner.label.is_empty() {
            comment("runner", &self.runner.label);
        }
        comment("optimizer", &call_with_modifiers(optimizer));
        if self.is_scheduled {
            comment("schedule", &call(&self.runner.schedule));
        }
        for note in self.notes {
            comment("Note", note);
        }
        text
    }

    /// The loss, its data, the schedule and the end of the run.
    fn common(&self, surface: &SurfaceText) -> Result<Vec<String>, CodeError> {
        let mut blocks = Vec::new();
        if !surface.data.is_empty() {
            blocks.push(surface.data.clone());
        }
        let chosen = &self.scenario.surface;
        let says = if chosen.typed().is_some() { "what was typed" } else { chosen.of.formula };
        blocks.push(format!("# The surface: {says}\n{}", surface.function));
        if self.is_scheduled {
            let name = || CodeError::NoFormula(self.runner.schedule.of.name.to_owned());
            let lr = self.runner.optimizer.number("lr").unwrap_or(1.0);
            blocks.push(schedule(&self.runner.schedule, lr, self.moved.is_some()).ok_or_else(name)?);
        }
        Ok(blocks)
    }

    /// Whether another step follows.
    fn goes_on(&self) -> String {
        let Scenario { steps, stop, .. } = self.scenario;
        let bound = float(stop.divergence);
        let mut says = vec![format!("after {steps} steps"), "where it has diverged".to_owned()];
        let mut conditions = vec![
            format!("t < {steps} and abs(x) <= {bound} and abs(y) <= {bound}"),
            "math.isfinite(loss) and math.isfinite(math.hypot(gx, gy))".to_owned(),
        ];
        if stop.gradient > 0.0 {
            says.push(format!("where the gradient is no longer than {}", float(stop.gradient)));
            conditions.push(format!("math.hypot(gx, gy) > {}", float(stop.gradient)));
        }
        let mut text = String::new();
        let mut before = String::new();
        if stop.patience > 0 {
            says.push(format!("when the loss has found no new lowest for {} steps", stop.patience));
            text.push_str("lowest = math.inf, 0  # the lowest loss so far, and its step\n\n\n");
            before.push_str("    global lowest\n    if loss < lowest[0]:\n        lowest = (loss, t)\n");
            conditions.push(format!("t - lowest[1] < {}", stop.patience));
        }
        let _ = write!(
            text,
            "# Whether another step follows: a run ends {}.\ndef goes_on(t, x, y, loss, gx, gy):\n\
             {before}    return ({})\n",
            says.join(", or "),
            conditions.join("\n            and ")
        );
        text
    }

    fn numpy(&self) -> Result<String, CodeError> {
        let surface = surface(&self.scenario.surface, Language::NumPy)?;
        let start = self.start();
        let MethodText { functions, begin, step, is_over, calls } =
            method(&self.described(), start, self.is_scheduled, self.moved.as_ref().map(|it| &*it.symbol))?;
        let mut blocks = vec![format!(
            "{}import math\n\nimport numpy as np\n\nnp.seterr(all=\"ignore\")  # what is not finite ends the run\n",
            self.head("NumPy")
        )];
        blocks.extend(self.common(&surface)?);
        blocks.push(format!(
            "# Exact derivatives of the surface, by the rules of calculus on every number\n{DUAL}"
        ));
        blocks.push(DERIVATIVES.to_owned());
        let all: Vec<&'static str> = surface.calls.into_iter().chain(calls).collect();
        blocks.extend(helpers(&all, self.scenario.surface.is_univariate()).into_iter().map(str::to_owned));
        blocks.extend(functions.into_iter().map(str::to_owned));
        blocks.push(self.goes_on());
        let optimizer = &self.runner.optimizer.of;
        let mut main = format!(
            "# {}: {}\nx = np.array([{}, {}])  # the start\n",
            optimizer.name,
            optimizer.summary,
            float(start[0]),
            float(start[1])
        );
        let mut push = |indent: &str, line: &str| {
            let _ = writeln!(main, "{indent}{line}");
        };
        for line in &begin {
            push("", line);
        }
        push("", "t = 0  # the number of steps made");
        push("", "");
        push("", "print(\"step,x,y,loss\")");
        push("", "print(t, *x, loss(x), sep=\",\")");
        push("", "while goes_on(t, *x, loss(x), *gradient(x)):");
        push("    ", "t += 1");
        if self.watches() {
            push("    ", "began = loss(x)");
        }
        for line in &step {
            push("    ", line);
        }
        if self.watches() {
            push("    ", "watch(t - 1, began)");
        }
        push("    ", "print(t, *x, loss(x), sep=\",\")");
        let (over, otherwise) = is_over;
        if !over.is_empty() {
            push("    ", &format!("if {over}:"));
            push("        ", "break  # the search finds no step");
            if !otherwise.is_empty() {
                push("    ", otherwise);
            }
        }
        blocks.push(main);
        Ok(joined(&blocks))
    }

    fn pytorch(&self, form: &LibraryForm, modifiers: &ModifierLoop) -> Result<String, CodeError> {
        let surface = surface(&self.scenario.surface, Language::PyTorch)?;
        let [x, y] = self.start().map(float);
        let mut blocks = vec![format!(
            "{}import math\n\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n",
            self.head("PyTorch")
        )];
        blocks.extend(self.common(&surface)?);
        blocks.push(self.goes_on());
        let rate = float(self.runner.optimizer.number("lr").unwrap_or(1.0));
        let mut main = format!(
            "p = torch.tensor([{x}, {y}], requires_grad=True)  # the start\noptimizer = {}\n{}",
            form.written(&self.runner.optimizer, &rate),
            modifiers.begin
        );
        let schedule = if self.is_scheduled {
            main.push_str("scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)\n");
            if self.watches() {
                "    watch(t, loss.item())\n    scheduler.step()\n"
            } else {
                "    scheduler.step()\n"
            }
        } else {
            ""
        };
        let momentum = self.moved.as_ref().map_or_else(String::new, |moved| {
            format!("    optimizer.param_groups[0][\"momentum\"] = momentum(t, {})\n", float(moved.value))
        });
        let ModifierLoop { gradient, before, after, .. } = modifiers;
        let step = format!("{gradient}{before}{momentum}    optimizer.step()\n{after}{schedule}");
        let _ = write!(
            main,
            "\nprint(\"step,x,y,loss\")\nfor t in range({}):\n    optimizer.zero_grad()\n    loss = f(*p)\n    \
             loss.backward()\n    print(t, *p.tolist(), loss.item(), sep=\",\")\n    \
             if not goes_on(t, *p.tolist(), loss.item(), *p.grad.tolist()):\n        break\n{step}",
            self.scenario.steps + 1
        );
        blocks.push(main);
        Ok(joined(&blocks))
    }

    fn optax(&self, form: &LibraryForm, modifiers: &ModifierLoop) -> Result<String, CodeError> {
        let surface = surface(&self.scenario.surface, Language::Optax)?;
        let [x, y] = self.start().map(float);
        let mut blocks = vec![format!(
            "{}import math\n\nimport jax\nimport jax.numpy as jnp\nimport optax\n\n\
             jax.config.update(\"jax_enable_x64\", True)\n",
            self.head("JAX and optax")
        )];
        blocks.extend(self.common(&surface)?);
        let lr = float(self.runner.optimizer.number("lr").unwrap_or(1.0));
        if self.is_scheduled {
            blocks.push(format!("def rate(t):\n    return {lr}*schedule(int(t))\n"));
        }
        blocks.push(self.goes_on());
        let rate = if self.is_scheduled { "rate" } else { &lr };
        let mut main = format!(
            "value_and_grad = jax.jit(jax.value_and_grad(lambda p: f(*p)))\n\
             p = jnp.array([{x}, {y}])  # the start\noptimizer = {}\nstate = optimizer.init(p)\n{}\
             \nprint(\"step,x,y,loss\")\nfor t in range({}):\n    loss, g = value_and_grad(p)\n",
            modifiers.chained(form.written(&self.runner.optimizer, rate)),
            modifiers.begin,
            self.scenario.steps + 1
        );
        let is_elsewhere = form.position != LibraryForm::PLAIN.position;
        if is_elsewhere {
            // The gradient is asked for where the parameters are, which is not where the method stands.
            let _ = write!(
                main,
                "    x = p if t == 0 else {}  # where the method stands\n    value, slope = value_and_grad(x)\n    \
                 print(t, *x.tolist(), value.item(), sep=\",\")\n    \
                 if not goes_on(t, *x.tolist(), value.item(), *slope.tolist()):\n        break\n",
                form.position
            );
        } else {
            main.push_str(
                "    print(t, *p.tolist(), loss.item(), sep=\",\")\n    \
                 if not goes_on(t, *p.tolist(), loss.item(), *g.tolist()):\n        break\n",
            );
        }
        let _ = write!(
            main,
            "{}    updates, state = optimizer.update({})\n    p = optax.apply_updates(p, updates)\n{}",
            modifiers.before, form.update, modifiers.after
        );
        if self.watches() {
            main.push_str("    watch(t, loss.item())\n");
        }
        blocks.push(main);
        Ok(joined(&blocks))
    }
}

/// Numbers that carry derivatives.
const DUAL: &str = include_str!("python/dual.py");
/// The questions to the surface.
const DERIVATIVES: &str = include_str!("python/derivatives.py");

/// Texts with two empty lines between them, as Python has it.
fn joined(blocks: &[String]) -> String {
    let blocks: Vec<&str> = blocks.iter().map(|block| block.trim_end()).collect();
    blocks.join("\n\n\n") + "\n"
}
