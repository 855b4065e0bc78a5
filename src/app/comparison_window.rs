//! A recorded path beside a runner, in words: where they part, and why.

use super::beside::beside;
use super::compared_pair::ComparedPair;
use super::context::{Action, FrameContext};
use super::dialog;
use super::notation;
use super::theme::Palette;
use crate::app::text_size;
use crate::words::comparison;
use egui::{Context, Grid, Key, RichText, Ui};
use std::sync::mpsc::{Receiver, TryRecvError};
use thalweg_analysis::compare::path_comparison::{ComparedRunner, PathComparison};
use thalweg_analysis::compare::path_verdict::PathVerdict;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::handle::Handle;
use thalweg_scenario::Runner;
use thalweg_session::Session;

/// What is shown, or found out beside the window.
struct OpenComparison {
    title: String,
    of: Handle<Optimizer>,
    answer: Receiver<PathComparison>,
    comparison: Option<PathComparison>,
}

/// The window's part that tells how a path differs from a runner.
#[derive(Default)]
pub struct ComparisonWindow {
    open: Option<OpenComparison>,
}

/// Whether a runner is a recorded path, which has no rule and makes no program.
pub fn is_recorded(runner: &Runner) -> bool {
    runner.optimizer.recorded_path().is_some()
}

/// The entries of a card's menu: with whom the runner can be compared. Nothing where no path was recorded.
pub fn entries(ui: &mut Ui, context: &FrameContext<'_>, index: usize) {
    let runners = &context.session.scenario().runners;
    let is_path = runners.get(index).is_some_and(|runner| runner.optimizer.recorded_path().is_some());
    let others =
        runners.iter().enumerate().filter(|(_, other)| other.optimizer.recorded_path().is_some() != is_path);
    let others: Vec<_> = others.collect();
    if others.is_empty()
        || (!is_path && !others.iter().any(|(_, other)| other.optimizer.recorded_path().is_some()))
    {
        return;
    }
    ui.menu_button("Compare with", |ui| {
        for (other, runner) in others {
            if ui.button(runner.name()).clicked() {
                let (path, runner) = if is_path { (index, other) } else { (other, index) };
                context.act(Action::Compare(ComparedPair { path, runner }));
                ui.close();
            }
        }
    })
    .response
    .on_hover_text("Where the recorded path and the runner part, and which mistake explains it");
    ui.separator();
}

impl ComparisonWindow {
    /// Begins to compare.
    pub fn begin(&mut self, ctx: &Context, session: &Session, pair: ComparedPair) {
        let runners = &session.scenario().runners;
        let (Some(path), Some(runner)) = (runners.get(pair.path), runners.get(pair.runner)) else { return };
        let Some(points) = path.optimizer.recorded_path().cloned() else { return };
        let title = format!("{} beside {}", path.name(), runner.name());
        let (problem, own) = (session.scenario().problem(), runner.clone());
        let of = own.optimizer.of.clone();
        let answer = beside(session.runtime(), ctx, move || {
            let runner = ComparedRunner { optimizer: &own.optimizer, schedule: &own.schedule };
            PathComparison::of(&problem, runner, &points)
        });
        self.open = Some(OpenComparison { title, of, answer, comparison: None });
    }

    /// Whether there is something to show.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Shows what was found, or that it is looked for.
    pub fn show(&mut self, ctx: &Context) {
        let Some(open) = &mut self.open else { return };
        if open.comparison.is_none() {
            match open.answer.try_recv() {
                Ok(comparison) => open.comparison = Some(comparison),
                Err(TryRecvError::Empty) => {}
                // Whoever looked for it has failed.
                Err(TryRecvError::Disconnected) => {
                    self.open = None;
                    return;
                }
            }
        }
        let mut is_open = !ctx.input(|input| input.key_pressed(Key::Escape));
        dialog::large(ctx, open.title.clone())
            .id(egui::Id::unique("a path beside a runner"))
            .open(&mut is_open)
            .show(ctx, |ui| {
                ui.set_width(dialog::width(ctx, 520.0));
                match &open.comparison {
                    Some(found) => told(ui, found, &open.of),
                    None => {
                        ui.horizontal(|ui| {
                            ui.spinner();
                            ui.label("Comparing, step by step…");
                        });
                    }
                }
            });
        if !is_open {
            self.open = None;
        }
    }
}

fn told(ui: &mut Ui, found: &PathComparison, of: &Optimizer) {
    let palette = Palette::of(ui);
    let mut sentences = comparison::sentences(found, of).into_iter();
    if let Some(verdict) = sentences.next() {
        ui.label(RichText::new(verdict).strong());
    }
    if let PathVerdict::Found(findings) = &found.verdict {
        let lines: Vec<_> = findings.iter().flat_map(|finding| &finding.lines).collect();
        if !lines.is_empty() {
            ui.add_space(6.0);
            Grid::new("lines").num_columns(2).spacing([10.0, 4.0]).show(ui, |ui| {
                for (expected, found) in lines {
                    for (label, line, color) in
                        [("should be", expected, palette.ink), ("but is", found, palette.alarm)]
                    {
                        ui.label(RichText::new(label).size(text_size::HINT).weak());
                        notation::label(ui, line, 13.0, color);
                        ui.end_row();
                    }
                }
            });
        }
    }
    ui.add_space(6.0);
    for sentence in sentences {
        ui.label(sentence);
    }
    ui.label(
        RichText::new("The chart \"deviation\" shows the distance over the steps.")
            .size(text_size::HINT)
            .weak(),
    );
}
