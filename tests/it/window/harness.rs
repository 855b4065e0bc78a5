//! A window without a display.

use egui::{Vec2, vec2};
use egui_kittest::Harness;
use thalweg::app::App;
use thalweg_scenario::Scenario;
use thalweg_session::Command;

/// An app once it has opened, and what it opens.
pub struct Window(pub Option<App>, pub Scenario);

pub type Bench = Harness<'static, Window>;

pub fn open_scenario(scenario: Scenario) -> Bench {
    open_sized(scenario, vec2(1366.0, 768.0))
}

pub fn open_sized(scenario: Scenario, size: Vec2) -> Bench {
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        |ui, window: &mut Window| {
            let ctx = ui.ctx().clone();
            let app = window.0.get_or_insert_with(|| App::open(&ctx, window.1.clone()));
            app.frame(ui);
        },
        Window(None, scenario),
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
