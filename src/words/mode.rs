//! What becomes of an error along an eigenvector.

use thalweg_analysis::spectral::mode::{Mode, Regime, Roots};
use thalweg_figure::phase_plane::regime_name;

/// The name of a mode's regime, with its two special cases: short enough for a badge.
pub fn badge(mode: &Mode) -> &'static str {
    match mode.regime {
        Regime::OneStep if !mode.is_gone_at_once() => "two steps",
        // Where there is no curvature no step is made.
        Regime::Marginal if mode.recurrence.first == 1.0 => "stays",
        other => regime_name(other),
    }
}

/// What becomes of the error: what follows "the error".
pub fn fate(mode: &Mode) -> &'static str {
    match (mode.regime, mode.roots) {
        (Regime::OneStep, _) if mode.is_gone_at_once() => "gone after one step",
        (Regime::OneStep, _) => "gone after two steps",
        (Regime::Monotone, _) => "shrinks at every step and keeps its side",
        (Regime::Oscillates, _) => "changes sides at every step and shrinks",
        (Regime::Ripples, _) => "swings to and fro over several steps and shrinks",
        (Regime::Marginal, Roots::Real(large, _)) if large < 0.0 => {
            "changes sides for ever and does not shrink"
        }
        (Regime::Marginal, Roots::Real(..)) => "stays: it does not shrink",
        (Regime::Marginal, Roots::Pair { .. }) => "swings for ever and does not shrink",
        (Regime::Diverges, _) if !mode.radius.is_finite() => "diverges: the step is infinite",
        (Regime::Diverges, Roots::Real(large, _)) if large < 0.0 => "diverges, changing sides at every step",
        (Regime::Diverges, Roots::Real(..)) => "diverges, ever further to one side",
        (Regime::Diverges, Roots::Pair { .. }) => "diverges in ever wider swings",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::method::recurrence::Recurrence;

    fn mode(first: f64, now: f64, before: f64) -> Mode {
        Mode::of(Recurrence { first, now, before })
    }

    #[test]
    fn every_fate_has_its_words() {
        for (now, before, badge, fate) in [
            (0.0, 0.0, "one step", "gone after one step"),
            (0.9, 0.0, "monotone", "shrinks at every step and keeps its side"),
            (-0.9, 0.0, "oscillates", "changes sides at every step and shrinks"),
            (1.0, -0.5, "ripples", "swings to and fro over several steps and shrinks"),
            (0.0, -0.25, "ripples", "swings to and fro over several steps and shrinks"),
            (1.0, 0.0, "stays", "stays: it does not shrink"),
            (-1.0 - 1e-13, 0.0, "on the edge", "changes sides for ever and does not shrink"),
            (1.0, -1.0, "stays", "swings for ever and does not shrink"),
            (-1.3, 0.0, "diverges", "diverges, changing sides at every step"),
            (1.3, 0.0, "diverges", "diverges, ever further to one side"),
            (1.0, -1.5, "diverges", "diverges in ever wider swings"),
            (f64::NAN, 0.0, "diverges", "diverges: the step is infinite"),
            (f64::NEG_INFINITY, 0.0, "diverges", "diverges: the step is infinite"),
        ] {
            let mode = mode(now, now, before);
            assert_eq!((super::badge(&mode), super::fate(&mode)), (badge, fate), "{now} {before}");
        }
        // Nesterov's method in PyTorch's form at αλ = 1.
        assert_eq!(
            (badge(&mode(-0.9, 0.0, 0.0)), badge(&mode(1e-17, 1e-17, 0.0))),
            ("two steps", "one step")
        );
    }
}
