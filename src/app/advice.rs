//! What the cards say of a run: how it ended, where the edge of stability lies, what would be best.

use super::context::FrameContext;
use super::notation;
use super::setting::Mark;
use super::story;
use super::theme::Palette;
use crate::app::text_size;
use crate::words::{evaluations, text};
use egui::{Label, RichText, Ui};
use thalweg_analysis::runs::termination::is_remarkable;
use thalweg_analysis::spectral::{spectral_report, stability};
use thalweg_analysis::sweep::theory::constant_eigenvalues;
use thalweg_core::run::run::Run;
use thalweg_core::spec::value::Value;
use thalweg_scenario::Runner;
use thalweg_session::{RunnerEdit, Session};

/// The marks of the learning rate's slider: the edge of stability where the runner stands at this
/// step, and behind it the one at the nearest minimum. Under a schedule, where this step's rate, which
/// is the slider's times the factor, would be at the edge.
pub fn marks(context: &FrameContext<'_>, index: usize, run: &Run) -> Vec<Mark> {
    let session = context.session;
    if story::is_asking(session) {
        return Vec::new();
    }
    let problem = session.race().problem();
    let Some(sample) = run.trajectory().at(session.cursor()) else { return Vec::new() };
    let lr = run.learning_rate(session.cursor());
    let factor = lr / run.settings().numbers[0];
    let edge_at = |point| {
        let eigenvalues = spectral_report::eigenvalues(problem, point)?;
        let (optimizer, settings) = (run.optimizer(), run.settings());
        let [_, largest] = eigenvalues;
        // Where a form falls away no rate is stable. Elsewhere the ground is another at the next step, and what the
        // steep direction bears is still worth a mark.
        let is_form = || constant_eigenvalues(&problem.objective, session.scenario().view).is_some();
        if stability::is_never_stable(optimizer, settings, eigenvalues) && (largest <= 0.0 || is_form()) {
            return None;
        }
        stability::edge(optimizer, settings, largest)
    };
    // To know a method's own scaling takes a replay: only who is looked at is worth it.
    let focused = session.focus() == index;
    let seen = focused.then(|| context.caches.readings.preconditioned(session)).flatten();
    let here = seen.and_then(|seen| Some(seen.room()? * lr));
    let falls_away = || {
        let eigenvalues = spectral_report::eigenvalues(problem, sample.position);
        eigenvalues.is_some_and(|[smallest, _]| smallest < 0.0)
    };
    let here = match here {
        Some(edge) => Some((edge, "adaptive edge of stability here, with the step sizes of this step")),
        None => edge_at(sample.position).map(|edge| {
            let label = if falls_away() {
                "edge of the steep direction here, at this step; along the other f falls away at any rate"
            } else {
                "edge of stability here, at this step"
            };
            (edge, label)
        }),
    };
    let minimum = problem.objective.nearest_minimum(sample.position).and_then(|minimum| edge_at(minimum.at));
    // On a quadratic the two are one.
    let minimum = minimum.filter(|edge| here.is_none_or(|(here, _)| (edge / here - 1.0).abs() > 1e-3));
    let minimum = minimum.map(|edge| (edge, "edge of stability at the nearest minimum"));
    let schedule = if run.is_scheduled() { ", for this step of the schedule" } else { "" };
    let mark = |(edge, label): (f64, &str), quiet| Mark {
        value: edge / factor,
        label: format!("{label}{schedule}"),
        quiet,
    };
    let marks = minimum.map(|edge| mark(edge, true)).into_iter().chain(here.map(|edge| mark(edge, false)));
    marks.filter(|mark| mark.value.is_finite()).collect()
}

/// A button that takes the best known settings, where theory knows them: for a rate that stays.
pub fn best_button(
    ui: &mut Ui,
    context: &FrameContext<'_>,
    runner: &Runner,
    push: &mut impl FnMut(RunnerEdit),
) {
    let session = context.session;
    if !runner.schedule.of.is_constant() || story::is_asking(session) {
        return;
    }
    let Some([smallest, largest]) = eigenvalues(session) else { return };
    let Some(best) = context.caches.readings.best(&runner.optimizer, [smallest, largest]) else { return };
    let symbol = |key: &str| {
        let param = runner.optimizer.of.params.iter().find(|param| param.key == key);
        param.map_or_else(
            || key.to_owned(),
            |param| session.scenario().show.notation.symbol(param).into_owned(),
        )
    };
    let told: Vec<_> =
        best.iter().map(|(key, value)| format!("{} = {}", symbol(key), text::number(*value))).collect();
    let tip = format!(
        "The fastest decay of the slowest error at the nearest minimum (λ from {} to {}): {}.",
        text::number(smallest),
        text::number(largest),
        told.join(", ")
    );
    if ui.small_button(format!("Best at the minimum: {}", told.join(", "))).on_hover_text(tip).clicked() {
        for (key, value) in best {
            push(RunnerEdit::Set(key, Value::Number(value)));
        }
    }
}

/// The Hessian's eigenvalues at the minimum nearest to the focused runner, if both are above zero.
fn eigenvalues(session: &Session) -> Option<[f64; 2]> {
    let minimum = session.nearest_minimum(session.position())?;
    spectral_report::eigenvalues(session.race().problem(), minimum.at).filter(|[smallest, _]| *smallest > 0.0)
}

/// Where a runner stands at the cursor and what it has asked so far, and how the run ended.
pub fn outcome(ui: &mut Ui, context: &FrameContext<'_>, index: usize, run: &Run) {
    let session = context.session;
    let mut diagnoses = context.caches.diagnoses.borrow_mut();
    let trajectory = run.trajectory();
    let Some(sample) = trajectory.at(session.cursor()) else { return };
    let told = |text: &str| Label::new(RichText::new(text).size(text_size::HINT).weak()).wrap();
    let asked = run.evaluations(session.cursor());
    let here = format!("f {}; {}", text::number(sample.loss), evaluations::made(&asked));
    let cost = run.cost(session.cursor());
    ui.add(told(&here)).on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        ui.label(format!(
            "The loss at this step, and how often the steps so far have asked the surface: {} for f, {} for its \
             gradient ∇f, {} for its Hessian ∇²f.",
            text::count(asked.values),
            text::count(asked.gradients),
            text::count(asked.hessians),
        ));
        if (cost - asked.total() as f64).abs() > 1e-9 {
            ui.label(format!("Asked of minibatches, that costs {} looks at all the data.", text::number(cost)));
        }
        ui.label("To ask again at the same point is not counted: what was just computed can be kept.");
    });
    if !session.tells(trajectory.ending().map_or(u32::MAX, |ending| ending.step)) {
        return;
    }
    // At the start the end is told where it is bad news alone: what a setting does wrong is seen at once.
    if session.cursor() == 0 && trajectory.ending().is_some_and(|ending| !ending.cause.is_divergence()) {
        return;
    }
    match (trajectory.ending(), diagnoses.of(session, index, run)) {
        (Some(ending), Some(sentence)) if ending.cause.is_divergence() => {
            let sentence = notation::said(ui.ctx(), sentence);
            let rich = RichText::new(sentence).size(text_size::HINT).color(Palette::of(ui).alarm);
            ui.add(Label::new(rich).wrap());
        }
        // Nothing out of the ordinary: a card that nobody looks at need not say it.
        (Some(_), _) if !is_remarkable(run) && session.focus() != index => {}
        (_, Some(sentence)) => {
            let sentence = notation::said(ui.ctx(), sentence);
            // Which says it itself where the run came to rest there.
            let says_it = sentence.contains("arrived at") || sentence.contains("converged at");
            let arrival = if says_it { None } else { diagnoses.arrival(session, index, run) };
            let arrival = arrival.map_or_else(String::new, |step| {
                let tolerance = text::number(session.scenario().show.tolerance);
                format!("\narrived at step {}: |∇f| ≤ {tolerance} from there on", text::count(step))
            });
            ui.add(told(&format!("{sentence}{arrival}")));
        }
        _ => {
            ui.add(told(&format!("computing, step {}", text::count(trajectory.last_step()))));
        }
    }
}
