//! What is below the plane: the charts or the table, and the line that chooses.

use super::background_analysis::BackgroundAnalysis;
use super::charts;
use super::charts::{Charts, End};
use super::table;
use super::table::Table;
use super::{Queue, transport, tuning};
use egui::{Label, RichText, Ui, vec2};
use thalweg_scenario::{BottomPanel, ChartKind, ViewState, XAxis};
use thalweg_session::{Command, Session};

/// Shows the line, and below it what it chooses.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    local: &BackgroundAnalysis,
    charts: &mut Charts,
    table: &mut Table,
    tuning: &mut tuning::Tuning,
    queue: &mut Queue,
) {
    let below = session.scenario().show.below;
    // At large text it takes two lines.
    ui.horizontal_wrapped(|ui| {
        small(ui);
        if !transport::has_two_rows(ui) {
            choice(ui, session, queue);
            ui.separator();
        }
        match below {
            BottomPanel::Charts => chart_line(ui, session, queue),
            BottomPanel::Table => {
                table::tolerance(ui, session, queue);
                ui.separator();
                tuning.button(ui, session);
            }
        }
    });
    match below {
        BottomPanel::Charts => charts.show(ui, session, local),
        BottomPanel::Table => table.show(ui, session, queue),
    }
}

/// The buttons of these lines are small.
fn small(ui: &mut Ui) {
    ui.spacing_mut().interact_size.y = 16.0;
    ui.spacing_mut().button_padding = vec2(5.0, 0.0);
}

/// What of the two is shown: in the line above, where this one has no room for it.
pub fn choice(ui: &mut Ui, session: &Session, queue: &mut Queue) {
    small(ui);
    choose(
        ui,
        session,
        queue,
        |show| &mut show.below,
        &[
            (BottomPanel::Charts, "charts", "Loss, gradient norm, and a third chart over the steps"),
            (BottomPanel::Table, "table", "All runners at this step: who is ahead, and at what cost"),
        ],
    );
}

fn chart_line(ui: &mut Ui, session: &Session, queue: &mut Queue) {
    let over = session.scenario().show.over;
    ui.label(RichText::new("over:").size(11.5))
        .on_hover_text("What lies along the axes of the loss and of the gradient norm");
    choose(
        ui,
        session,
        queue,
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
    ui.separator();
    ui.label(RichText::new("third:").size(11.5)).on_hover_text("What the third chart shows");
    choose(
        ui,
        session,
        queue,
        |show| &mut show.chart,
        &ChartKind::ALL.map(|one| (one, one.title(), one.says())),
    );
    if over == XAxis::Evaluations {
        let End { beyond, .. } = charts::end(session, over);
        let told = match beyond {
            None => "f, ∇f and ∇²f count as one each; a dot is a runner at this step".to_owned(),
            Some((name, cost)) => format!("f, ∇f and ∇²f count as one each; {name} goes on to {cost}"),
        };
        ui.add(Label::new(RichText::new(told).size(11.5).weak()).truncate()).on_hover_text(
            "Each question counts as one over the whole data, and of a minibatch of B of n examples as B/n. \
             To ask again at the same point is not counted. A dot is a runner at this step.",
        );
    }
}

/// Labels of which one is chosen.
fn choose<T: Copy + PartialEq>(
    ui: &mut Ui,
    session: &Session,
    queue: &mut Queue,
    field: fn(&mut ViewState) -> &mut T,
    alternatives: &[(T, &str, &str)],
) {
    let mut show = session.scenario().show.clone();
    let now = *field(&mut show);
    for (one, name, says) in alternatives {
        let text = RichText::new(*name).size(11.5);
        if ui.selectable_label(now == *one, text).on_hover_text(*says).clicked() && now != *one {
            *field(&mut show) = *one;
            queue.push(Command::Show(Box::new(show.clone())));
        }
    }
}
