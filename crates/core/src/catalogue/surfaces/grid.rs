//! A loss from elsewhere, sampled on a grid.

use super::stationary::settled_in_plane;
use crate::math::number::Number;
use crate::objective::critical_point::CriticalPoint;
use crate::objective::differentiation::curvature;
use crate::objective::loss_function::{Constants, LossFunction, SurfaceData};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::param::Param;

/// The bicubic spline through a grid of losses, with its exact derivatives. It is in no menu: there is none without
/// somebody's file.
pub static GRID: Surface = Surface {
    name: "Grid",
    title: "sampled loss",
    summary: "A loss from elsewhere, as a training's, sampled on a grid: the smooth spline through the samples, undefined \
              where the data end.",
    formula: "f(x, y) is the bicubic spline through your samples, with its exact gradient and Hessian",
    source: "yours; the spline: de Boor, A Practical Guide to Splines (2001), chapters IV and XVII",
    params: &[Param::grid(
        "file",
        "the samples: rows of x, y and the loss, or a matrix with its axes in the first row and column",
    )],
    critical: |constants| {
        let SurfaceData::Grid(spline) = &constants.matter else { return Vec::new() };
        let [x, y] = spline.extent();
        settled_in_plane(|p| curvature::<SampledLoss>(constants, p.x, p.y), View { x, y }, 24)
            .into_iter()
            .filter(|CriticalPoint { at, .. }| x.0 < at.x && at.x < x.1 && y.0 < at.y && at.y < y.1)
            .collect()
    },
    functions: SurfaceFunctions::of::<SampledLoss>(),
    ..Surface::PLAIN
};

struct SampledLoss;

impl LossFunction for SampledLoss {
    const HAS_MATTER: bool = true;

    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        match &constants.matter {
            SurfaceData::Grid(spline) => spline.at(x, y),
            _ => T::of(f64::NAN),
        }
    }
}
