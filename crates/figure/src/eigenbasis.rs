//! The race in the coordinates of the Hessian's eigenvectors at the point that a run tends to.

use crate::axes::Axes;
use crate::budget::{FigureBudget, FigurePart};
use crate::captions::{Caption, Captions, Corner, Rank};
use crate::contour_lines::contour_lines;
use crate::critical_marks::{pointed_item, start_items};
use crate::dash;
use crate::figure::Figure;
use crate::item::Item;
use crate::marker::Marker;
use crate::numbers;
use crate::plot::{Plot, is_finite};
use crate::polyline::Polyline;
use crate::run_path::{PathStyle, RunPath, ShownSteps};
use crate::run_paths::{ShownPinned, ShownRunner};
use crate::scheme::{Scheme, Theme};
use crate::shown_race;
use crate::stroke::Stroke;
use crate::text_measure::TextMeasure;
use crate::ticks::TickRule;
use crate::viewport::{Rect, ToPaper, fit};
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::field::levels::Levels;
use thalweg_analysis::spectral::eigenbasis::EigenFrame;
use thalweg_core::objective::view::View;
use thalweg_core::run::run::Run;
use thalweg_scenario::Layer;
use thalweg_session::Session;

/// How many lines of equal height are aimed at, and how many nodes their grid has along each side.
const LINES: usize = 14;
const NODES: usize = 90;

/// What the plot of the eigenbasis shows.
#[derive(Debug)]
pub struct EigenbasisInput<'a> {
    /// The part of the paper that it takes up, axes included.
    pub page: Rect,
    /// The theme.
    pub theme: Theme,
    /// The coordinates.
    pub basis: EigenFrame,
    /// How far it is at least from the middle to the rim, in the plane's units.
    pub reach: f64,
    /// The step that the runs are shown at.
    pub cursor: u32,
    /// Whether what is to come is shown.
    pub future: bool,
    /// How many of the last steps of a path are shown; 0 for all of them.
    pub trail: u32,
    /// Where the runs start.
    pub start: Vector2<f64>,
    /// The runners.
    pub runners: Vec<ShownRunner<'a>>,
    /// The pinned runs that are shown.
    pub pinned: Vec<ShownPinned<'a>>,
    /// A point of the plane that is pointed at in another view.
    pub pointed: Option<Vector2<f64>>,
    /// What is told of a place that somebody points at here.
    pub told: Option<String>,
}

/// What the quadratic's ellipses depend on.
type EllipsesKey = (EigenFrame, View, ToPaper);

/// The plot of the eigenbasis, with what is kept from one figure to the next.
#[derive(Debug, Default)]
pub struct EigenbasisFigure {
    basis: Option<EigenFrame>,
    ellipses: Option<(EllipsesKey, Arc<[Polyline]>)>,
    paths: Vec<RunPath>,
}

impl<'a> EigenbasisInput<'a> {
    /// What a session shows in these coordinates, as far out as its runs may go.
    pub fn of(session: &'a Session, basis: EigenFrame, page: Rect, theme: Theme) -> Self {
        let scenario = session.scenario();
        let start = Vector2::from(scenario.start.point());
        Self {
            page,
            theme,
            basis,
            reach: reach(&basis, start, scenario.view),
            cursor: session.cursor(),
            future: scenario.show.layers.has(Layer::Future),
            trail: scenario.show.trail,
            start,
            runners: shown_race::runners(session),
            pinned: shown_race::pinned(session),
            pointed: None,
            told: None,
        }
    }

    fn axes() -> Axes<'static> {
        Axes {
            names: ["ξ₁ along v₁", "ξ₂ along v₂"],
            ticks: [TickRule::Even(4.0), TickRule::Even(5.0)],
            margin: 36.0,
            has_grid: false,
        }
    }

    /// Where the coordinates lie on the page.
    pub fn plot(&self, measure: &dyn TextMeasure) -> Plot {
        let fit = |size| fit(View::square(self.reach), size);
        let frame = Self::axes().frame(self.page, measure, fit);
        Plot::new(fit(frame.size()), frame, Scheme::new(self.theme))
    }
}

impl EigenbasisFigure {
    /// The figure, as far as the budget lets it be made; and whether that is all of it. `plot` is
    /// [`EigenbasisInput::plot`].
    pub fn compose(
        &mut self,
        input: &EigenbasisInput<'_>,
        plot: &Plot,
        measure: &dyn TextMeasure,
        budget: &mut impl FigureBudget,
    ) -> (Figure, bool) {
        if self.basis != Some(input.basis) {
            self.basis = Some(input.basis);
            self.paths.clear();
        }
        let clip = Some(plot.frame);
        let mut captions = Captions::new(measure, plot.frame, &plot.scheme);
        let mut figure = Figure::new(input.page);
        EigenbasisInput::axes().draw(&mut figure, input.page, plot, measure);
        figure.push("contours", clip, self.ellipses(&input.basis, plot));
        figure.push("eigenvectors", clip, eigenvectors(&input.basis, plot, &mut captions));
        let (paths, markers, is_whole) = self.paths(input, plot, budget);
        figure.push("paths", clip, paths);
        figure.push("markers", clip, markers);
        figure.push("start", clip, start_items(plot, input.basis.coordinates(input.start)));
        let pointed = input.pointed.and_then(|point| pointed_item(plot, input.basis.coordinates(point)));
        figure.push("pointer", clip, pointed.into_iter().collect());
        if let Some(told) = &input.told {
            captions.corner(Corner::TopLeft, told, plot.scheme.ink);
        }
        figure.push("captions", clip, captions.into_items());
        (figure, is_whole)
    }

    /// Lines of equal height of the quadratic λ₁ξ₁²/2 + λ₂ξ₂²/2.
    fn ellipses(&mut self, basis: &EigenFrame, plot: &Plot) -> Vec<Item> {
        let key = (*basis, plot.view, plot.to);
        let lines = match self.ellipses.take() {
            Some((kept, lines)) if kept == key => lines,
            _ => {
                let [low, high] = basis.spectrum.values;
                let height = |x: f64, y: f64| f64::midpoint(low * x * x, high * y * y);
                let grid = Grid::of(plot.view, NODES, NODES, height);
                let contours = Contours::trace(&grid, Levels::choose(&grid, LINES).values());
                contour_lines(&contours, &plot.to).into()
            }
        };
        self.ellipses = Some((key, Arc::clone(&lines)));
        let strokes = vec![Stroke::new(1.0, plot.scheme.contour)];
        if lines.is_empty() { Vec::new() } else { vec![Item::Lines { lines, strokes }] }
    }

    /// The paths and the markers; and whether that is all of them.
    fn paths(
        &mut self,
        input: &EigenbasisInput<'_>,
        plot: &Plot,
        budget: &mut impl FigureBudget,
    ) -> (Vec<Item>, Vec<Item>, bool) {
        let (scheme, basis) = (&plot.scheme, &input.basis);
        let (mut paths, mut markers, mut is_whole) = (Vec::new(), Vec::new(), true);
        let mut old = std::mem::take(&mut self.paths);
        budget.begin(FigurePart::Eigenbasis);
        let steps = ShownSteps::new(input.cursor, input.trail, input.future);
        let mut path = |run: &Run, version: u64, style: PathStyle| {
            let kept = old.iter().position(|path| path.is_of(version, plot));
            let kept = kept.map(|index| old.swap_remove(index));
            let mut path = kept.unwrap_or_else(|| RunPath::new(version, plot));
            is_whole &=
                path.grow_in(run.trajectory().samples(), |sample| basis.coordinates(sample.position), budget);
            paths.extend(path.items(plot, steps, &style));
            self.paths.push(path);
            let here = run.trajectory().at(input.cursor.min(run.trajectory().last_step()));
            let here = here.filter(|here| is_finite(here.position));
            here.map(|here| plot.to.place(basis.coordinates(here.position)))
        };
        for pinned in &input.pinned {
            let (color, pattern) = (scheme.runner(pinned.color), dash::of_mark(pinned.mark));
            let strong = vec![Stroke::new(1.5, color.faded(0.85)).dashed(pattern)];
            let faint = input.future.then(|| Stroke::new(1.0, color.faded(0.4)).dashed(pattern));
            if let Some(head) = path(pinned.run, pinned.version, PathStyle { strong, faint }) {
                markers.push(Item::disc(head, 4.0, scheme.halo));
                markers.push(Item::ring(head, 3.5, Stroke::new(1.5, color)));
            }
        }
        for runner in input.runners.iter().filter(|runner| !runner.is_hidden) {
            let fill = scheme.runner(runner.shape.color);
            let strong = vec![Stroke::new(4.2, scheme.halo), Stroke::new(1.8, fill)];
            let faint = input.future.then(|| Stroke::new(1.2, fill.faded(0.45)));
            if let Some(center) = path(runner.run, runner.version, PathStyle { strong, faint }) {
                let radius = if runner.is_focused { 7.0 } else { 5.5 };
                markers.push(Item::disc(center, radius + 2.5, scheme.halo));
                let (shape, edge) = (runner.shape, scheme.ink);
                markers.push(Item::Marker(Marker { shape, center, radius, fill, edge }));
            }
        }
        (paths, markers, is_whole)
    }
}

/// The two axes in the colours of their eigenvectors, each with its eigenvalue.
fn eigenvectors(basis: &EigenFrame, plot: &Plot, captions: &mut Captions<'_>) -> Vec<Item> {
    let (frame, scheme) = (&plot.frame, &plot.scheme);
    let origin = plot.to.place(Vector2::zeros());
    let across = [frame.min[0], frame.max[0]].map(|x| Vector2::new(x, origin.y));
    let upward = [frame.max[1], frame.min[1]].map(|y| Vector2::new(origin.x, y));
    let [low, high] = basis.spectrum.values.map(numbers::number);
    let ends = [Vector2::new(frame.max[0] - 30.0, origin.y), Vector2::new(origin.x, frame.max[1] - 10.0)];
    let outs = [Vector2::new(0.0, 1.0), Vector2::new(1.0, 0.0)];
    for (i, text) in [format!("λ₁ {low}"), format!("λ₂ {high}")].into_iter().enumerate() {
        captions.add(Caption::new(text, scheme.axes[i], ends[i], outs[i], Rank::Region));
    }
    let lines = [across, upward].into_iter().zip(scheme.axes);
    lines
        .map(|([from, to], color)| Item::line(Polyline::segment(from, to), &[Stroke::new(1.6, color)]))
        .collect()
}

/// How far the plot reaches at least: as far as the start lies, and a little farther; where that is next to
/// nothing, a part of the view.
pub fn reach(basis: &EigenFrame, start: Vector2<f64>, View { x, y }: View) -> f64 {
    let least = (x.1 - x.0).min(y.1 - y.0) * 1e-3;
    let far = basis.coordinates(start).amax() * 1.25;
    if far > least && far.is_finite() { far } else { least.max(1e-9) * 250.0 }
}
