//! After a slider of what all share has moved: eight runners, 10,000 steps each.

mod harness;
#[path = "harness/plain.rs"]
mod plain;
#[path = "harness/race.rs"]
mod race;

const STEPS: u32 = 10_000;

fn main() {
    let rates: Vec<f64> = (1..=4).map(|k| f64::from(k) * 2.5e-5).collect();
    let mut optimizers = Vec::new();
    for rate in &rates {
        optimizers.push(race::optimizer("Momentum", *rate));
        optimizers.push(race::optimizer("Adam", 100.0 * rate));
    }
    harness::compare(
        "8 runners x 10,000 steps, recorded",
        || race::run(&optimizers, STEPS),
        || {
            let pair = |rate: &f64| {
                [plain::momentum(STEPS as usize, *rate), plain::adam(STEPS as usize, 100.0 * rate)]
            };
            rates.iter().flat_map(pair).collect::<Vec<_>>()
        },
    );
    harness::measure("1 of the 8 anew, as after its own slider", || race::run(&optimizers[1..2], STEPS));
}
