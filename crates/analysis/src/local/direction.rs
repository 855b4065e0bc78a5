//! One direction at a point: slope and curvature along it, and the cut through the surface.

use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::objective::objective::Objective;

/// Slope and curvature of a surface along a unit vector d.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectionalDerivatives {
    /// The unit vector d.
    pub d: Vector2<f64>,
    /// g·d: by how much f rises for each unit along d.
    pub slope: f64,
    /// d'Hd: how f curves along d. The mean of the eigenvalues with the weights below.
    pub curvature: f64,
    /// (v·d)² for each eigenvector v of the Hessian, by ascending eigenvalue: they add up to 1. Source:
    /// Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 4.3.1.
    pub weights: [f64; 2],
}

impl DirectionalDerivatives {
    /// The slope and curvature in the direction at `angle` radians, counterclockwise from the first axis.
    pub fn at(angle: f64, here: &ValueGradientHessian, spectrum: &Spectrum) -> Self {
        let (sin, cos) = libm::sincos(angle);
        Self::along(Vector2::new(cos, sin), here, spectrum)
    }

    /// The slope and curvature along a vector of unit length.
    pub fn along(d: Vector2<f64>, here: &ValueGradientHessian, spectrum: &Spectrum) -> Self {
        let curvature = d.dot(&(here.hessian * d));
        let weights = spectrum.vectors.map(|vector| vector.dot(&d)).map(|part| part * part);
        Self { d, slope: here.gradient.dot(&d), curvature, weights }
    }
}

/// The surface along a line through a point: what a walker sees who goes straight on.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceCut {
    /// f at the point.
    pub value: f64,
    /// Slope and curvature along the line there.
    pub direction: DirectionalDerivatives,
    /// (t, f(x + t d)) at places spread evenly from -reach to reach; f may not be finite.
    pub samples: Vec<(f64, f64)>,
}

impl SurfaceCut {
    /// The cut along `direction` through `at`, where f has this `value`: `count` samples.
    pub fn of(
        objective: &Objective,
        at: Vector2<f64>,
        value: f64,
        direction: DirectionalDerivatives,
        reach: f64,
        count: usize,
    ) -> Self {
        let middle = count.saturating_sub(1) as f64 / 2.0;
        let place = |index: usize| if middle > 0.0 { (index as f64 - middle) / middle * reach } else { 0.0 };
        let sample = |t: f64| (t, objective.value(at + direction.d * t));
        Self { value, direction, samples: (0..count).map(|index| sample(place(index))).collect() }
    }

    /// The tangent at t: f + t g·d.
    pub fn tangent(&self, t: f64) -> f64 {
        self.value + t * self.direction.slope
    }

    /// The parabola at t: the tangent plus t²/2 d'Hd.
    pub fn parabola(&self, t: f64) -> f64 {
        self.tangent(t) + t * t / 2.0 * self.direction.curvature
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::surfaces;

    use thalweg_core::spec::chosen::Chosen;

    #[test]
    fn the_curvature_is_the_weighted_mean_of_the_eigenvalues() {
        for surface in surfaces::ALL {
            let objective = Objective::new(&Chosen::with_defaults(*surface));
            let at = Vector2::from(surface.start);
            let here = objective.value_gradient_hessian(at);
            let spectrum = Spectrum::of(&here.hessian);
            for k in 0..48 {
                let found = DirectionalDerivatives::at(f64::from(k) * 0.131, &here, &spectrum);
                let [a, b] = found.weights;
                assert!((a + b - 1.0).abs() < 1e-14 && a >= 0.0 && b >= 0.0);
                let mean = a * spectrum.values[0] + b * spectrum.values[1];
                assert!((mean - found.curvature).abs() <= 1e-13 * here.hessian.norm(), "{}", surface.name);
            }
            for i in [0, 1] {
                let along = DirectionalDerivatives::along(spectrum.vectors[i], &here, &spectrum);
                assert!((along.curvature - spectrum.values[i]).abs() <= 1e-13 * here.hessian.norm());
                assert!(along.weights[i] > 1.0 - 1e-13);
            }
        }
    }

    /// Slope and curvature are those of the samples: the parabola leaves the cut with the third power.
    #[test]
    fn tangent_and_parabola_touch_the_cut() {
        let objective = Objective::new(&Chosen::with_defaults(surfaces::find("Himmelblau").expect("known")));
        let at = Vector2::new(1.2, -0.7);
        let here = objective.value_gradient_hessian(at);
        let direction = DirectionalDerivatives::at(0.6, &here, &Spectrum::of(&here.hessian));
        let cut = |reach| SurfaceCut::of(&objective, at, here.value, direction, reach, 41);
        let worst = |cut: &SurfaceCut, f: fn(&SurfaceCut, f64) -> f64| {
            cut.samples.iter().map(|(t, value)| (value - f(cut, *t)).abs()).fold(0.0, f64::max)
        };
        let (wide, narrow) = (cut(0.2), cut(0.02));
        assert_eq!((wide.samples[0].0, wide.samples[20], wide.samples[40].0), (-0.2, (0.0, here.value), 0.2));
        let ratio = worst(&wide, SurfaceCut::parabola) / worst(&narrow, SurfaceCut::parabola);
        assert!((700.0..1300.0).contains(&ratio), "{ratio}");
        let ratio = worst(&wide, SurfaceCut::tangent) / worst(&narrow, SurfaceCut::tangent);
        assert!((70.0..130.0).contains(&ratio), "{ratio}");
        assert_eq!(
            SurfaceCut::of(&objective, at, here.value, direction, 1.0, 1).samples,
            [(0.0, here.value)]
        );
        assert!(SurfaceCut::of(&objective, at, here.value, direction, 1.0, 0).samples.is_empty());
    }
}
