//! Rates of convergence: promised, measured, and the best that there are.

use crate::app::context::FrameContext;
use crate::app::notation;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::text;
use egui::{Grid, Label, RichText, Ui};
use std::borrow::Cow;
use thalweg_analysis::spectral::rate::{BestSettings, all_best};
use thalweg_analysis::spectral::spectral_report::SpectralReport;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::value::Value;
use thalweg_session::{Edit, RunnerEdit};

/// Shows what the focused runner's rate is, and what the best settings would make of it.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>, report: &SpectralReport) {
    let session = context.session;
    let Some((runner, run)) = session.focused() else { return };
    let small = |text: String| RichText::new(text).size(text_size::LABEL);
    ui.label(RichText::new("Rate of convergence").size(text_size::VALUE).strong())
        .on_hover_text("What a step leaves of the error in the long run: the smaller, the faster");
    let rates = context.caches.readings.rates(session);
    Grid::new("rates").num_columns(2).spacing([10.0, 2.0]).min_col_width(112.0).show(ui, |ui| {
        let told = |rate: Option<f64>, none: &str| rate.map_or_else(|| none.to_owned(), |rate| text::digits(rate, 5));
        ui.label(small("promised max |σ|".to_owned())).on_hover_text(
            "By the linear theory at the nearest minimum, along the slower direction, with this step's settings",
        );
        let none = if rates.is_none() { "no minimum is known" } else { "no law that stays" };
        let promised = rates.as_ref().and_then(|rates| rates.promised);
        let color = if promised.is_some_and(|rate| rate > 1.0) { Palette::of(ui).alarm } else { Palette::of(ui).ink };
        ui.label(small(told(promised, none)).color(color));
        ui.end_row();
        ui.label(small("measured so far".to_owned())).on_hover_text(
            "The slope of the logarithm of the error over the second half of the steps made so far: of the distance \
             from the nearest minimum, this step's and the last one's together. Not told of fewer than 16 steps whose \
             error is well above rounding.",
        );
        let measured = rates.as_ref().and_then(|rates| rates.measured);
        ui.label(small(told(measured, "too few steps")));
        ui.end_row();
    });
    if !runner.schedule.of.is_constant() {
        ui.add(
            Label::new(small("Best settings are for a learning rate that stays.".to_owned()).weak()).wrap(),
        );
        return;
    }
    let best = all_best(run.optimizer(), run.settings(), report.directions.map(|direction| direction.lambda));
    if best.is_empty() {
        let told = "Best settings: none here, the quadratic model has no minimum.";
        ui.add(Label::new(small(told.to_owned()).weak()).wrap());
        return;
    }
    ui.label(small("best for the quadratic model here".to_owned())).on_hover_text(
        "The settings with which the slower direction of the second-order model at this point decays fastest, and \
         the rate that they promise. A click gives them to the focused runner.",
    );
    Grid::new("best").num_columns(3).spacing([6.0, 2.0]).show(ui, |ui| {
        for (optimizer, best) in best {
            line(ui, context, optimizer, &best);
        }
    });
}

fn line(ui: &mut Ui, context: &FrameContext<'_>, optimizer: &'static Optimizer, best: &BestSettings) {
    let session = context.session;
    let shown = notation::of(ui.ctx());
    let symbol = |key: &str| {
        let param = optimizer.params.iter().find(|param| param.key == key);
        param.map_or(Cow::Borrowed(""), |param| shown.symbol(param))
    };
    let told: Vec<_> = best
        .settings
        .iter()
        .map(|(key, value)| format!("{} {}", symbol(key), text::digits(*value, 3)))
        .collect();
    let rate = best.rate.map_or_else(String::new, |rate| text::digits(rate, 4));
    let same = session.focused().is_some_and(|(runner, _)| *runner.optimizer.of == *optimizer);
    let tip = if same {
        format!("Take these settings: {}", told.join(", "))
    } else {
        format!("Make the focused runner {} with {}", optimizer.title(), told.join(", "))
    };
    let button = ui.small_button(RichText::new(optimizer.title()).size(text_size::FINE)).on_hover_text(tip);
    button.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Best {}", optimizer.title()))
    });
    if button.clicked() {
        let push = |command| context.push(Edit::Runner(session.focus(), command));
        if !same {
            push(RunnerEdit::Choose(optimizer));
        }
        for (key, value) in &best.settings {
            push(RunnerEdit::Set(key.clone(), Value::Number(*value)));
        }
    }
    ui.label(RichText::new(told.join(", ")).size(text_size::HINT));
    ui.label(RichText::new(rate).size(text_size::HINT))
        .on_hover_text("The rate that these settings promise: |σ| of the slower direction");
    ui.end_row();
}
