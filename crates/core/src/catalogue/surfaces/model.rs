//! What the surfaces of a model on data share: the loss is a mean over examples, its axes are the
//! model's two weights.

use super::stationary::settled_in_plane;
use crate::data::data_set::DataSet;
use crate::data::rows::{Row, Table};
use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::differentiation::curvature;
use crate::objective::loss_function::{Constants, LossFunction, SurfaceData};
use crate::objective::prediction::{Prediction, Shows};
use crate::objective::view::View;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;
use std::marker::PhantomData;
use std::sync::Arc;

/// A model with two weights, by its loss on one example.
pub(super) trait Model {
    /// The parameters of its surface, among them [`Param::STANDARDIZE`] and [`Param::L2`].
    const PARAMS: &'static [Param];
    /// The intercept of a model that has one.
    const INTERCEPT: Option<NumberKey> = None;
    /// Whether the intercept can be fitted out, for a model that is linear in it; standardizing then centres the target,
    /// too, which is the same.
    const FITS_INTERCEPT: Option<ChoiceKey> = None;

    /// What the model says of an example with these features at the weights (w1, w2): the target, or
    /// for a classifier the logit, which is at least 0 where it says class 1.
    fn output<T: Number>(features: [f64; 2], w1: T, w2: T, intercept: f64) -> T;

    /// The loss on one example at the weights (w1, w2).
    fn loss<T: Number>(row: Row, w1: T, w2: T, intercept: f64) -> T;
}

/// The mean of a model's loss over the examples, plus the penalty l2·|w|²/2.
pub(super) struct Mean<M>(PhantomData<M>);

impl<M: Model> LossFunction for Mean<M> {
    const HAS_MATTER: bool = true;

    fn prepare(mut constants: Constants) -> Constants {
        let is_fitted = M::FITS_INTERCEPT.is_some_and(|key| constants[key] == 1);
        if is_fitted && let Some(NumberKey(place)) = M::INTERCEPT {
            constants.numbers[place] = 0.0;
        }
        let is_standardized = constants[const { ChoiceKey::of(M::PARAMS, "standardize") }] == 1;
        if let SurfaceData::Examples(rows) = &constants.matter {
            let changed = match (is_standardized, is_fitted) {
                (true, _) => Table::standardized(rows, M::FITS_INTERCEPT.is_some()),
                (false, true) => Table::centered(rows),
                (false, false) => return constants,
            };
            constants.matter = SurfaceData::Examples(Arc::new(changed));
        }
        constants
    }

    #[inline(always)]
    fn at<T: Number>(constants: &Constants, w1: T, w2: T) -> T {
        let SurfaceData::Examples(rows) = &constants.matter else { return T::of(f64::NAN) };
        let l2 = constants[const { NumberKey::of(M::PARAMS, "l2") }];
        let intercept = M::INTERCEPT.map_or(0.0, |key| constants[key]);
        let mut sum = T::of(0.0);
        for row in rows.iter() {
            sum += M::loss(*row, w1, w2, intercept);
        }
        sum / rows.len() as f64 + (w1.square() + w2.square()) * (l2 / 2.0)
    }
}

impl Prediction {
    /// The prediction of a model.
    pub(super) const fn of<M: Model>(shows: Shows) -> Self {
        Self {
            output: |[w1, w2], intercept, features| M::output(features, w1, w2, intercept),
            intercept: M::INTERCEPT,
            shows,
        }
    }
}

impl Param {
    /// The data of a model.
    pub(super) const fn data(default: &'static DataSet, classes: bool) -> Self {
        Self::table("data", default, classes, "what the model is fitted to: two features and a target")
    }
    /// Centring and scaling of the features.
    pub(super) const STANDARDIZE: Self = Self::switch(
        "standardize",
        false,
        "whether each feature is centred and divided by its standard deviation (a constant one stays; \
         a regression's target is centred, as a bias would do)",
    );
    /// The intercept of a model that is linear in the features.
    pub(super) const INTERCEPT: Self = Self::number(
        "intercept",
        "b",
        0.0,
        Range::ANY,
        (-5.0, 5.0),
        "what is added to w₁·x₁ + w₂·x₂, the same at all weights; one feature alone has it as w₂",
    );
    /// Weight decay in the loss.
    pub(super) const L2: Self = Self::number(
        "l2",
        "λ",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 1.0),
        "weight decay: l2·(w₁² + w₂²)/2 is added to the loss, and l2 to both eigenvalues",
    )
    .named("weight decay");
}

/// Tables of more rows than this are not searched for critical points: that would hold up the
/// window.
const MOST_ROWS: usize = 500;

/// The critical points of a loss that is not convex, as far as [`settled_in_plane`] finds them.
pub(super) fn searched<F: LossFunction>(constants: &Constants, half: f64) -> Vec<CriticalPoint> {
    match &constants.matter {
        SurfaceData::Examples(rows) if rows.len() <= MOST_ROWS => {
            settled_in_plane(|p| curvature::<F>(constants, p.x, p.y), View::square(half), 16)
        }
        _ => Vec::new(),
    }
}

/// The minimum of a convex loss, by damped Newton steps from the origin; none where it lies at
/// infinity or is a whole line.
pub(super) fn convex_minimum<F: LossFunction>(constants: &Constants) -> Vec<CriticalPoint> {
    // Where there is a minimum a dozen steps are plenty; where there is none, no number is.
    const STEPS: u32 = 30;
    let mut at = Vector2::zeros();
    for _ in 0..STEPS {
        let here = curvature::<F>(constants, at.x, at.y);
        let Some(step) = here.hessian.try_inverse().map(|inverse| inverse * here.gradient) else { break };
        let size = step.norm();
        if size.is_nan() || size > 1e6 {
            break;
        }
        if size <= 1e-12 * (1.0 + at.norm()) {
            return vec![CriticalPoint { at: at - step, kind: PointKind::Minimum }];
        }
        // Half as far until it goes down: a full step may overshoot where the loss is flat.
        let mut part = 1.0;
        // Near the minimum the rounding of the sum hides the decrease, and full steps are safe.
        while part > 1e-9 && size > 1e-6 * (1.0 + at.norm()) {
            let trial = at - step * part;
            if F::at(constants, trial.x, trial.y) <= here.value {
                break;
            }
            part /= 2.0;
        }
        at -= step * part;
    }
    Vec::new()
}
