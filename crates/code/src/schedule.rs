//! Schedules in Python: what multiplies the learning rate after `t` steps.

use super::expression_writer::{float, number};
use super::identifier::identifier;
use std::fmt::Write;
use thalweg_core::Schedule;
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

/// All rows.
const ROWS: [ScheduleRow; 13] = [
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

/// The function `schedule` of the steps made so far; none for a schedule that has no row.
pub fn schedule(chosen: &Chosen<Schedule>) -> Option<String> {
    let row = ROWS.iter().find(|row| row.schedule == chosen.of.name)?;
    let mut text = format!(
        "# The schedule {}, {}: what multiplies α₀ after t steps\n# {}\ndef schedule(t):\n",
        chosen.of.name, chosen.of.formula, chosen.of.source
    );
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
    for line in row.bodies[usize::from(is_second)].lines() {
        let _ = writeln!(text, "    {line}");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::schedules;

    #[test]
    fn every_schedule_has_its_row_and_every_row_its_schedule() {
        for entry in schedules::ALL {
            assert!(schedule(&Chosen::with_defaults(*entry)).is_some(), "{}: a row in Python", entry.name);
        }
        assert_eq!(ROWS.len(), schedules::ALL.len());
        for row in ROWS {
            let entry = schedules::find(row.schedule).expect("a schedule");
            let keys = |key: &str| entry.params.iter().any(|param| param.key == key);
            assert!(row.decided_by.is_empty() || keys(row.decided_by), "{}", row.schedule);
        }
    }
}
