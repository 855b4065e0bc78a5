//! What is below the plane: the charts or the table, and the line that chooses.

use super::charts::chart_lines;
use super::charts::panel::Charts;
use super::context::FrameContext;
use super::table;
use super::table::RunnerTable;
use super::transport;
use super::tuning::Tuning;
use crate::app::text_size;
use egui::{Label, RichText, Ui, vec2};
use thalweg_figure::charts::comparison;
use thalweg_figure::charts::comparison::End;
use thalweg_scenario::{BottomPanel, ViewState, XAxis};

/// The panel, with what it keeps between frames.
#[derive(Default)]
pub struct BottomContents {
    charts: Charts,
    table: RunnerTable,
    /// The search for learning rates.
    pub tuning: Tuning,
}

impl BottomContents {
    /// Shows the transport, and the line that chooses what is below it.
    pub fn show_controls(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        transport::show(ui, context, Some(choice));
        self.show_line(ui, context, !transport::has_choice(ui));
    }

    /// Shows the line that chooses what is below it; `has_choice` says whether charts or table is chosen here, too.
    pub fn show_line(&mut self, ui: &mut Ui, context: &FrameContext<'_>, has_choice: bool) {
        let below = context.show().below;
        // At large text it takes two lines.
        ui.horizontal_wrapped(|ui| {
            small(ui);
            if has_choice {
                choice(ui, context);
                ui.separator();
            }
            match below {
                BottomPanel::Charts => chart_line(ui, context),
                BottomPanel::Table => {
                    table::tolerance(ui, context);
                    ui.separator();
                    self.tuning.button(ui, context.session);
                    ui.separator();
                    self.table.copy_menu(ui, context);
                }
            }
        });
    }

    /// Shows what is chosen.
    pub fn show_contents(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        match context.show().below {
            BottomPanel::Charts => self.charts.show(ui, context),
            BottomPanel::Table => self.table.show(ui, context),
        }
    }
}

/// The buttons of these lines are small.
fn small(ui: &mut Ui) {
    ui.spacing_mut().interact_size.y = 16.0;
    ui.spacing_mut().button_padding = vec2(5.0, 0.0);
}

/// What of the two is shown: in the line above, where this one has no room for it.
fn choice(ui: &mut Ui, context: &FrameContext<'_>) {
    small(ui);
    choose(
        ui,
        context,
        |show| &mut show.below,
        &[
            (BottomPanel::Charts, "charts", "Three charts over the steps"),
            (BottomPanel::Table, "table", "All runners at this step: who is ahead, and at what cost"),
        ],
    );
}

fn chart_line(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let over = session.scenario().show.over;
    ui.label(RichText::new("over:").size(text_size::HINT))
        .on_hover_text("What lies along the axes of the loss and of the gradient norm");
    choose(
        ui,
        context,
        |show| &mut show.over,
        &[
            (XAxis::Steps, "steps", "Everybody makes as many steps"),
            (
                XAxis::Evaluations,
                "evaluations",
                "How often the steps have asked for f, its gradient and its Hessian: a fairer measure, as a step of one \
             method may cost many of another",
            ),
        ],
    );
    if session.race().problem().objective.examples().is_some() || over == XAxis::Passes {
        let says = "How often the steps have gone through the data (epochs): a step with a minibatch of B of n examples \
                    counts B/n";
        choose(ui, context, |show| &mut show.over, &[(XAxis::Passes, "passes", says)]);
    }
    chart_lines::menu(ui, context);
    if over == XAxis::Evaluations {
        let End { beyond, .. } = comparison::end(session, over);
        let told = match beyond {
            None => "f, ∇f and ∇²f count as one each; a dot is a runner at this step".to_owned(),
            Some((name, cost)) => format!("f, ∇f and ∇²f count as one each; {name} goes on to {cost}"),
        };
        ui.add(Label::new(RichText::new(told).size(text_size::HINT).weak()).truncate()).on_hover_text(
            "Each question counts as one over the whole data, and of a minibatch of B of n examples as B/n. \
             To ask again at the same point is not counted. A dot is a runner at this step.",
        );
    }
}

/// Labels of which one is chosen.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    context: &FrameContext<'_>,
    field: fn(&mut ViewState) -> &mut T,
    alternatives: &[(T, &str, &str)],
) {
    let now = *field(&mut context.show().clone());
    for (one, name, says) in alternatives {
        let text = RichText::new(*name).size(text_size::HINT);
        if ui.selectable_label(now == *one, text).on_hover_text(*says).clicked() && now != *one {
            context.change_show(|show| *field(show) = *one);
        }
    }
}
