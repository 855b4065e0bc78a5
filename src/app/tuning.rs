//! "Tune each": the best learning rate of every runner, looked for in the background.

use super::beside::wake;
use super::theme::Palette;
use crate::app::text_size;
use crate::words::text;
use egui::{Context, Label, RichText, Ui};
use std::fmt::Write as _;
use thalweg_analysis::runs::lr_search::RUNS;
use thalweg_scenario::Scenario;
use thalweg_session::{Command, Edit, FrameBudget, Session, TuningJob};

/// The search, and what the last one came to.
#[derive(Default)]
pub struct Tuning {
    search: Option<TuningJob>,
    told: Option<(String, bool)>,
    /// The rates that it set: what is told of them is of use as long as they stand.
    set: Vec<(usize, f64)>,
}

impl Tuning {
    /// The button that begins the search, or its progress; what it came to.
    pub fn button(&mut self, ui: &mut Ui, session: &Session) {
        if let Some(search) = &self.search {
            let (done, all) = (search.done(), search.scenario().runners.len());
            ui.add(egui::Spinner::new().size(13.0));
            ui.label(RichText::new(format!("tuning: {done} of {all} runners")).size(text_size::HINT));
            if ui.small_button("Cancel").clicked() {
                self.search = None;
                self.told = Some(("Cancelled; nothing was changed.".to_owned(), false));
            }
            return;
        }
        let tip = format!(
            "Looks for the best learning rate of every runner by the same budget: {RUNS} runs of {} steps each, half \
             of them over the slider's whole range, half around the best of those. The best is the one with the \
             fewest steps to arrive, or where none arrives, the lowest loss at the end. Can be undone.",
            text::count(session.scenario().steps)
        );
        let somebody = session.runners().any(|(runner, _)| runner.optimizer.of.has_learning_rate());
        let button =
            ui.add_enabled(somebody, egui::Button::new(RichText::new("Tune each").size(text_size::HINT)));
        if button.on_hover_text(tip).on_disabled_hover_text("No runner has a learning rate").clicked() {
            self.begin(ui.ctx(), session);
        }
        let runners = &session.scenario().runners;
        let stands = |(index, rate): &(usize, f64)| {
            runners.get(*index).is_some_and(|runner| runner.optimizer.number("lr") == Some(*rate))
        };
        if let Some((told, is_alarm)) = self.told.as_ref().filter(|_| self.set.iter().all(stands)) {
            let color = if *is_alarm { Palette::of(ui).alarm } else { Palette::of(ui).quiet };
            ui.add(Label::new(RichText::new(told).size(text_size::HINT).color(color)).truncate())
                .on_hover_text(told);
        }
    }

    fn begin(&mut self, ctx: &Context, session: &Session) {
        let of = Scenario { pinned_runs: Vec::new(), ..session.scenario().clone() };
        let ctx = ctx.clone();
        self.told = None;
        self.set.clear();
        self.search = Some(TuningJob::begin(of, session.runtime(), move || wake(&ctx)));
    }

    /// Takes in what was found; once all is, the command that sets it.
    pub fn poll(&mut self, ctx: &Context, session: &Session) -> Option<Command> {
        let search = self.search.as_mut()?;
        if !same_race(search.scenario(), session.scenario()) {
            self.search = None;
            self.told = Some(("Cancelled: the race was changed.".to_owned(), false));
            return None;
        }
        let timer = session.begin(FrameBudget::JOB);
        search.poll(|| timer.is_over());
        if search.has_ended_early() {
            self.search = None;
            self.told = Some(("The search ended unexpectedly; nothing was changed.".to_owned(), true));
            return None;
        }
        let Some(found) = search.rates() else {
            if search.needs_polling() {
                ctx.request_repaint();
            }
            return None;
        };
        let search = self.search.take()?;
        let all = &search.scenario().runners;
        let with_rate = all.iter().zip(&found).enumerate();
        let with_rate = with_rate.filter(|(_, (runner, _))| runner.optimizer.of.has_learning_rate());
        let (mut rates, mut left) = (Vec::new(), Vec::new());
        for (index, (runner, tuned)) in with_rate {
            match tuned {
                Some(tuned) => rates.push((index, tuned.lr)),
                None => left.push(runner.name()),
            }
        }
        let without = all.len() - rates.len() - left.len();
        let mut told = format!("{} tuned by {RUNS} runs each", rates.len());
        if !left.is_empty() {
            told.push_str("; every rate diverges: ");
            told.push_str(&left.join(", "));
        }
        if without > 0 {
            let _ = write!(told, "; {without} without a learning rate");
        }
        self.told = Some((told, !left.is_empty()));
        self.set.clone_from(&rates);
        Some(Edit::SetRates(rates).into())
    }
}

/// Whether the same runs would be made.
fn same_race(a: &Scenario, b: &Scenario) -> bool {
    let entries = |scenario: &Scenario| {
        let runners = scenario.runners.iter();
        runners
            .map(|runner| (runner.optimizer.clone(), runner.schedule.clone(), runner.gradient.clone()))
            .collect::<Vec<_>>()
    };
    (&a.surface, a.start, a.steps, a.stop, &a.gradient) == (&b.surface, b.start, b.steps, b.stop, &b.gradient)
        && a.show.tolerance == b.show.tolerance
        && entries(a) == entries(b)
}
