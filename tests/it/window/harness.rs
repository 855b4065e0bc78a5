//! A window without a display.

use egui::{Context, Vec2, vec2};
use egui_kittest::Harness;
use std::cell::Cell;
use std::path::Path;
use thalweg::app::App;
use thalweg::app::desktop_window::Given;
use thalweg::files::session_place::SessionPlace;
use thalweg_scenario::{Link, Scenario};
use thalweg_session::{Command, Runtime};

/// An app once it has opened, and how it opens.
pub struct Window(Option<App>, Box<dyn Fn(&Context) -> App>);

/// The time between two frames, in seconds, unless a test says otherwise.
const STEP: f32 = 0.25;

pub type Bench = Harness<'static, Window>;

pub fn open_scenario(scenario: Scenario) -> Bench {
    open_sized(scenario, vec2(1366.0, 768.0))
}

/// A window in which no time passes and nothing goes on behind its back: what is begun in a frame is done in
/// that frame.
pub fn open_sized(scenario: Scenario, size: Vec2) -> Bench {
    open_with(scenario, size, Runtime::synchronous())
}

/// A window with the machine's clock and threads.
pub fn open_on_the_clock(scenario: Scenario) -> Bench {
    open_with(scenario, vec2(1366.0, 768.0), thalweg::native::runtime())
}

/// A window that keeps its session in a folder, with the machine's clock and threads for that, opened on a
/// scenario or on what is kept there.
pub fn open_kept(given: Option<Given>, folder: &Path) -> Bench {
    let begin = Cell::new(Some((given, SessionPlace::in_folder(folder))));
    let open = move |ctx: &Context| {
        let (given, place) = begin.take().expect("it opens once");
        App::begin(ctx, given, Some(place), Runtime::synchronous())
    };
    bench(Box::new(open), vec2(1366.0, 768.0), STEP)
}

/// A window in which no time passes but so many seconds between two frames.
pub fn open_at_pace(scenario: Scenario, size: Vec2, pace: f32) -> Bench {
    bench(Box::new(move |ctx| App::open(ctx, scenario.clone(), Runtime::synchronous())), size, pace)
}

/// A window on what a link carries, shown as the link says.
pub fn open_link(link: &str, size: Vec2) -> Bench {
    let Link { document, options, .. } = Link::read(link);
    let scenario = document.expect("a document").scenario;
    let open = move |ctx: &Context| {
        let mut app = App::open(ctx, scenario.clone(), Runtime::synchronous());
        app.show_as(ctx, options.clone());
        app
    };
    bench(Box::new(open), size, STEP)
}

fn open_with(scenario: Scenario, size: Vec2, runtime: Runtime) -> Bench {
    bench(Box::new(move |ctx| App::open(ctx, scenario.clone(), runtime)), size, STEP)
}

fn bench(open: Box<dyn Fn(&Context) -> App>, size: Vec2, pace: f32) -> Bench {
    let mut harness = Harness::builder().with_size(size).with_step_dt(pace).build_ui_state(
        |ui, window: &mut Window| {
            let ctx = ui.ctx().clone();
            let app = window.0.get_or_insert_with(|| (window.1)(&ctx));
            app.frame(ui);
        },
        Window(None, open),
    );
    harness.run_steps(4);
    harness
}

pub fn open(preset: &str) -> Bench {
    open_scenario(thalweg_scenario::open_preset(preset).expect("a built-in preset"))
}

/// Opens another scenario in a window that is there already: a new one takes a second.
pub fn reopen(harness: &mut Bench, scenario: Scenario) {
    apply(harness, Command::Open(Box::new(scenario), None));
}

/// Does what a command says, and draws.
pub fn apply(harness: &mut Bench, command: impl Into<Command>) {
    harness.state_mut().0.as_mut().expect("the window has opened").apply(command);
    harness.run_steps(3);
}

pub fn app(harness: &Bench) -> &App {
    harness.state().0.as_ref().expect("the window has opened")
}

/// Draws until it is there. In a window in which no time passes that is a matter of a few frames.
pub fn until(window: &mut Bench, what: &str, is_there: impl Fn(&Bench) -> bool) {
    const MOST: usize = 20;
    let mut frames = 0;
    while !is_there(window) {
        assert!(frames < MOST, "{what}: not in {MOST} frames");
        window.step();
        frames += 1;
    }
}
