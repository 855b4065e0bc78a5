//! A window without a display.

use egui::vec2;
use egui_kittest::Harness;
use thalweg::app::App;
use thalweg::scenario::{self, Scenario};
use thalweg::session::Command;

/// An app once it has opened, and what it opens.
pub struct Window(pub Option<App>, pub Scenario);

pub type Bench = Harness<'static, Window>;

pub fn open_scenario(scenario: Scenario) -> Bench {
    let mut harness = Harness::builder().with_size(vec2(1366.0, 768.0)).build_ui_state(
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
    open_scenario(scenario::open(preset).expect("a built-in preset"))
}

/// Opens another scenario in a window that is there already: a new one takes a second.
pub fn reopen(harness: &mut Bench, scenario: Scenario) {
    let app = harness.state_mut().0.as_mut().expect("the window has opened");
    app.apply(Command::Open(Box::new(scenario)));
    harness.run_steps(3);
}

pub fn app(harness: &Bench) -> &App {
    harness.state().0.as_ref().expect("the window has opened")
}
