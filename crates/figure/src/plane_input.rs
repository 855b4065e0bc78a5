//! How the plane shows what is open: the one way from a session to the picture of its plane.

use crate::cloud::ShownCloud;
use crate::curvature_axes::ShownEstimate;
use crate::findings::Findings;
use crate::plane::PlaneInput;
use crate::region_tints::{GradientDescentStep, Region};
use crate::scheme::{Scheme, Theme};
use crate::shown_race;
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_scenario::{Layer, LookAt};
use thalweg_session::Session;

impl<'a> PlaneInput<'a> {
    /// What a session shows, with what is found out so far.
    pub fn of(session: &'a Session, page: Rect, theme: Theme, found: Findings<'a>) -> Self {
        let (scenario, scheme) = (session.scenario(), Scheme::new(theme));
        let layers = scenario.show.layers;
        let focused = session.focused();
        let is_visible = focused.is_some_and(|(runner, _)| !runner.hidden);
        let start = Vector2::from(scenario.start.point());
        let cloud = session.multi_start().zip(found.ends).map(|((multi_start, version), ends)| ShownCloud {
            multi_start,
            version,
            ends,
            steps: scenario.steps,
        });
        let estimate = found.estimate.filter(|_| layers.has(Layer::Axes));
        let estimate = estimate.zip(focused).map(|(spectrum, (runner, _))| ShownEstimate {
            spectrum,
            color: scheme.runner(runner.color),
            start,
        });
        let sample = found.sample.filter(|_| layers.has(Layer::Batches) && is_visible);
        let step = found.step.filter(|_| layers.has(Layer::Vectors) && is_visible);
        Self {
            page,
            theme,
            view: scenario.view,
            axes: match scenario.show.notation.axes(&scenario.surface) {
                [x, _] if scenario.surface.is_univariate() => [x, "f"],
                both => both,
            },
            objective: &session.race().problem().objective,
            surface: session.surface_version(),
            layers,
            cursor: session.cursor(),
            trail: scenario.show.trail,
            start,
            runners: shown_race::runners(session),
            pinned: shown_race::pinned(session),
            cloud,
            looked_at: match session.look_at() {
                LookAt::Point(point) => Some(point.into()),
                _ => None,
            },
            point: session.point(),
            estimate,
            gradients: sample.map(|sample| (session.position(), sample)),
            step: step.map(|step| (step, session.line())),
            dial: scenario.show.dial,
            taylor: scenario.show.taylor as usize,
            critical: found.critical,
            critical_lines: found.critical_lines,
            regions: found.regions.map(|regions| (regions, regions_of(session))),
            truth: found.truth,
            starts: found.starts.filter(|_| layers.has(Layer::Starts)),
        }
    }
}

/// The regions that are switched on.
fn regions_of(session: &Session) -> Vec<Region> {
    let layers = session.scenario().show.layers;
    let stable = || Region::Stable(gradient_descent(session));
    let convex = layers.has(Layer::Convex).then_some(Region::Convex);
    convex.into_iter().chain(layers.has(Layer::Stable).then(stable)).collect()
}

/// The focused runner's learning rate at the cursor, and its weight decay.
fn gradient_descent(session: &Session) -> Option<GradientDescentStep> {
    let (runner, run) = session.focused()?;
    let lr = run.learning_rate(session.cursor());
    let is_plain = run.optimizer().modifiers().is_none();
    let is_sane = is_plain && run.optimizer().has_learning_rate() && lr > 0.0 && lr.is_finite();
    let weight_decay = runner.optimizer.number("weight_decay").unwrap_or(0.0);
    is_sane.then_some(GradientDescentStep { lr, weight_decay })
}
