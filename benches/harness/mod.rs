//! Times two ways of doing something beside each other: a figure is a ratio in one run.

#![allow(dead_code, missing_docs)]

use std::hint::black_box;
use std::time::Instant;

/// How often each is timed at most; the median counts.
const ROUNDS: usize = 21;
/// After so many seconds, and three rounds, it is enough.
const ENOUGH: f64 = 2.0;

/// Whether to go on timing.
fn more(times: &[f64]) -> bool {
    times.len() < 3 || (times.len() < ROUNDS && times.iter().sum::<f64>() < ENOUGH)
}

/// Runs `ours` and `other` in turn and prints the median time of both, and their ratio.
pub fn compare<A, B>(what: &str, mut ours: impl FnMut() -> A, mut other: impl FnMut() -> B) {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    while more(&a) {
        a.push(time(&mut ours));
        b.push(time(&mut other));
    }
    let (a, b) = (median(&mut a), median(&mut b));
    println!("{what:<58} {:>10}   beside {:>10}   ratio {:.2}", show(a), show(b), a / b);
}

/// Runs `ours` alone and prints the median time.
pub fn measure<A>(what: &str, mut ours: impl FnMut() -> A) {
    let mut times = Vec::new();
    while more(&times) {
        times.push(time(&mut ours));
    }
    println!("{what:<58} {:>10}", show(median(&mut times)));
}

fn time<A>(run: &mut impl FnMut() -> A) -> f64 {
    let (start, processor) = (Instant::now(), processor_time());
    let result = black_box(run());
    let time = match processor.zip(processor_time()) {
        Some((before, after)) => after - before,
        None => start.elapsed().as_secs_f64(),
    };
    drop(result);
    time
}

/// How long this thread has had a processor, in seconds, where the system says so: what others do on the machine counts
/// less then.
fn processor_time() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds * 1e-9)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

fn show(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 1e-6 => format!("{:.1} ns", seconds * 1e9),
        seconds if seconds < 1e-3 => format!("{:.1} us", seconds * 1e6),
        seconds => format!("{:.2} ms", seconds * 1e3),
    }
}
