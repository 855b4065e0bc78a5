//! A monkey at the window: it opens, clicks, drags, scrolls, types, pastes and drops at random, in windows of all
//! sizes. What it does follows from a seed alone. It finds panics, numbers that cannot be drawn, documents that cannot
//! be saved and changes that cannot be undone.
//!
//! `THALWEG_MONKEY_ROUNDS=100` lets it play for that many rounds, `THALWEG_MONKEY_SECONDS=60` for that long, from the
//! seed `THALWEG_MONKEY_SEED` on. A round that fails is repeated by its seed alone. `THALWEG_MONKEY_EVENTS=400` makes the
//! rounds longer.

mod chance;
mod desk;
mod hand;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many events there are in a round unless `THALWEG_MONKEY_EVENTS` says otherwise, each followed by a frame.
const EVENTS: u64 = 200;

/// The number in a variable of the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Each round is a process in a folder of its own: what is saved goes there, and no desktop answers.
#[test]
fn a_monkey_breaks_nothing() {
    let seconds = number("THALWEG_MONKEY_SECONDS").map(Duration::from_secs);
    let rounds = number("THALWEG_MONKEY_ROUNDS").unwrap_or(if seconds.is_some() { u64::MAX } else { 1 });
    let seed = number("THALWEG_MONKEY_SEED").unwrap_or_else(|| seconds.map_or(1, |_| chance::unforeseen()));
    let begin = Instant::now();
    let mut played = 0;
    while played < rounds && seconds.is_none_or(|seconds| begin.elapsed() < seconds) {
        let seed = seed.wrapping_add(played);
        let folder = tempfile::tempdir().expect("a folder");
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program)
            .args(["--exact", "monkey::one_round", "--ignored", "--nocapture", "--test-threads", "1"])
            .env("THALWEG_MONKEY_SEED", seed.to_string())
            .env("HOME", folder.path())
            .env("PATH", "")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("a round");
        if !output.status.success() {
            let events = std::fs::read_to_string(folder.path().join(desk::LOG)).unwrap_or_default();
            let last: Vec<_> = events.lines().rev().take(12).collect();
            let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
            panic!(
                "the round of seed {seed} ended with {}; again: THALWEG_MONKEY_SEED={seed} cargo test --test it \
                 monkey::a_monkey\nlast events:\n{last}\n{}{}",
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        played += 1;
    }
    let events = number("THALWEG_MONKEY_EVENTS").unwrap_or(EVENTS);
    println!("{played} rounds of {events} events from seed {seed} on");
    assert!(played > 0);
}

#[test]
#[ignore = "a round of the monkey, in a process of its own"]
fn one_round() {
    let seed = number("THALWEG_MONKEY_SEED").unwrap_or(1);
    let mut monkey = hand::Monkey::new(seed);
    for _ in 0..number("THALWEG_MONKEY_EVENTS").unwrap_or(EVENTS) {
        monkey.act();
    }
    monkey.leave();
}
