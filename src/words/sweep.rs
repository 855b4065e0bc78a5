//! What became of the runs of a map.

use super::text;
use thalweg_analysis::sweep::outcome::{CellResult, OutcomeClassifier, RunOutcome};
use thalweg_figure::sweep_map::outcome_label;

/// The word for an outcome in tables: a part of the map's format.
pub fn name(outcome: RunOutcome) -> &'static str {
    match outcome {
        RunOutcome::Minimum(_) => "minimum",
        RunOutcome::CriticalPoint(_) => "critical",
        RunOutcome::Elsewhere => "elsewhere",
        RunOutcome::NoLongerFalling => "stuck",
        RunOutcome::OnItsWay => "moving",
        RunOutcome::FallsForEver => "falls",
        RunOutcome::Diverged => "diverged",
    }
}

/// What an outcome means, in a sentence.
pub fn meaning(outcome: RunOutcome) -> &'static str {
    match outcome {
        RunOutcome::NoLongerFalling => {
            "All steps made without arriving, and the lowest loss of the second half is not below that of the first; or \
             no step was found that lowers the loss: the run oscillates, or is stuck"
        }
        RunOutcome::OnItsWay => "All steps made without arriving, and the loss was still falling",
        RunOutcome::FallsForEver => "The loss falls for ever, and the run with it: past the bound",
        RunOutcome::Diverged => "A coordinate went past the bound, or something became infinite or undefined",
        RunOutcome::Elsewhere => {
            "The gradient became and stayed as small as asked where no critical point is known"
        }
        RunOutcome::Minimum(_) | RunOutcome::CriticalPoint(_) => {
            "The gradient became and stayed as small as asked near this point; the slower, the paler"
        }
    }
}

/// What became of a run, as a sentence without its subject: "arrives at the minimum (1, 1) after 31 steps,
/// f 2.1e-8".
pub fn sentence(found: &CellResult, classifier: &OutcomeClassifier) -> String {
    let (what, steps) = (outcome_label(found.outcome, classifier), text::count(found.step));
    let loss = text::number(found.loss);
    match found.outcome {
        RunOutcome::Minimum(_) | RunOutcome::CriticalPoint(_) => {
            format!("arrives at the {what} after {steps} steps, f {loss}")
        }
        RunOutcome::Elsewhere => {
            let at = text::point(found.end.x, found.end.y);
            format!("comes to rest at {at} after {steps} steps, f {loss}")
        }
        RunOutcome::NoLongerFalling | RunOutcome::OnItsWay => format!("{what} after {steps} steps, f {loss}"),
        RunOutcome::FallsForEver => format!("falls for ever: gone at step {steps}"),
        RunOutcome::Diverged => format!("diverges: gone at step {steps}"),
    }
}

/// What became of a run, to go on a sentence that begins with "it": "is still on its way after 500 steps, f 2".
pub fn predicate(found: &CellResult, classifier: &OutcomeClassifier) -> String {
    let sentence = sentence(found, classifier);
    match found.outcome {
        RunOutcome::NoLongerFalling | RunOutcome::OnItsWay => format!("is {sentence}"),
        _ => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::catalogue::surfaces;
    use thalweg_core::run::problem::Problem;
    use thalweg_core::spec::chosen::Chosen;

    #[test]
    fn every_outcome_has_its_words() {
        let surface = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
        let problem = Problem::new(Objective::new(&surface), Vector2::zeros(), 10);
        let classifier = OutcomeClassifier::new(&problem, 1e-3, 5.0);
        for (outcome, name, sentence, predicate) in [
            (
                RunOutcome::Minimum(0),
                "minimum",
                "arrives at the minimum (0, 0) after 1,200 steps, f 0.25",
                None,
            ),
            (RunOutcome::Elsewhere, "elsewhere", "comes to rest at (0.5, 2) after 1,200 steps, f 0.25", None),
            (
                RunOutcome::NoLongerFalling,
                "stuck",
                "no longer falling after 1,200 steps, f 0.25",
                Some("is no longer falling after 1,200 steps, f 0.25"),
            ),
            (
                RunOutcome::OnItsWay,
                "moving",
                "still on its way after 1,200 steps, f 0.25",
                Some("is still on its way after 1,200 steps, f 0.25"),
            ),
            (RunOutcome::FallsForEver, "falls", "falls for ever: gone at step 1,200", None),
            (RunOutcome::Diverged, "diverged", "diverges: gone at step 1,200", None),
        ] {
            let found = CellResult { outcome, step: 1200, loss: 0.25, end: Vector2::new(0.5, 2.0) };
            assert_eq!(
                (super::name(outcome), super::sentence(&found, &classifier).as_str()),
                (name, sentence)
            );
            assert_eq!(super::predicate(&found, &classifier), predicate.unwrap_or(sentence));
        }
    }
}
