//! Schedules in Python: what multiplies the learning rate after `t` steps.

use super::expression_writer::{KnownName, PythonText, Target, float, number, python};
use super::identifier::identifier;
use std::fmt::Write;
use thalweg_core::Schedule;
use thalweg_core::formula::parsed_rate::{COUNTER, ParsedRate, SET_RATE};
use thalweg_core::formula::shape::Shape;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// A schedule in Python.
#[derive(Clone, Copy, Debug)]
struct ScheduleRow {
    /// The name of the schedule.
    schedule: &'static str,
    /// The switch or choice that decides between the two bodies; empty where there is one body.
    decided_by: &'static str,
    /// The body of a function of `t` with the settings as names: with the switch off or the first alternative, and
    /// with the switch on or the second one.
    bodies: [&'static str; 2],
}

const fn one(schedule: &'static str, body: &'static str) -> ScheduleRow {
    ScheduleRow { schedule, decided_by: "", bodies: [body, body] }
}

const fn two(schedule: &'static str, decided_by: &'static str, bodies: [&'static str; 2]) -> ScheduleRow {
    ScheduleRow { schedule, decided_by, bodies }
}

/// What watches the loss: what it keeps, and the function that takes in the loss that a step began with.
const PLATEAU: &str = "factor, best, waited, resting = state
if loss < (best - theta if absolute else best*(1 - theta)):
    best, waited = loss, 0
else:
    waited += 1
if resting > 0:
    resting, waited = resting - 1, 0
if waited > P:
    factor, resting, waited = max(factor*c, m), R, 0
state[:] = factor, best, waited, resting";

/// How far the momentum on one cycle is from its lowest value, as a part.
const CYCLE_PART: &str = "top, last = p*T - 1, T - 1
t = min(t, last)
if t <= top and top > 0:
    part = 1 - t/top
elif last > top:
    part = (t - top)/(last - top)
else:
    part = 0.0";

/// The momentum that belongs to it: with half cosine waves, and along straight lines.
const CYCLE_MOMENTUM: [&str; 2] =
    ["return mu + (mu_prime - mu)*(1 - math.cos(math.pi*part))/2", "return mu + (mu_prime - mu)*part"];

/// All rows but that of a sequence, which is made of those of its parts, and of a formula, which is made of its text.
const ROWS: [ScheduleRow; 14] = [
    one("ReduceOnPlateau", "return state[0]"),
    one("Constant", "return 1.0"),
    one("Piecewise", "return gamma**sum(milestone <= t for milestone in milestones)"),
    one("Exponential", "return math.exp(-lambda_*t)"),
    one("Step", "return gamma**(t//size)"),
    one("InverseTime", "return 1/(1 + c*t)"),
    one("Polynomial", "return (1 - min(t, T)/T)**p"),
    two(
        "Cosine",
        "hold",
        [
            "return m + (1 - m)*(1 + math.cos(math.pi*(t % (2*T))/T))/2",
            "return m + (1 - m)*(1 + math.cos(math.pi*min(t, T)/T))/2",
        ],
    ),
    one(
        "WarmRestarts",
        "T = T0
while t >= T:  # restart: a period is over, the next one is longer by a factor
    t, T = t - T, T*mult
return m + (1 - m)*(1 + math.cos(math.pi*t/T))/2",
    ),
    one("LinearWarmup", "return s + (1 - s)*min(t, W)/W"),
    one(
        "WarmupCosine",
        "if t < W:
    return s + (1 - s)*(t/W)
if T <= W:
    return 1.0
return m + (1 - m)*(1 + math.cos(math.pi*((min(t, T) - W)/(T - W))))/2",
    ),
    one(
        "WarmupStableDecay",
        "rise = s + (1 - s)*(min(t, W)/W)
left = min(max(T - t, 0), D)
return min(rise, m + (1 - m)*(left/D))",
    ),
    one(
        "Cyclic",
        "cycle, t = divmod(t, U + D)
part = t/U if t <= U else (U + D - t)/D
return m + (1 - m)*gamma**cycle*part",
    ),
    two(
        "OneCycle",
        "anneal",
        [
            "top, last = p*T - 1, T - 1
t = min(t, last)
if t <= top and top > 0:
    end, part = 1/d, 1 - t/top
elif last > top:
    end, part = 1/(d*d_prime), (t - top)/(last - top)
else:
    end, part = 1.0, 0.0
return end + (1 - end)*(1 + math.cos(math.pi*part))/2",
            "top, last = p*T - 1, T - 1
t = min(t, last)
if t <= top and top > 0:
    end, part = 1/d, 1 - t/top
elif last > top:
    end, part = 1/(d*d_prime), (t - top)/(last - top)
else:
    end, part = 1.0, 0.0
return 1 + (end - 1)*part",
        ],
    ),
];

/// The function `schedule` of the steps made so far, with what it needs: `watch(t, loss)` of one that watches the loss,
/// and where it moves the momentum, `momentum(t, set)`; `lr` is the learning rate that is set. None for a schedule that has no
/// row.
pub fn schedule(chosen: &Chosen<Schedule>, lr: f64, moves_momentum: bool) -> Option<String> {
    let parts = chosen.parts();
    if parts.is_empty() {
        return functions(chosen, "", lr, moves_momentum);
    }
    let mut text = String::new();
    let (mut rates, mut watches, mut momenta) = (String::new(), String::new(), String::new());
    let steps = chosen.milestones();
    let starts = std::iter::once(&0).chain(steps.as_slice());
    for (index, (part, from)) in parts.iter().zip(starts).enumerate() {
        let behind = format!("_{}", index + 1);
        text.push_str(&functions(part, &behind, lr, moves_momentum)?);
        text.push_str("\n\n");
        let until = steps.as_slice().get(index);
        let turn = until.map_or_else(String::new, |until| format!("if t < {until}:\n        "));
        let local = if *from == 0 { "t".to_owned() } else { format!("t - {from}") };
        // Writing to a string does not fail.
        let _ = writeln!(rates, "    {turn}return schedule{behind}({local})");
        let watching = if part.of.watch.is_some() {
            format!("return watch{behind}({local}, loss)")
        } else {
            "return".to_owned()
        };
        let _ = writeln!(watches, "    {turn}{watching}");
        let moved = if moves(part, moves_momentum) {
            format!("momentum{behind}({local}, set)")
        } else {
            "set".into()
        };
        let _ = writeln!(momenta, "    {turn}return {moved}");
    }
    let _ = write!(
        text,
        "# The schedules one after another, by what the steps are so far\ndef schedule(t):\n{rates}"
    );
    if watches_loss(chosen) {
        let _ = write!(text, "\n\ndef watch(t, loss):\n{watches}");
    }
    if moves_momentum {
        let _ = write!(text, "\n\ndef momentum(t, set):\n{momenta}");
    }
    Some(text)
}

/// Whether a schedule or a part of it watches the loss.
pub fn watches_loss(chosen: &Chosen<Schedule>) -> bool {
    chosen.of.watch.is_some() || chosen.of.parts.iter().any(|part| part.watch.is_some())
}

/// Whether a schedule by itself moves the momentum.
fn moves(chosen: &Chosen<Schedule>, moves_momentum: bool) -> bool {
    moves_momentum && (chosen.of.momentum)(&chosen.prepare(), 0).is_some()
}

/// The functions of a schedule that is no sequence, with this behind their names.
fn functions(chosen: &Chosen<Schedule>, behind: &str, lr: f64, moves_momentum: bool) -> Option<String> {
    if let Some(rate) = chosen.rate() {
        return typed(chosen, rate, behind, lr);
    }
    let row = ROWS.iter().find(|row| row.schedule == chosen.of.name)?;
    let (settings, is_second) = settings(chosen, row);
    let mut text = format!(
        "# The schedule {}, {}: what multiplies α₀ after t steps\n# {}\n",
        chosen.of.name, chosen.of.formula, chosen.of.source
    );
    let mut function = |head: &str, settings: &str, body: &str| {
        let _ = writeln!(text, "{head}");
        text.push_str(settings);
        for line in body.lines() {
            let _ = writeln!(text, "    {line}");
        }
    };
    if chosen.of.watch.is_some() {
        let state = "factor, the best loss, how many were no better, and for how many nothing is counted";
        let state =
            format!("plateau{behind} = [1.0, math.inf, 0, 0]  # {state}\n\n\ndef watch{behind}(t, loss):");
        let is_absolute = chosen
            .settings()
            .any(|(param, value)| param.key == "threshold_mode" && *value == Value::Choice(1));
        let absolute = if is_absolute { "True" } else { "False" };
        let settings = format!("    state = plateau{behind}\n{settings}    absolute = {absolute}\n");
        function(&state, &settings, PLATEAU);
        function(
            &format!("\n\ndef schedule{behind}(t):"),
            &format!("    state = plateau{behind}\n"),
            row.bodies[0],
        );
    } else {
        function(&format!("def schedule{behind}(t):"), &settings, row.bodies[usize::from(is_second)]);
    }
    if moves(chosen, moves_momentum) {
        let says = "# What the momentum is after t steps";
        let head = format!("\n\n{says}\ndef momentum{behind}(t, set):");
        let body = format!("{CYCLE_PART}\n{}", CYCLE_MOMENTUM[usize::from(is_second)]);
        function(&head, &settings, &body);
    }
    Some(text)
}

/// The function of a schedule that was typed.
fn typed(chosen: &Chosen<Schedule>, rate: &ParsedRate, behind: &str, lr: f64) -> Option<String> {
    let number = KnownName { shape: Shape::Number, varies: true };
    let known = |name: &str| {
        let is_known = [COUNTER, SET_RATE].contains(&name) || rate.settings().any(|setting| setting == name);
        is_known.then_some(number)
    };
    let PythonText { text: formula, calls, .. } = python(rate.expression()?, Target::Rate, known).ok()?;
    let mut text = format!(
        "# The schedule {}, what multiplies α₀ after t steps: {} over α₀\n",
        chosen.of.name,
        rate.printed()
    );
    for helper in RATE_HELPERS.iter().filter(|(name, _)| calls.contains(name)) {
        let _ = writeln!(text, "{}\n\n", helper.1);
    }
    let set = identifier(SET_RATE);
    let (settings, _) = settings(chosen, &one("", ""));
    let _ = write!(
        text,
        "def schedule{behind}(t):\n    {set} = {}\n{settings}    return ({formula})/{set}\n",
        float(lr)
    );
    Some(text)
}

/// Functions of numbers that Python's `math` does not have, for typed schedules.
const RATE_HELPERS: [(&str, &str); 3] = [
    ("sigmoid", "def sigmoid(u):\n    return (1 + math.tanh(u/2))/2"),
    ("softplus", "def softplus(u):\n    return max(u, 0) + math.log1p(math.exp(-abs(u)))"),
    ("sign", "def sign(u):\n    return (u > 0) - (u < 0)"),
];

/// The settings as lines of a function, and whether the second of its bodies is meant.
fn settings(chosen: &Chosen<Schedule>, row: &ScheduleRow) -> (String, bool) {
    let mut text = String::new();
    let mut is_second = false;
    for (param, value) in chosen.settings() {
        let name = identifier(if param.symbol.is_empty() { &param.key } else { &param.symbol });
        let value = match (param.kind, value) {
            (Kind::Number { range, .. }, Value::Number(value)) if range.whole => number(*value),
            (_, Value::Number(value)) => float(*value),
            (_, Value::Steps(steps)) => format!("[{steps}]"),
            (_, Value::Switch(true) | Value::Choice(1)) if param.key == row.decided_by => {
                is_second = true;
                continue;
            }
            _ => continue,
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "    {name} = {value}");
    }
    (text, is_second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::schedules;

    #[test]
    fn every_schedule_has_its_row_and_every_row_its_schedule() {
        for entry in schedules::ALL {
            assert!(
                schedule(&Chosen::with_defaults(*entry), 0.1, false).is_some(),
                "{}: a row in Python",
                entry.name
            );
        }
        // A sequence is made of those of its parts, and a formula of its text.
        assert_eq!(ROWS.len() + 2, schedules::ALL.len());
        for row in ROWS {
            let entry = schedules::find(row.schedule).expect("a schedule");
            let keys = |key: &str| entry.params.iter().any(|param| param.key == key);
            assert!(row.decided_by.is_empty() || keys(row.decided_by), "{}", row.schedule);
        }
    }
}
