//! The law of the error of a method along one eigenvector.

use nalgebra::Matrix2;

/// The law of a method along one eigenvector of a quadratic, where it is linear:
/// e_1 = `first` e_0, then e_{t+1} = `now` e_t + `before` e_{t-1}.
///
/// The error e is the distance from where the method comes to rest. That is the critical point
/// of f, but with an L2 `weight_decay` w it is the critical point of f + w|x|²/2, which lies
/// nearer to the origin: `analysis::stability::fixed_point`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// The factor of the first step.
    pub first: f64,
    /// The weight of the present error.
    pub now: f64,
    /// The weight of the error one step ago; 0 for a method without memory.
    pub before: f64,
}

impl Recurrence {
    /// A method without memory: every step multiplies the error by `factor`.
    pub fn plain(factor: f64) -> Self {
        Self { first: factor, now: factor, before: 0.0 }
    }

    /// The iteration matrix: it takes (e_t, e_{t-1}) to (e_{t+1}, e_t). The companion matrix of
    /// z² - now·z - before.
    pub fn matrix(&self) -> Matrix2<f64> {
        Matrix2::new(self.now, self.before, 1.0, 0.0)
    }
}
