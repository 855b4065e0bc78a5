//! What the cards say of a run: how it ended, where the edge of stability lies, what would be best.

use super::setting::Mark;
use super::text;
use crate::analysis::diagnosis::diagnose;
use crate::analysis::{report, stability};
use crate::descent::param::Value;
use crate::descent::race::Lane;
use crate::scenario::Runner;
use crate::session::{RunnerCommand, Session};
use egui::Ui;

/// The marks of the learning rate's slider: the edge of stability at the nearest minimum. Under a
/// schedule, where this step's rate, which is the slider's times the factor, would be at the edge.
pub fn marks(session: &Session, lane: &Lane) -> Vec<Mark> {
    let Some([_, largest]) = eigenvalues(session) else { return Vec::new() };
    let edge = stability::edge(lane.optimizer(), lane.settings(), largest);
    let factor = lane.learning_rate(session.cursor()) / lane.settings().numbers[0];
    let label = if lane.is_scheduled() {
        "edge of stability at the minimum, for this step of the schedule"
    } else {
        "edge of stability at the minimum"
    };
    edge.map(|edge| edge / factor)
        .filter(|value| value.is_finite())
        .map(|value| Mark { value, label: label.to_owned() })
        .into_iter()
        .collect()
}

/// A button that takes the best known settings, where theory knows them: for a rate that stays.
pub fn best_button(ui: &mut Ui, session: &Session, runner: &Runner, push: &mut impl FnMut(RunnerCommand)) {
    if !runner.schedule.of.is_constant() {
        return;
    }
    let Some([smallest, largest]) = eigenvalues(session) else { return };
    let Some(best) = stability::optimal(runner.optimizer.of, &runner.optimizer.prepare(), smallest, largest)
    else {
        return;
    };
    let told: Vec<_> = best.iter().map(|(key, value)| format!("{key} {}", text::number(*value))).collect();
    let tip = format!(
        "The fastest decay of the slowest error at the nearest minimum (λ from {} to {}): {}.",
        text::number(smallest),
        text::number(largest),
        told.join(", ")
    );
    if ui.small_button(format!("Best here: {}", told.join(", "))).on_hover_text(tip).clicked() {
        for (key, value) in best {
            push(RunnerCommand::Set(key, Value::Number(value)));
        }
    }
}

/// The Hessian's eigenvalues at the minimum nearest to the focused runner, if both are above zero.
fn eigenvalues(session: &Session) -> Option<[f64; 2]> {
    let minimum = session.nearest_minimum(session.position())?;
    report::eigenvalues(session.race().course(), minimum.at).filter(|[smallest, _]| *smallest > 0.0)
}

/// The diagnoses of diverged runs, kept while the runs last: each looks at many points.
#[derive(Default)]
pub struct Diagnoses(Vec<(u64, String)>);

impl Diagnoses {
    fn of(&mut self, session: &Session, index: usize, lane: &Lane) -> &str {
        if self.0.len() <= index {
            self.0.resize_with(index + 1, Default::default);
        }
        let (version, text) = &mut self.0[index];
        if *version != session.version(index) || text.is_empty() {
            (*version, *text) =
                (session.version(index), diagnose(lane, session.race().course()).unwrap_or_default());
        }
        text
    }
}

/// How a run ended, or where it stands at the cursor; and whether that is bad news.
pub fn outcome(session: &Session, index: usize, lane: &Lane, diagnoses: &mut Diagnoses) -> (String, bool) {
    let trajectory = lane.trajectory();
    let Some(sample) = trajectory.at(session.cursor()) else { return (String::new(), false) };
    let here = format!("f {}", text::number(sample.loss));
    match trajectory.ending() {
        Some(ending) if ending.cause.is_divergence() => (diagnoses.of(session, index, lane).to_owned(), true),
        Some(ending) if ending.cause == crate::descent::trajectory::Cause::Converged => {
            (format!("{here}; converged at step {}", text::count(ending.step)), false)
        }
        Some(ending) => {
            let last = trajectory.at(ending.step).map_or(f64::NAN, |sample| sample.loss);
            (format!("{here}; at the last step {}", text::number(last)), false)
        }
        None => (format!("{here}; computing, step {}", text::count(trajectory.last_step())), false),
    }
}
