//! The surfaces of the table have the derivatives that an implementation finds that is not ours.

use super::ALL;
use crate::objective::objective::Objective;
use crate::spec::chosen::Chosen;
use nalgebra::Vector2;

#[test]
fn every_surface_has_the_derivatives_that_others_find() {
    for &surface in ALL {
        let objective = Objective::new(&Chosen::with_defaults(surface));
        let (low, high) = (
            Vector2::new(surface.view.x.0, surface.view.y.0),
            Vector2::new(surface.view.x.1, surface.view.y.1),
        );
        for step in 0..200_u32 {
            // A lattice with irrational steps hits no axis and no diagonal.
            let part = Vector2::new(f64::from(step) * 0.754_877_666, f64::from(step) * 0.569_840_291)
                .map(f64::fract);
            let p = low + (high - low).component_mul(&part.add_scalar(0.000_123));
            let ours = objective.value_gradient_hessian(p);
            let theirs = objective.independent_curvature(p);
            let near = |a: f64, b: f64, size: f64| (a - b).abs() <= 1e-12 * size.max(1e-9);
            let curve = theirs.hessian.norm();
            assert!(near(ours.value, theirs.value, 1.0 + theirs.value.abs()), "{} at {p}", surface.name);
            assert!(
                near((ours.gradient - theirs.gradient).norm(), 0.0, theirs.gradient.norm() + curve),
                "{} at {p}",
                surface.name
            );
            assert!(near((ours.hessian - theirs.hessian).norm(), 0.0, curve), "{} at {p}", surface.name);
        }
    }
}
