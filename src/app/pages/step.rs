//! The focused runner's next step, taken apart.

use super::entry::PageEntry;
use super::parts;
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::app::notation;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::{termination, text};
use egui::{CornerRadius, Frame, Grid, Label, Margin, RichText, Sense, Ui, UiBuilder, WidgetInfo};
use thalweg_analysis::runs::step_trace::{StepPart, StepTrace};
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::update_equation::{EquationRule, ValueType};
use thalweg_scenario::{Layer, Page, ViewState};
use thalweg_session::{Edit, Playback};

/// The row of the table of pages.
pub const PAGE: PageEntry = PageEntry { page: Page::named("Step"), needs: Needs::NOTHING, show };

/// Shows the page.
fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let Some((_, run)) = session.focused() else {
        ui.add(Label::new("No runner: add one on the left, and its steps can be taken apart here.").wrap());
        return;
    };
    let apart = context.caches.readings.step(session);
    let (from, to) = (session.cursor(), session.cursor() + 1);
    let steps = format!("step {} to {}", text::count(from), text::count(to));
    parts::runner(ui, session, text_size::body_width(ui, &steps), |ui| {
        if apart.is_some() {
            ui.label(RichText::new(steps).weak())
                .on_hover_text("The step that leaves from where the runner stands");
        }
    });
    turn(ui, context, apart.as_deref());
    let Some(apart) = apart else {
        let problem = session.race().problem();
        let ended = run.trajectory().ending().is_some_and(|ending| ending.step <= session.cursor());
        let why = Termination::of(run, problem).filter(|_| ended);
        let told = why.map_or_else(
            || "The next step is not computed so far.".to_owned(),
            |why| format!("No step follows: the run has ended. It {}.", termination::predicate(&why)),
        );
        ui.add(Label::new(told).wrap());
        return;
    };
    let noisy = match run.gradient() {
        Gradient::Exact => "",
        Gradient::Noise { .. } => "∇f is with this step's noise.",
        Gradient::Minibatch { .. } => "f is the mean over this step's batch.",
    };
    if !noisy.is_empty() {
        ui.label(RichText::new(noisy).size(text_size::LABEL).weak());
    }
    let axes = session.scenario().show.notation.axes(&session.scenario().surface);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (index, part) in apart.parts.iter().enumerate() {
        line(ui, part, index, index == session.line(), axes, context);
    }
    ui.add_space(4.0);
    outcome(ui, &apart, axes, context.show().notation.point.symbol());
}

/// The buttons that go from line to line.
fn turn(ui: &mut Ui, context: &FrameContext<'_>, apart: Option<&StepTrace>) {
    let session = context.session;
    ui.horizontal(|ui| {
        let at_start = session.cursor() == 0 && session.line() == 0;
        let back = ui.add_enabled(!at_start, egui::Button::new("back"));
        if back.on_hover_text("The line before (key ,)").clicked() {
            context.push(Playback::PreviousLine);
        }
        let next = ui.add_enabled(apart.is_some(), egui::Button::new("next"));
        if next.on_hover_text("The next line; behind the last one, the next step (key .)").clicked() {
            context.push(Playback::NextLine);
        }
        let show = &session.scenario().show;
        let mut drawn = show.layers.has(Layer::Vectors);
        let tip = "Draws what the lines have come to so far as arrows where the runner stands";
        if ui.checkbox(&mut drawn, "on the plot").on_hover_text(tip).changed() {
            let layers = show.layers.with(Layer::Vectors, drawn);
            context.push(Edit::Show(Box::new(ViewState { layers, ..show.clone() })));
        }
    });
}

/// One line: its symbols and its value, and where it is looked at its numbers and its meaning.
fn line(
    ui: &mut Ui,
    part: &StepPart,
    index: usize,
    is_present: bool,
    axes: [&str; 2],
    context: &FrameContext<'_>,
) {
    let palette = Palette::of(ui);
    let frame = Frame::new()
        .inner_margin(Margin::symmetric(5, if is_present { 4 } else { 1 }))
        .corner_radius(CornerRadius::same(4))
        .fill(if is_present { ui.visuals().faint_bg_color } else { egui::Color32::TRANSPARENT })
        .stroke(if is_present { egui::Stroke::new(1.2, palette.ink) } else { egui::Stroke::NONE });
    let response = ui
        .scope_builder(UiBuilder::new().id_salt(("part", index)).sense(Sense::click()), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(ui.available_width());
                if is_present {
                    open(ui, part, axes, context);
                } else {
                    closed(ui, part, context);
                }
            });
        })
        .response;
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::Button, true, is_present, said(context, &part.text))
    });
    if is_present {
        return;
    }
    if response.on_hover_text(tip(part)).clicked() {
        context.push(Playback::Line(index));
    }
}

/// What a line is, in a tooltip.
fn tip(part: &StepPart) -> String {
    format!("{}. {}", part.line.says, unit(part.line.sort))
}

/// What the numbers are.
fn unit(sort: ValueType) -> &'static str {
    match sort {
        ValueType::Number => "A number.",
        ValueType::Point => "A point of the plane.",
        ValueType::Displacement => "A way in the plane, in its units.",
        ValueType::Direction => "A direction, not in the plane's units: its length is for comparison only.",
        ValueType::PerCoordinate => "A number for each coordinate.",
        ValueType::Matrix => "A matrix, row by row.",
    }
}

fn closed(ui: &mut Ui, part: &StepPart, context: &FrameContext<'_>) {
    let palette = &context.palette;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        notation::label(ui, &said(context, &short(part)), 12.5, palette.ink);
        notation::label(ui, &value(part.value), 12.0, palette.quiet);
    });
}

/// The line in symbols; of what no formula gives, the symbol alone.
fn short(part: &StepPart) -> String {
    match part.line.rule {
        EquationRule::Formula(_) => part.text.clone(),
        EquationRule::Known(..) => format!("{}, kept", part.line.name),
        EquationRule::Searched(..) => format!("{}, searched", part.line.name),
    }
}

fn open(ui: &mut Ui, part: &StepPart, axes: [&str; 2], context: &FrameContext<'_>) {
    let palette = &context.palette;
    notation::label(ui, &said(context, &part.text), 14.0, palette.ink);
    ui.add(Label::new(RichText::new(said_of(context, &part.line.says)).size(text_size::LABEL).weak()).wrap())
        .on_hover_text(unit(part.line.sort));
    ui.add_space(2.0);
    for (row, numbers) in part.numbers.iter().enumerate() {
        let pair = part.numbers.len() == 2;
        let result = match part.value {
            Tensor::Vector(vector) if pair => text::number(vector[row]),
            other => value(other),
        };
        let written = said(context, &notation::numbers(numbers));
        // Where there is nothing to compute, there is nothing to set equal.
        let equation = if written == result { written } else { format!("{written} = {result}") };
        let equation = if pair { format!("{}:  {equation}", axes[row]) } else { equation };
        notation::label(ui, &equation, 12.5, palette.ink);
    }
    if part.numbers.is_empty() {
        let name = said(context, &part.line.name);
        notation::label(ui, &format!("{name} = {}", value(part.value)), 12.5, palette.ink);
    }
}

/// A formula of the focused runner's method in the notation of what is open.
fn said(context: &FrameContext<'_>, formula: &str) -> String {
    let notation = &context.show().notation;
    let method = context.session.focused().map(|(_, run)| run.optimizer());
    method.map_or_else(
        || formula.to_owned(),
        |method| notation.formula_of(&method.params, formula).into_owned(),
    )
}

/// Words in the notation of what is open.
fn said_of(context: &FrameContext<'_>, words: &str) -> String {
    context.show().notation.said(words).into_owned()
}

/// A value in text.
fn value(value: Tensor) -> String {
    match value {
        Tensor::Number(number) => text::number(number),
        Tensor::Vector(vector) => text::point(vector.x, vector.y),
        Tensor::Matrix(matrix) => {
            let entry = |row, column| text::number(matrix[(row, column)]);
            format!("[{} {}; {} {}]", entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1))
        }
    }
}

/// What the step comes to.
fn outcome(ui: &mut Ui, apart: &StepTrace, axes: [&str; 2], point: &str) {
    ui.separator();
    let row = |ui: &mut Ui, name: &str, tip: &str, values: [String; 2]| {
        ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_text(tip);
        for value in values {
            ui.label(RichText::new(value).size(text_size::VALUE));
        }
        ui.end_row();
    };
    Grid::new("outcome").num_columns(3).spacing([10.0, 2.0]).min_col_width(64.0).show(ui, |ui| {
        row(ui, "the whole step", "What the step comes to, coordinate by coordinate", axes.map(str::to_owned));
        let change = apart.change();
        let tip = "How far each coordinate moves: the new position less the old one";
        row(ui, &format!("moves Δ{point}"), tip, [change.x, change.y].map(text::number));
        let rate = |rate: Option<f64>| rate.map_or_else(|| "none".to_owned(), text::number);
        let tip = "The effective learning rate: how far each coordinate moves per unit of its gradient, which is what plain gradient descent \
                   would have needed for it; none where the gradient is 0";
        row(ui, &format!("rate |Δ{point}|/|g|"), tip, apart.effective().map(rate));
    });
}
