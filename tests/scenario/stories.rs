//! The built-in presets do what their notes say.

use thalweg::descent::trajectory::Trajectory;
use thalweg::scenario::{PRESETS, Scenario, open};

#[test]
fn tell() {
    for preset in PRESETS {
        let scenario: Scenario = open(preset.name).unwrap();
        let mut race = scenario.race();
        race.finish();
        for (runner, lane) in scenario.runners.iter().zip(race.lanes()) {
            let t: &Trajectory = lane.trajectory();
            let e = t.ending().unwrap();
            let s = t.at(e.step).unwrap();
            println!(
                "{:28} {:20} {:5} {:?} x {:.5} {:.5} f {:.3e} g {:.2e}",
                preset.name, runner.name(), e.step, e.cause, s.position.x, s.position.y, s.loss, s.grad_norm
            );
            let every = (e.step / 10).max(1);
            let path: Vec<_> = (0..=e.step).step_by(every as usize).map(|i| { let p = t.at(i).unwrap().position; format!("{:.3},{:.3}", p.x, p.y) }).collect();
            println!("      {}", path.join(" "));
        }
    }
}
