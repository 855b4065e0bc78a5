//! What becomes of a file that was dropped on the window or opened, and is no preset: data, a path, or a loss.

use super::column_dialog::ColumnDialog;
use super::dataset;
use std::sync::Arc;
use thalweg_core::catalogue::optimizers::recorded::RECORDED;
use thalweg_core::catalogue::surfaces::grid::GRID;
use thalweg_core::data::loss_grid::LossGrid;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::objective::objective::Objective;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    BroughtFile, MAX_LABEL, MAX_RUNNERS, Runner, Scenario, Start, base_name, one_line, refused,
};
use thalweg_session::{Command, Edit, Session};

/// Takes it in, or asks what is meant. What there is to tell, and whether that is a failure.
pub fn take(
    session: &mut Session,
    columns_dialog: &mut ColumnDialog,
    brought: BroughtFile,
) -> Option<(String, bool)> {
    let taken = match brought {
        BroughtFile::Data(table) => return dataset::fit(session, table),
        BroughtFile::Columns(columns) => {
            columns_dialog.ask(columns);
            return None;
        }
        BroughtFile::Path(path) => with_path(session.scenario(), path),
        BroughtFile::Grid(grid) => Ok(with_grid(session.scenario(), grid)),
    };
    let taken = taken.and_then(|(scenario, told)| match refused(&scenario) {
        Some(why) => Err(format!("{why}. Nothing was changed.")),
        None => Ok((scenario, told)),
    });
    match taken {
        Ok((scenario, told)) => {
            let last = scenario.runners.len().saturating_sub(1);
            let is_path = scenario.runners.len() > session.scenario().runners.len();
            session.apply(Edit::Become(Box::new(scenario)));
            if is_path {
                session.apply(Command::Focus(last));
            }
            Some((told, false))
        }
        Err(why) => Some((why, true)),
    }
}

/// The scenario with a runner that goes where the path went.
fn with_path(scenario: &Scenario, path: RecordedPath) -> Result<(Scenario, String), String> {
    if scenario.runners.len() >= MAX_RUNNERS {
        return Err(format!("There are {MAX_RUNNERS} runners already; remove one, and drop the path again."));
    }
    let (name, steps) = (base_name(&path.name).to_owned(), path.points.len() - 1);
    let shown = if path.distance.is_empty() {
        String::new()
    } else {
        format!(
            " It has more than two coordinates, and is shown in its principal plane, with {:.1} % of its spread.",
            100.0 * path.share_shown()
        )
    };
    let plural = if steps == 1 { "" } else { "s" };
    let told = format!(
        "{name}: a path of {steps} step{plural}, as a runner. The menu of its card compares it with the others.{shown}"
    );
    let mut optimizer = Chosen::with_defaults(&RECORDED);
    let _ = optimizer.set("file", Value::Path(Arc::new(path)));
    let mut scenario = scenario.clone();
    let label = one_line(&name, MAX_LABEL).replace(['{', '}'], "");
    scenario.runners.push(Runner { label, ..Runner::new(optimizer, scenario.runners.len()) });
    Ok((scenario, told))
}

/// The scenario on the samples of a loss.
fn with_grid(scenario: &Scenario, grid: LossGrid) -> (Scenario, String) {
    let told = format!(
        "{}: a loss on {} x {} samples; between them it is a smooth spline, and outside it is not defined.",
        base_name(&grid.name),
        grid.xs.len(),
        grid.ys.len()
    );
    let mut scenario = scenario.clone();
    let mut surface = Chosen::with_defaults(&GRID);
    let _ = surface.set("file", Value::Grid(Arc::new(grid)));
    let (view, start) = Objective::new(&surface).home();
    (scenario.view, scenario.start, scenario.cloud) = (view, Start::At(start), None);
    scenario.surface = surface;
    (scenario, told)
}
