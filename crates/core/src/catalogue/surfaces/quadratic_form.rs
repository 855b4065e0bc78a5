//! A quadratic form with any Hessian: bowl, saddle, dome or trough.

use crate::math::number::Number;
use crate::math::spectrum::Spectrum;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Matrix2;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("xx", "H_xx", 3.0, Range::ANY, (-5.0, 5.0), "the curvature along x"),
    Param::number("xy", "H_xy", 2.0, Range::ANY, (-5.0, 5.0), "the mixed curvature, which turns the axes"),
    Param::number("yy", "H_yy", 3.0, Range::ANY, (-5.0, 5.0), "the curvature along y"),
];
const XX: NumberKey = NumberKey::of(PARAMS, "xx");
const XY: NumberKey = NumberKey::of(PARAMS, "xy");
const YY: NumberKey = NumberKey::of(PARAMS, "yy");

/// (xx x² + 2 xy x y + yy y²)/2: the settings are the entries of the Hessian.
///
/// The defaults have the eigenvalues 1 and 5 along the diagonals.
pub static QUADRATIC_FORM: Surface = Surface {
    name: "QuadraticForm",
    title: "quadratic form",
    summary: "Any constant Hessian, entry by entry: bowl, saddle, dome or trough, as its eigenvalues decide.",
    formula: "(xx·x² + 2·xy·x·y + yy·y²)/2",
    source: "Strang, Introduction to Linear Algebra, 5th ed. (2016), section 6.5",
    params: PARAMS,
    view: View { x: (-3.0, 3.0), y: (-2.0, 2.0) },
    start: [-2.5, 1.2],
    critical: |settings| vec![CriticalPoint::new(kind(settings), 0.0, 0.0)],
    functions: SurfaceFunctions::of::<QuadraticForm>(),
    ..Surface::PLAIN
};

/// What the origin is, by the one rule for all Hessians. A singular form has a whole line of critical points (the
/// zero form, the plane), for which the origin stands.
fn kind(settings: &Constants) -> PointKind {
    let (xx, xy, yy) = (settings[XX], settings[XY], settings[YY]);
    PointKind::of(&Spectrum::of(&Matrix2::new(xx, xy, xy, yy)))
}

struct QuadraticForm;

impl LossFunction for QuadraticForm {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let (xx, xy, yy) = (constants[XX], constants[XY], constants[YY]);
        (x.square() * xx + x * y * (2.0 * xy) + y.square() * yy) * 0.5
    }
}
