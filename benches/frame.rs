//! What a frame of the window costs (egui's run and tessellation) with long paths and with short
//! ones: it must not grow with the length of the run.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark")]

mod harness;

use egui::{Context, Event, Key, Modifiers, RawInput, Rect, pos2};
use harness::compare;
use thalweg::app::App;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Relief, Runner, Scenario, ViewState};

/// A window without a screen.
struct BenchWindow {
    ctx: Context,
    app: App,
    time: f64,
}

impl BenchWindow {
    fn open(scenario: Scenario) -> Self {
        let ctx = Context::default();
        let app = App::open(&ctx, scenario, thalweg::native::runtime());
        let mut window = Self { ctx, app, time: 0.0 };
        while !window.app.session().race().is_done() {
            window.frame(Vec::new());
        }
        // Everything that is built once is built.
        for _ in 0..200 {
            window.frame(Vec::new());
        }
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> usize {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_max(pos2(0.0, 0.0), pos2(1366.0, 768.0)));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() };
        let output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }

    fn press(&mut self, key: Key) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![event(true), event(false)]);
    }
}

/// Eight runners on Rosenbrock's valley, with rates that keep them moving.
fn eight(steps: u32) -> Scenario {
    let base = thalweg_scenario::open_preset("rosenbrock").expect("a built-in preset");
    let runners = (0..8)
        .map(|i| {
            let mut runner: Runner = base.runners[i % base.runners.len()].clone();
            let rate = runner.optimizer.number("lr").expect("a rate") * (0.5 + 0.05 * i as f64);
            assert!(runner.optimizer.set("lr", Value::Number(rate)));
            runner
        })
        .collect();
    Scenario { runners, steps, ..base }
}

fn main() {
    let (mut short, mut long) = (BenchWindow::open(eight(1_000)), BenchWindow::open(eight(100_000)));
    for window in [&mut short, &mut long] {
        window.press(Key::End);
        for _ in 0..50 {
            window.frame(Vec::new());
        }
    }
    compare(
        "50 frames, 8 paths of 100,000 steps (beside: of 1,000)",
        || (0..50).map(|_| long.frame(Vec::new())).sum::<usize>(),
        || (0..50).map(|_| short.frame(Vec::new())).sum::<usize>(),
    );
    // The long one in relief beside the same on the plane: at rest, and as it turns.
    let relief = |change: fn(&mut ViewState)| {
        let mut scenario = eight(100_000);
        scenario.show.relief = Relief::Relief;
        change(&mut scenario.show);
        let mut window = BenchWindow::open(scenario);
        window.press(Key::End);
        for _ in 0..50 {
            window.frame(Vec::new());
        }
        window
    };
    let (mut still, mut turning) = (relief(|_| ()), relief(|show| show.turning = true));
    for (what, window) in [("in relief", &mut still), ("as it turns", &mut turning)] {
        compare(
            &format!("50 frames {what}, 8 paths of 100,000 (beside: the plane)"),
            || (0..50).map(|_| window.frame(Vec::new())).sum::<usize>(),
            || (0..50).map(|_| long.frame(Vec::new())).sum::<usize>(),
        );
    }
    for window in [&mut short, &mut long] {
        window.press(Key::R);
    }
    compare(
        "50 frames while playing (beside: of 1,000)",
        || {
            if !long.app.session().is_playing() {
                long.press(Key::R);
            }
            (0..50).map(|_| long.frame(Vec::new())).sum::<usize>()
        },
        || {
            if !short.app.session().is_playing() {
                short.press(Key::R);
            }
            (0..50).map(|_| short.frame(Vec::new())).sum::<usize>()
        },
    );
}
