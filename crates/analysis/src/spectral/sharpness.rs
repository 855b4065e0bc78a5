//! The sharpness along a run, beside the edge of stability.
//!
//! Source: Cohen et al., *Gradient Descent on Neural Networks Typically Occurs at the Edge of
//! Stability*, ICLR 2021; for adaptive methods see [`super::preconditioned`].

use super::preconditioned::Preconditioned;
use super::stability::sharpest;
use crate::field::minmax_pyramid::MinMaxPyramid;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::state::State;
use thalweg_core::method::theory::Theory;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;

/// The sharpness of the surface where one run stands at each step, and what its method makes of it;
/// kept while the run only grows.
#[derive(Clone, Debug, Default)]
pub struct Sharpness {
    version: Option<u64>,
    /// The larger eigenvalue of the Hessian at each step; a gap where it is not finite.
    pub plain: MinMaxPyramid,
    /// The larger eigenvalue of the preconditioned Hessian, for a method that scales its coordinates;
    /// empty for others.
    pub preconditioned: MinMaxPyramid,
    /// The largest stable eigenvalue: of the preconditioned Hessian for a method that scales its
    /// coordinates, of the Hessian for one with a law; empty for others.
    pub edge: MinMaxPyramid,
    /// The edge of the next step, where it is known already.
    same: Option<f64>,
    /// The state that the next step to look at leaves from.
    state: Option<State<f64>>,
}

/// How many steps are looked at before the caller is asked again whether to stop.
const SLICE: usize = 16;

impl Sharpness {
    /// Goes on to the last step computed of the run, or until `stop` says so; true when all is
    /// done. `version` tells one run from another; without a run there is nothing.
    pub fn update(
        &mut self,
        run: Option<(u64, &Run)>,
        problem: &Problem,
        mut stop: impl FnMut() -> bool,
    ) -> bool {
        let Some((version, run)) = run else {
            *self = Self::default();
            return true;
        };
        if self.version != Some(version) {
            *self = Self { version: Some(version), ..Self::default() };
        }
        let samples = run.trajectory().samples();
        while self.plain.len() < samples.len() {
            let from = self.plain.len();
            let until = samples.len().min(from + SLICE);
            for sample in &samples[from..until] {
                let [_, largest] =
                    Spectrum::of(&problem.objective.value_gradient_hessian(sample.position).hessian).values;
                self.plain.push(largest);
            }
            match run.optimizer().theory {
                Theory::Linear(_) | Theory::Found(_) | Theory::Made(_) => {
                    // Without a schedule every step has the same settings, and the same edge.
                    for step in from..until {
                        let edge = *self.same.get_or_insert_with(|| {
                            let settings = run.settings_at(u32::try_from(step).unwrap_or(u32::MAX));
                            sharpest(run.optimizer(), &settings).unwrap_or(f64::NAN)
                        });
                        self.edge.push(edge);
                        self.same = self.same.filter(|_| !run.is_scheduled());
                    }
                }
                Theory::Preconditioned { .. } | Theory::Scaled(_) => self.follow(run, problem, until - from),
                Theory::None(_) => {}
            }
            if stop() {
                break;
            }
        }
        self.plain.len() >= samples.len()
    }

    /// Looks at the next `steps` steps of a method that scales its coordinates.
    fn follow(&mut self, run: &Run, problem: &Problem, steps: usize) {
        let state = self.state.unwrap_or_else(|| run.state_at(problem, 0));
        for stride in run.strides(problem, &state).take(steps) {
            let seen = Preconditioned::of(run, problem, &stride);
            self.preconditioned.push(seen.map_or(f64::NAN, |seen| seen.sharpness()));
            self.edge.push(seen.and_then(|seen| seen.edge).unwrap_or(f64::NAN));
            self.state = Some(stride.after);
        }
    }
}
