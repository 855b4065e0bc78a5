//! What a lesson has to show at a step, worked out all at once.

use nalgebra::Vector2;
use std::cell::OnceCell;
use thalweg_analysis::data::minibatches::GradientSample;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::critical_search::CriticalSearch;
use thalweg_analysis::local::regions::Regions;
use thalweg_analysis::runs::basins::Basins;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_analysis::spectral::eigenbasis::{EigenFrame, LossComponents};
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_figure::cloud::ShownCloud;
use thalweg_figure::eigenbasis::{EigenbasisInput, reach};
use thalweg_figure::marker::MarkerShape;
use thalweg_figure::plane::PlaneInput;
use thalweg_figure::region_tints::{GradientDescentStep, Region};
use thalweg_figure::run_paths::{ShownPinned, ShownRunner};
use thalweg_figure::scheme::Theme;
use thalweg_figure::viewport::{Rect, fit};
use thalweg_scenario::{Layer, Scenario};
use thalweg_session::{Playback, Session};

/// A scenario whose runs are made.
pub struct Made {
    pub session: Session,
    pub size: [f64; 2],
    ends: Option<Basins>,
    regions: OnceCell<Regions>,
    truth: OnceCell<Grid>,
    search: OnceCell<CriticalSearch>,
    sample: OnceCell<Option<GradientSample>>,
    step: OnceCell<Option<StepTrace>>,
}

impl Made {
    /// A scenario at a part of its run, from 0 to 1, for a page of this size.
    pub fn new(scenario: Scenario, part: f64, size: [f64; 2]) -> Self {
        let mut session = Session::new(scenario);
        while !session.compute(|| false) {}
        let step = (f64::from(session.finish_line()) * part) as u32;
        session.apply(Playback::Seek(step));
        let scale = session.scenario().cloud.as_ref().map_or(1.0, |cloud| cloud.draw.within.diagonal());
        let ends = session.multi_start().map(|(multi_start, _)| Basins::of(multi_start, scale));
        Self {
            session,
            size,
            ends,
            regions: OnceCell::new(),
            truth: OnceCell::new(),
            search: OnceCell::new(),
            sample: OnceCell::new(),
            step: OnceCell::new(),
        }
    }

    pub fn objective(&self) -> &Objective {
        &self.session.race().problem().objective
    }

    fn page(&self) -> Rect {
        Rect::new(Vector2::zeros(), self.size.into())
    }

    fn has(&self, layer: Layer) -> bool {
        self.session.scenario().show.layers.has(layer)
    }

    fn runners(&self) -> Vec<ShownRunner<'_>> {
        let session = &self.session;
        let runners = session.runners().enumerate().map(|(index, (runner, run))| ShownRunner {
            shape: MarkerShape::of(&session.scenario().runners, index),
            run,
            version: session.run_version(index),
            is_hidden: runner.hidden,
            is_focused: session.focus() == index,
        });
        runners.collect()
    }

    fn pinned(&self) -> Vec<ShownPinned<'_>> {
        let pinned = self.session.pinned_runs().filter(|_| self.has(Layer::PinnedRuns));
        let pinned = pinned.flat_map(|(pin, pinned)| {
            pinned.runners().map(move |(runner, run, version)| ShownPinned {
                pin: &pin.name,
                mark: pinned.mark(),
                color: runner.color,
                run,
                version,
            })
        });
        pinned.collect()
    }

    /// What the plane shows, with all that is switched on.
    pub fn plane(&self, theme: Theme) -> PlaneInput<'_> {
        let (session, objective) = (&self.session, self.objective());
        let scenario = session.scenario();
        // About what the plot's frame leaves of the page.
        let view = fit(scenario.view, [self.size[0] - 46.0, self.size[1] - 36.0]);
        let search = self
            .has(Layer::CriticalPoint)
            .then(|| self.search.get_or_init(|| CriticalSearch::of(objective, scenario.view)));
        let regions = (self.has(Layer::Convex) || self.has(Layer::Stable)).then(|| {
            self.regions.get_or_init(|| {
                let mut regions = Regions::new(view, 40, 40);
                while !regions.advance(objective, || false) {}
                regions
            })
        });
        let focused = session.focused();
        let stable = focused.map(|(_, run)| run.learning_rate(session.cursor()));
        let stable = stable.filter(|lr| *lr > 0.0 && lr.is_finite());
        let stable = stable.map(|lr| GradientDescentStep { lr, weight_decay: 0.0 });
        let mut wanted: Vec<Region> = self.has(Layer::Convex).then_some(Region::Convex).into_iter().collect();
        wanted.extend(self.has(Layer::Stable).then_some(Region::Stable(stable)));
        let visible = focused.filter(|(runner, _)| !runner.hidden);
        let sample = self.sample.get_or_init(|| {
            let (_, run) = visible?;
            let step = session.cursor().min(run.trajectory().last_step());
            let at = run.trajectory().at(step)?;
            GradientSample::at(objective, run.gradient(), step, at.position, &mut None)
        });
        let trace = self.step.get_or_init(|| {
            let (_, run) = visible.filter(|_| session.has_step())?;
            StepTrace::of(run, session.race().problem(), None, session.cursor())
        });
        PlaneInput {
            page: self.page(),
            theme,
            view: scenario.view,
            axes: scenario.surface.of.axes(),
            objective,
            surface: session.surface_version(),
            layers: scenario.show.layers,
            cursor: session.cursor(),
            start: scenario.start.point().into(),
            runners: self.runners(),
            pinned: self.pinned(),
            cloud: session.multi_start().zip(self.ends.as_ref()).map(|((multi_start, version), ends)| {
                ShownCloud { multi_start, version, ends, steps: scenario.steps }
            }),
            looked_at: None,
            point: session.point(),
            estimate: None,
            gradients: sample.as_ref().filter(|_| self.has(Layer::Batches)).map(|s| (session.position(), s)),
            step: trace.as_ref().filter(|_| self.has(Layer::Vectors)).map(|trace| (trace, session.line())),
            dial: scenario.show.dial,
            critical: objective.critical_points(),
            critical_lines: search.map_or(&[], CriticalSearch::lines),
            regions: regions.map(|regions| (regions, wanted)),
            truth: self
                .has(Layer::Model)
                .then(|| self.truth.get_or_init(|| Grid::sample(objective, view, 60, 60))),
            starts: None,
        }
    }

    /// What the eigenbasis shows; none where there is nothing to measure from.
    pub fn eigenbasis(&self, theme: Theme) -> Option<EigenbasisInput<'_>> {
        let session = &self.session;
        let mut components = LossComponents::default();
        while !components.update(session.focused_run(), session.race().problem(), || false) {}
        let basis: EigenFrame = *components.frame()?;
        let start = session.scenario().start.point().into();
        Some(EigenbasisInput {
            page: self.page(),
            theme,
            basis,
            reach: reach(&basis, start, session.scenario().view),
            cursor: session.cursor(),
            future: self.has(Layer::Future),
            start,
            runners: self.runners(),
            pinned: self.pinned(),
            pointed: None,
            told: None,
        })
    }
}

/// Whether the surface is the same all over a view, or nowhere finite.
pub fn is_flat(objective: &Objective, view: View) -> bool {
    let grid = Grid::sample(objective, view, 24, 24);
    let finite = grid.values().iter().copied().filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
    high.is_nan() || high <= low
}
