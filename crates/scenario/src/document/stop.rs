//! When a run ends before its last step.

use super::limits::MAX_STEPS;
use crate::format::field::Field;
use crate::format::invalidates::Invalidates;
use crate::format::record::Record;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

/// When a run ends before its last step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Converged when the gradient's length is at most this; 0 switches the test off.
    pub gradient: f64,
    /// Diverged when |x| or |y| is larger than this.
    pub divergence: f64,
    /// Stalled when f has not fallen below its lowest for so many steps; 0 switches the test off.
    pub patience: u32,
}

impl Stop {
    /// The rules of a document that gives none.
    pub const DEFAULT: Self = Self { gradient: 0.0, divergence: 1e12, patience: 0 };
}

impl Default for Stop {
    fn default() -> Self {
        Self::DEFAULT
    }
}

static FIELDS: [Field<Stop>; 3] = [
    Field::<Stop>::number(
        Param::number(
            "gradient",
            "|∇f|",
            Stop::DEFAULT.gradient,
            Range::NOT_NEGATIVE,
            (0.0, 1.0),
            "a run has converged when the gradient's length |∇f| is at most this; 0 switches the test off",
        )
        .named("tolerance")
        .log(),
        |stop| stop.gradient,
        |stop, gradient| stop.gradient = gradient,
    )
    .invalidates(Invalidates::Runs, "when runs end")
    .always_written(),
    Field::<Stop>::number(
        Param::number(
            "divergence",
            "|x|, |y|",
            Stop::DEFAULT.divergence,
            Range::POSITIVE,
            (1.0, 1e15),
            "a run has diverged when |x| or |y| is larger than this",
        )
        .named("bound")
        .log(),
        |stop| stop.divergence,
        |stop, bound| stop.divergence = bound,
    )
    .invalidates(Invalidates::Runs, "when runs end")
    .always_written(),
    Field::<Stop>::number(
        Param::number(
            "patience",
            "k",
            Stop::DEFAULT.patience as f64,
            Range::whole(0, MAX_STEPS),
            (0.0, 100.0),
            "early stopping: a run ends when f has not fallen below its lowest for this many steps; 0 switches the test off",
        ),
        |stop| stop.patience.into(),
        |stop, patience| stop.patience = patience as u32,
    )
    .invalidates(Invalidates::Runs, "when runs end")
    .always_written(),
];

impl Record for Stop {
    const WHAT: &'static str = "the rule to stop";
    const FORM: &'static str = "`(gradient: 1e-6, divergence: 1e12)`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }
}
