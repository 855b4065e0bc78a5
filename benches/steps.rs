//! What the table costs: a runner of the race beside the same loop written by hand.

mod harness;
#[path = "harness/plain.rs"]
mod plain;
#[path = "harness/race.rs"]
mod race;

const STEPS: u32 = 100_000;

fn main() {
    for (name, lr, by_hand) in [
        ("Momentum", 1e-4, plain::momentum as fn(usize, f64) -> Vec<plain::PlainRow>),
        ("Adam", 0.01, plain::adam),
    ] {
        let optimizer = race::optimizer(name, lr);
        // The same numbers, or the comparison means nothing.
        let ours = race::run(std::slice::from_ref(&optimizer), 1000);
        for (sample, row) in ours.runs()[0].trajectory().samples().iter().zip(by_hand(1000, lr)) {
            assert!((sample.position.x - row[0]).abs() < 1e-6 && (sample.loss - row[2]).abs() < 1e-6);
        }
        harness::compare(
            &format!("{name} on Rosenbrock, {STEPS} steps, recorded"),
            || race::run(std::slice::from_ref(&optimizer), STEPS),
            || by_hand(STEPS as usize, lr),
        );
    }
}
