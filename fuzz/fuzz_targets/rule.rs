//! An update rule that is read: its mistakes have a place, it runs, what is printed of its lines is read as a rule that
//! makes the same steps, and a document that holds it is read again. The first byte is the learning rate, the others the
//! text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use thalweg_core::catalogue::{surfaces, typed_rule};
use thalweg_core::formula::limits::MOST_PROGRAM_CHARACTERS;
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::nalgebra::Vector2;
use thalweg_core::{Chosen, Objective, Optimizer, Problem, Run, Value};
use thalweg_scenario::{Runner, Scenario, parse, to_ron};

fn path(chosen: &Chosen<Optimizer>) -> Vec<[u64; 2]> {
    let surface = Chosen::with_defaults(surfaces::find("Rosenbrock").expect("a surface of the table"));
    let problem = Problem::new(Objective::new(&surface), Vector2::new(-1.2, 1.0), 6);
    let mut run = Run::new(chosen, &problem);
    run.advance(&problem, u32::MAX);
    let bits = |number: f64| if number.is_nan() { f64::NAN } else { number }.to_bits();
    run.trajectory()
        .samples()
        .iter()
        .map(|sample| [bits(sample.position.x), bits(sample.position.y)])
        .collect()
}

fuzz_target!(|bytes: &[u8]| {
    let [rate, text @ ..] = bytes else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let rule = match ParsedRule::read(text) {
        Ok(rule) => Arc::new(rule),
        Err(mistake) => {
            let count = text.chars().count();
            assert!(mistake.at + mistake.length <= count, "{text:?}: {mistake:?}");
            assert!(!mistake.message.is_empty() && !mistake.message.contains('\n'), "{text:?}: {mistake:?}");
            return;
        }
    };
    let mut chosen = typed_rule::chosen(&rule);
    let _ = chosen.set("lr", Value::Number(f64::from(*rate) * 1e-3 + 1e-6));
    let made = path(&chosen);
    if rule.start().is_none() {
        let lines: Vec<String> =
            rule.lines().into_iter().map(|(name, formula, _)| format!("{name} = {formula}")).collect();
        let printed = lines.join("\n");
        if printed.chars().count() <= MOST_PROGRAM_CHARACTERS {
            let again = ParsedRule::read(&printed).unwrap_or_else(|mistake| panic!("{printed}: {mistake}"));
            assert_eq!(path(&typed_rule::with_settings_of(&Arc::new(again), &chosen)), made, "{printed}");
        }
    }
    let mut scenario = Scenario::new(surfaces::find("Rosenbrock").expect("a surface of the table"));
    scenario.runners = vec![Runner::new(chosen, 0)];
    let written = to_ron(&scenario);
    assert!(parse(&written).as_ref() == Ok(&scenario), "{written}");
});
