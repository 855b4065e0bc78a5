//! The saddle: down along one axis, up along the other.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] =
    &[Param::number("scale", "", 1.0, Range::POSITIVE, (0.1, 10.0), "how steep it is").log()];
const SCALE: NumberKey = NumberKey::of(PARAMS, "scale");

/// scale (x² - y²): the plainest point that is critical and no minimum.
pub static SADDLE: Surface = Surface {
    name: "Saddle",
    title: "saddle",
    summary: "Falls along y and rises along x: the gradient vanishes at a point that is no minimum.",
    formula: "scale·(x² - y²)",
    source: "Goodfellow, Bengio and Courville, Deep Learning (2016), section 8.2.3",
    params: PARAMS,
    view: View::square(2.0),
    start: [-1.5, 0.01],
    critical: |_| vec![CriticalPoint::new(PointKind::Saddle, 0.0, 0.0)],
    functions: SurfaceFunctions::of::<Saddle>(),
    ..Surface::PLAIN
};

struct Saddle;

impl LossFunction for Saddle {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let scale = constants[SCALE];
        (x.square() - y.square()) * scale
    }
}
