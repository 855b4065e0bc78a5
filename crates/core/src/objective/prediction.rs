//! What the model behind a mean over data says of an example.

use crate::spec::keys::NumberKey;

/// How the data and what a model makes of them are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Two classes in the plane of the two features, with the line where the output is 0. The output
    /// is linear in the features and in the weights, and at least 0 where the model says class 1.
    Boundary,
    /// The target over the first feature, with the output's curve at the mean of the second.
    Curve,
}

/// What a model says, by the same code as its loss.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// The output at the weights (w1, w2) with an intercept for the features (x1, x2): a target in its own unit, or
    /// for a classifier the logit.
    pub output: fn([f64; 2], f64, [f64; 2]) -> f64,
    /// Where the intercept stands among the settings of a surface that has one.
    pub intercept: Option<NumberKey>,
    /// How it is drawn.
    pub shows: Shows,
}
