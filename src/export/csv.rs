//! The record of a race as a table of comma-separated values.

use super::number::Text;
use super::written_label::written_label;
use csv::Writer;
use std::io::{self, Write};
use thalweg_core::method::description::Slot;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::race::Race;
use thalweg_core::spec::settings::Settings;
use thalweg_scenario::Scenario;

/// The columns that every table has; those of the inner state follow.
pub const COLUMNS: [&str; 8] = ["runner", "label", "step", "x", "y", "loss", "grad_norm", "lr"];

/// Writes one row for each runner and step that `race` has computed, in this order.
///
/// After [`COLUMNS`] come two columns `NAME_x` and `NAME_y` for each slot of inner state that a
/// runner has, by the slots' names, in the order in which they first appear. Runners are numbered
/// from 1 and called by their [`written_label`]. Numbers are written as
/// [`Text`] has them; what does not exist (the learning rate of a method without one, a slot that
/// only others have, or that a runner's settings leave out) is empty. The rows are streamed: `out` gets them as they are made.
///
/// # Errors
/// `out` has failed.
pub fn write_csv(out: impl Write, scenario: &Scenario, race: &Race) -> io::Result<()> {
    write_rows(out, scenario, race).map_err(|error| match error.into_kind() {
        // Converted as a whole, it would lose its kind.
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

fn write_rows(out: impl Write, scenario: &Scenario, race: &Race) -> csv::Result<()> {
    let slots = slot_names(race);
    let mut table = Writer::from_writer(out);
    for column in COLUMNS {
        table.write_field(column)?;
    }
    for column in &slots {
        table.write_field(column)?;
    }
    table.write_record(None::<&[u8]>)?;

    let mut text = Text::new();
    for (index, (runner, run)) in scenario.runners.iter().zip(race.runs()).enumerate() {
        let number = (index + 1).to_string();
        let optimizer = run.optimizer();
        let places: Vec<Option<(usize, usize)>> =
            slots.iter().map(|column| place_of(optimizer, run.settings(), column)).collect();
        let states = run.states(race.problem());
        for (sample, state) in run.trajectory().samples().iter().zip(states) {
            table.write_field(&number)?;
            table.write_field(&*written_label(runner))?;
            table.write_field(text.of(f64::from(state.step)))?;
            for value in [sample.position.x, sample.position.y, sample.loss, sample.grad_norm] {
                table.write_field(text.of(value))?;
            }
            table.write_field(if sample.lr.is_nan() { "" } else { text.of(sample.lr) })?;
            for place in &places {
                let number = place.and_then(|(slot, axis)| Some(state.slots.get(slot)?[axis]));
                table.write_field(number.map_or("", |number| text.of(number)))?;
            }
            table.write_record(None::<&[u8]>)?;
        }
    }
    Ok(table.flush()?)
}

/// Where in its state an optimizer keeps what stands in this column, if it does with these settings: the slot and which
/// of its two numbers.
fn place_of(optimizer: &Optimizer, settings: &Settings<f64>, column: &str) -> Option<(usize, usize)> {
    let slots = optimizer.kept(settings);
    slots
        .flat_map(|(index, slot)| [0, 1].map(|axis| (index, axis)).into_iter().zip(slot.columns()))
        .find(|(_, name)| name.as_deref() == Some(column))
        .map(|(place, _)| place)
}

/// The columns of all runners' slots, each once, in the order in which they first appear.
fn slot_names(race: &Race) -> Vec<String> {
    let mut names = Vec::new();
    for name in
        race.runs().iter().flat_map(|run| run.optimizer().slots.iter()).flat_map(Slot::columns).flatten()
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;

    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::value::Value;
    use thalweg_scenario::{Color, Runner};

    fn runner(label: &str, optimizer: &str, lr: f64) -> Runner {
        let mut optimizer = Chosen::with_defaults(optimizers::find(optimizer).expect("a known optimizer"));
        assert!(optimizer.set("lr", Value::Number(lr)));
        let label = label.to_owned();
        Runner {
            label,
            optimizer,
            schedule: Chosen::default(),
            gradient: None,
            color: Color::Blue,
            hidden: false,
        }
    }

    fn scenario(steps: u32, runners: Vec<Runner>) -> Scenario {
        let surface = surfaces::find("Rosenbrock").expect("a known surface");
        Scenario { steps, runners, ..Scenario::new(surface) }
    }

    fn table(scenario: &Scenario, race: &Race) -> Vec<Vec<String>> {
        let mut bytes = Vec::new();
        write_csv(&mut bytes, scenario, race).expect("memory does not fail");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
        let rows = reader.records().map(|row| row.expect("a well-formed row"));
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    }

    fn same(text: &str, value: f64) -> bool {
        let found: f64 = text.parse().expect("a number");
        found.to_bits() == value.to_bits() || (found.is_nan() && value.is_nan())
    }

    #[test]
    fn rows_read_back_to_the_bits_of_the_race() {
        let labels = ["", "a, \"b\"", "two\nlines; = é"];
        let runners = vec![
            runner(labels[0], "GradientDescent", 1e-3),
            runner(labels[1], "Adam", 0.05),
            // Diverges: its last rows are not finite.
            runner(labels[2], "Momentum", 1.0),
        ];
        let mut scenario = scenario(1500, runners);
        scenario.stop.divergence = f64::INFINITY;
        let mut race = scenario.race();
        race.finish();
        let table = table(&scenario, &race);
        let header = "runner,label,step,x,y,loss,grad_norm,lr,m_x,m_y,v_x,v_y,v_max_x,v_max_y";
        assert_eq!(table[0].join(","), header);
        let mut rows = table[1..].iter();
        let mut infinite = 0;
        for (index, run) in race.runs().iter().enumerate() {
            for (step, sample) in run.trajectory().samples().iter().enumerate() {
                let row = rows.next().expect("a row for each sample");
                assert_eq!(row[0], (index + 1).to_string());
                assert_eq!(row[1], written_label(&scenario.runners[index]));
                assert_eq!(row[2], step.to_string());
                let values = [sample.position.x, sample.position.y, sample.loss, sample.grad_norm, sample.lr];
                for (text, value) in row[3..].iter().zip(values) {
                    assert!(same(text, value), "{text} is not {value}");
                    infinite += usize::from(!value.is_finite());
                }
                // Gradient descent has no slots, and momentum's one is called `v` like Adam's.
                let state = run.state_at(race.problem(), u32::try_from(step).expect("few steps"));
                // Without AMSGrad there is no largest v.
                let [first, second, ..] = state.slots;
                let slots = [&[][..], &[Some(first), Some(second), None], &[None, Some(first), None]];
                for place in 0..3 {
                    let slot = slots[index].get(place).copied().flatten();
                    for (axis, text) in row[8 + 2 * place..].iter().take(2).enumerate() {
                        assert!(slot.map_or(text.is_empty(), |slot| same(text, slot[axis])), "{row:?}");
                    }
                }
            }
        }
        assert_eq!(rows.next(), None);
        assert!(infinite > 0, "the diverged rows were meant to be seen");
    }

    #[test]
    fn an_unfinished_race_has_the_rows_that_there_are() {
        let scenario = scenario(1000, vec![runner("", "Adam", 0.05), runner("", "Adam", 0.01)]);
        let mut race = scenario.race();
        race.advance(|| true);
        assert_eq!(table(&scenario, &race).len(), 1 + 257 + 1);
    }

    #[test]
    fn a_failing_destination_is_an_error() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        // On the last row, or before.
        for steps in [1, 1000] {
            let scenario = scenario(steps, vec![runner("", "Adam", 0.05)]);
            let mut race = scenario.race();
            race.finish();
            let error = write_csv(Full, &scenario, &race).expect_err("it is full");
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        }
    }
}
