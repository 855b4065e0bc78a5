//! What single frames cost the window's thread while a learning rate is dragged and maps compute
//! beside it: no frame may be felt. The thread's own time on the processor, not the clock on the wall.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark")]

use egui::{Context, RawInput, Rect, pos2};
use thalweg::app::App;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{BottomPanel, ChartKind, Layer, Page, PinnedRun, Scenario, ViewState};
use thalweg_session::{Edit, RunnerEdit};

/// How many frames are looked at.
const FRAMES: usize = 600;
/// The rows of the large table.
const ROWS: usize = 10_000;

/// The nanoseconds that this thread has had the processor; none where the system does not tell.
fn spent() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok()
}

/// Drags the first runner's rate to and fro; gives the milliseconds of each frame, ascending.
fn drag(scenario: Scenario) -> Vec<f64> {
    let rate = scenario.runners[0].optimizer.number("lr").expect("a rate");
    let ctx = Context::default();
    let mut app = App::open(&ctx, scenario, thalweg::native::runtime());
    let mut time = 0.0;
    let mut frame = |app: &mut App| {
        time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_max(pos2(0.0, 0.0), pos2(1366.0, 768.0)));
        let input = RawInput { screen_rect, time: Some(time), ..RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| app.frame(ui));
        // Nobody has a screen to put them on.
        output.textures_delta.clear();
        ctx.tessellate(output.shapes, output.pixels_per_point).len()
    };
    // Fonts and menus are laid out once.
    for _ in 0..30 {
        frame(&mut app);
    }
    let mut costs = Vec::new();
    for step in 0..FRAMES {
        let part = libm::sin(step as f64 / 25.0);
        let rate = rate * (1.0 + 0.3 * part);
        app.apply(Edit::Runner(0, RunnerEdit::Set("lr".into(), Value::Number(rate))));
        let before = spent();
        std::hint::black_box(frame(&mut app));
        costs.push(spent().zip(before).map_or(f64::NAN, |(after, before)| (after - before) as f64 / 1e6));
    }
    costs.sort_by(f64::total_cmp);
    costs
}

/// With so many rows of data at least, the same ones shifted a little; unchanged where that is one.
fn enlarged(mut scenario: Scenario, rows: usize) -> Scenario {
    for value in &mut scenario.surface.values {
        if let Value::Data(table) = value
            && rows > 1
        {
            let mut large = thalweg_core::data::rows::Table::clone(table);
            let few = large.rows.clone();
            let shifted = |(index, [x, y, target]): (usize, [f64; 3])| {
                let shift = 1e-5 * index as f64;
                [x + shift, y - shift, target]
            };
            large.rows = few.into_iter().cycle().take(rows).enumerate().map(shifted).collect();
            *value = Value::Data(std::sync::Arc::new(large));
        }
    }
    scenario
}

/// With as many pinned paths as there may be, each on a rate of its own.
fn with_pins(mut scenario: Scenario) -> Scenario {
    for pin in 0..thalweg_scenario::MAX_PINNED {
        let mut other = scenario.clone();
        let optimizer = &mut other.runners[0].optimizer;
        let rate = optimizer.number("lr").expect("a rate");
        assert!(optimizer.set("lr", Value::Number(rate * (1.0 - 0.1 * pin as f64))));
        scenario.pinned_runs.push(PinnedRun::pin(format!("pin {pin}"), &other));
    }
    scenario
}

fn show(base: &Scenario, change: impl FnOnce(ViewState) -> ViewState) -> Scenario {
    Scenario { show: change(base.show.clone()), ..base.clone() }
}

fn main() {
    // A word to choose by, as "large data".
    let only = std::env::args().nth(1).filter(|word| !word.starts_with('-'));
    println!("milliseconds of the window's thread in {FRAMES} frames of a drag: middle, 99 of 100, worst");
    for (surface, lesson, copies) in [
        ("quadratic", "map-of-momentum", 1),
        ("Himmelblau", "which-minimum", 1),
        ("data", "outliers", 1),
        ("large data", "outliers", ROWS),
    ] {
        let base = thalweg_scenario::open_preset(lesson).expect("a lesson");
        let base = enlarged(base, copies);
        let with = |layers: &[Layer]| {
            let mut set = base.show.layers;
            for layer in Layer::TABLE.iter().map(|text| text.layer) {
                set = set.with(layer, layers.contains(&layer));
            }
            set
        };
        let plain = [Layer::Future, Layer::Contours, Layer::CriticalPoint, Layer::Axes];
        let all: Vec<_> = Layer::TABLE.iter().map(|text| text.layer).collect();
        for (what, scenario) in [
            (
                "no map",
                show(&base, |show| ViewState { page: Page::named("Spectrum"), layers: with(&plain), ..show }),
            ),
            ("map", show(&base, |show| ViewState { page: Page::named("Map"), layers: with(&plain), ..show })),
            (
                "everything, Map",
                show(&base, |show| ViewState { page: Page::named("Map"), layers: with(&all), ..show }),
            ),
            (
                "everything, Model, components",
                show(&base, |show| ViewState {
                    page: Page::named("Model"),
                    layers: with(&all),
                    charts: [
                        ChartKind::named("Loss"),
                        ChartKind::named("GradientNorm"),
                        ChartKind::named("Components"),
                    ],
                    ..show
                }),
            ),
            (
                "everything, eight pins",
                with_pins(show(&base, |show| ViewState {
                    layers: with(&all),
                    charts: [
                        ChartKind::named("Loss"),
                        ChartKind::named("GradientNorm"),
                        ChartKind::named("Components"),
                    ],
                    ..show
                })),
            ),
            (
                "everything, Step, table",
                show(&base, |show| ViewState {
                    page: Page::named("Step"),
                    layers: with(&all),
                    below: BottomPanel::Table,
                    ..show
                }),
            ),
        ] {
            if !only.as_ref().is_none_or(|only| format!("{surface}, {what}").contains(only)) {
                continue;
            }
            let costs = drag(scenario);
            let at = |part: f64| costs[((costs.len() - 1) as f64 * part) as usize];
            println!("{surface:>10}, {what:<30} {:6.2} {:6.2} {:6.2}", at(0.5), at(0.99), at(1.0));
        }
    }
}
