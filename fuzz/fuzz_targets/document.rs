//! A document that is read is written, reads back as the same, and runs.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_analysis::runs::termination::Termination;
use thalweg_scenario::{NoFiles, parse_bytes, refused, to_ron};

/// More steps of all runners together are not made: other inputs wait.
const MOST_STEPS: u64 = 2000;

fuzz_target!(|bytes: &[u8]| {
    let Ok(scenario) = parse_bytes(bytes, &mut NoFiles) else { return };
    assert_eq!(refused(&scenario), None);
    let text = to_ron(&scenario);
    let again = parse_bytes(text.as_bytes(), &mut NoFiles).expect("what was written is read");
    assert!(again == scenario, "{text}");
    assert_eq!(to_ron(&again), text);
    if scenario.total_steps() <= MOST_STEPS {
        let mut race = scenario.race();
        race.finish();
        for run in race.runs() {
            assert!(run.is_done() && Termination::of(run, race.problem()).is_some());
        }
    }
});
