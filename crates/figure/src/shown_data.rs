//! The data of a session's surface, as figures show them.

use crate::data_plot::ShownModel;
use thalweg_analysis::data::data_fit::DataFit;
use thalweg_core::data::rows::{Row, TARGET, Table};
use thalweg_core::objective::prediction::Shows;
use thalweg_core::spec::value::Value;
use thalweg_session::Session;

/// The table that the surface is made of; none where there is none.
pub fn table(session: &Session) -> Option<&Table> {
    session.scenario().surface.values.iter().find_map(|value| match value {
        Value::Data(table) => Some(&**table),
        _ => None,
    })
}

/// Whether the surface takes its columns standardized.
pub fn is_standardized(session: &Session) -> bool {
    let mut settings = session.scenario().surface.settings();
    settings.any(|(param, value)| param.key == "standardize" && *value == Value::Switch(true))
}

/// What the axes are called: the table's columns, and what became of them; none without a table.
pub fn axis_names(session: &Session, fit: &DataFit) -> Option<[String; 2]> {
    let (table, scaled) = (table(session)?, is_standardized(session));
    Some([0, 1].map(|axis| {
        let column = if axis == 1 && fit.shows() == Shows::Curve { TARGET } else { axis };
        let name = table.columns.get(column).map_or("", String::as_str);
        match (scaled, column) {
            (true, TARGET) => {
                // A regression's target is centred, another's stays as it is, or its classes -1 and 1 are 0 and 1: the
                // examples tell.
                let first = |rows: &[Row]| rows.first().map(|row| row[TARGET]);
                let seen = first(fit.rows());
                let same = seen == first(&table.rows) || seen == first(&table.with_classes());
                if same { name.to_owned() } else { format!("{name}, centred") }
            }
            (true, _) => format!("{name}, standardized"),
            (false, _) => name.to_owned(),
        }
    }))
}

/// The visible runners' models at the cursor. `is_defined` says of a runner, by its place, and its weights whether
/// its error is a number.
pub fn models(session: &Session, mut is_defined: impl FnMut(usize, [f64; 2]) -> bool) -> Vec<ShownModel<'_>> {
    let visible = session.runners().enumerate().filter(|(_, (runner, _))| !runner.hidden);
    let models = visible.filter_map(|(index, (runner, run))| {
        let step = session.cursor().min(run.trajectory().last_step());
        let weights = run.trajectory().at(step)?.position.into();
        let (is_focused, is_defined) = (session.focus() == index, is_defined(index, weights));
        Some(ShownModel { name: runner.name(), color: runner.color, weights, is_focused, is_defined })
    });
    models.collect()
}
