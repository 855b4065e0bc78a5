//! What is open, in sentences that stand for the picture: for screen readers.

use super::text;
use thalweg_core::run::run::Run;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Runner, Scenario};
use thalweg_session::Session;

/// The title, the surface, where the cursor stands and whether it moves, and where each runner that is shown is, or
/// how it ended: a sentence each. `ending` tells how the run of the runner at a place ended (as
/// [`termination::sentence`](super::termination::sentence) does); it is asked only once the cursor has reached the end,
/// so that nothing is given away.
pub fn description(session: &Session, mut ending: impl FnMut(usize, &Run) -> Option<String>) -> String {
    let scenario = session.scenario();
    let title = scenario.shown_title();
    let mut sentences = vec![closed(title), closed(&surface(scenario)), closed(&cursor(session))];
    for (index, (runner, run)) in session.runners().enumerate().filter(|(_, (runner, _))| !runner.hidden) {
        sentences.push(closed(&place(session, (index, runner, run), &mut ending)));
    }
    if scenario.runners.is_empty() {
        sentences.push("There are no runners.".to_owned());
    }
    sentences.join(" ")
}

/// As a sentence: with a full stop, where it has no mark of its own.
fn closed(sentence: &str) -> String {
    let sentence = sentence.trim_end();
    let stop = if sentence.ends_with(['.', '!', '?', ':', '…']) { "" } else { "." };
    format!("{sentence}{stop}")
}

/// The surface with its numbers, and the part of it that is seen.
fn surface(scenario: &Scenario) -> String {
    let chosen = &scenario.surface;
    let numbers = chosen.settings().filter_map(|(param, value)| match value {
        Value::Number(number) => Some(format!("{} = {}", param.key, text::number(*number))),
        _ => None,
    });
    let numbers: Vec<_> = numbers.collect();
    let mut told = format!("Surface: {}", chosen.of.title());
    if let Some(typed) = chosen.typed() {
        told = format!("Surface: f(x, y) = {}", typed.text());
    } else if !numbers.is_empty() {
        told = format!("{told} with {}", numbers.join(", "));
    }
    let [x, y] = chosen.of.axes();
    let part = |(from, to): (f64, f64)| format!("{} to {}", text::number(from), text::number(to));
    format!("{told}, seen for {x} from {} and {y} from {}", part(scenario.view.x), part(scenario.view.y))
}

/// Where the cursor stands, and whether it moves.
fn cursor(session: &Session) -> String {
    let moves = if session.is_playing() { "playing" } else { "paused" };
    let steps = session.scenario().steps;
    format!("Step {} of {}, {moves}", text::count(session.cursor()), text::count(steps))
}

/// Where a runner is at the cursor; how its run ended, where the cursor has reached that.
fn place(
    session: &Session,
    (index, runner, run): (usize, &Runner, &Run),
    ending: &mut impl FnMut(usize, &Run) -> Option<String>,
) -> String {
    let (name, trajectory) = (runner.name(), run.trajectory());
    let Some(sample) = trajectory.at(session.cursor()) else {
        return format!("{name} is not computed yet");
    };
    let at = text::place(&session.race().problem().objective, sample.position);
    let here = format!("{name} is at {at}, f = {}", text::number(sample.loss));
    let last = trajectory.ending().map_or(session.scenario().steps, |ending| ending.step);
    let ended = if run.is_done() && session.cursor() >= last { ending(index, run) } else { None };
    ended.map_or_else(|| here.clone(), |how| format!("{here}; {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::termination;
    use thalweg_analysis::runs::termination::Termination;
    use thalweg_session::Playback;

    fn told(session: &Session) -> String {
        description(session, |_, run| {
            Termination::of(run, session.race().problem()).map(|ended| termination::sentence(&ended))
        })
    }

    fn session(document: &str) -> Session {
        let scenario = thalweg_scenario::parse(document).expect("a document");
        let mut session = Session::new(scenario);
        while !session.compute(|| false) {}
        session
    }

    #[test]
    fn an_end_is_told_once_the_cursor_has_reached_it() {
        let mut session = session(
            "(version: 1, title: \"A bowl\", surface: Quadratic(kappa: 4), start: (2, 1), \
             view: (x: (-3, 3), y: (-2, 2)), steps: 60, stop: (gradient: 1e-3), \
             runners: [(optimizer: GradientDescent(lr: 0.2)), \
                       (label: \"wild\", optimizer: GradientDescent(lr: 9)), \
                       (optimizer: Adam(), hidden: true)])",
        );
        assert_eq!(
            told(&session),
            "A bowl. Surface: quadratic with lambda_min = 1, kappa = 4, angle = 0, seen for x from -3 to 3 and y from -2 \
             to 2. Step 0 of 60, paused. gradient descent is at (2, 1), f = 4. wild is at (2, 1), f = 4."
        );
        session.apply(Playback::StepBy(60));
        let ended = told(&session);
        assert!(ended.contains("Step 60 of 60, paused. gradient descent is at ("), "{ended}");
        assert!(ended.contains("; converged at step "), "{ended}");
        assert!(ended.contains("wild is at (") && ended.contains("; diverged at step "), "{ended}");
        assert!(!ended.contains("Adam") && !ended.contains(".."), "{ended}");
    }

    #[test]
    fn a_document_with_nothing_in_it_is_told_too() {
        let session = session("(version: 1, surface: Formula(f: \"x^2 + y^2\"), start: (1, 0), runners: [])");
        let told = told(&session);
        assert!(told.starts_with("Untitled. Surface: f(x, y) = x^2 + y^2, seen for x from "), "{told}");
        assert!(told.ends_with("There are no runners."), "{told}");
    }
}
