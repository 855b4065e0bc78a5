//! What is found out about the surface between frames: critical points, regions, and the grid that the
//! local model is compared with. Each is made in slices, and what was there is shown until then.

use super::needs::Needs;
use egui::Context;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::critical_search::{ClassifiedPoint, CriticalSearch};
use thalweg_analysis::local::regions::Regions;
use thalweg_analysis::spectral::eigenbasis::LossComponents;
use thalweg_core::math::within::Within;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_figure::findings::{FINE, NODES, is_searched, marked_points};
use thalweg_session::{FrameBudget, Session};

/// What was made, and for which part of which surface.
type Of<T> = (u64, View, T);

/// Something that is made in slices for a surface and a view.
struct Sliced<T> {
    shown: Option<Of<T>>,
    next: Option<Of<T>>,
}

impl<T> Default for Sliced<T> {
    fn default() -> Self {
        Self { shown: None, next: None }
    }
}

impl<T> Sliced<T> {
    /// Goes on with what is wanted now. One that has begun is brought to its end, or while a view moves
    /// none would be seen. Returns whether there is nothing left to do.
    fn go_on(
        &mut self,
        surface: u64,
        view: View,
        make: impl FnOnce() -> T,
        go_on: impl FnOnce(&mut T) -> bool,
    ) -> bool {
        if self.next.is_none() {
            if self.shown.as_ref().is_some_and(|(_, shown, _)| *shown == view) {
                return true;
            }
            self.next = Some((surface, view, make()));
        }
        if let Some((_, _, next)) = &mut self.next
            && go_on(next)
        {
            self.shown = self.next.take();
        }
        self.next.is_none() && self.shown.as_ref().is_some_and(|(_, shown, _)| *shown == view)
    }

    /// Drops what was made for another surface.
    fn keep_only(&mut self, surface: u64) {
        let same = |of: &Of<T>| of.0 == surface;
        self.shown = self.shown.take().filter(same);
        self.next = self.next.take().filter(same);
    }

    fn shown(&self) -> Option<&T> {
        self.shown.as_ref().map(|(_, _, shown)| shown)
    }
}

/// A part of the surface's grid, and how many of its nodes are sampled.
struct Sampled {
    grid: Grid,
    nodes: usize,
}

/// What is kept between frames.
#[derive(Default)]
pub struct BackgroundAnalysis {
    survey: Sliced<CriticalSearch>,
    regions: Sliced<Regions>,
    surface: Sliced<Sampled>,
    components: LossComponents,
    /// The surface's known critical points and what was found besides.
    critical: Vec<CriticalPoint>,
    /// The surface and the number of searches that this list was made from.
    listed: Option<(u64, Option<View>)>,
}

impl BackgroundAnalysis {
    /// Goes on with what is needed, for a few milliseconds. `view` is the part of the plane that
    /// is seen.
    pub fn update(&mut self, ctx: &Context, session: &Session, needs: Needs, view: Option<View>) {
        let timer = session.begin(FrameBudget::LOCAL);
        let late = || timer.is_over();
        let objective = &session.race().problem().objective;
        let surface = session.surface_version();
        // Also where nothing is searched for now: what is shown must not be another surface's.
        self.survey.keep_only(surface);
        self.regions.keep_only(surface);
        self.surface.keep_only(surface);
        let mut settled = true;
        if needs.has(Needs::COMPONENTS) {
            let run = session.focused_run();
            settled &= self.components.update(run, session.race().problem(), late);
        }
        if let Some(view) = view {
            if needs.has(Needs::CRITICAL_POINTS) && is_searched(objective) {
                settled &= self.survey.go_on(
                    surface,
                    view,
                    || CriticalSearch::new(view),
                    |survey| survey.advance(objective, late),
                );
            }
            if needs.has(Needs::REGIONS) {
                let regions = || Regions::new(view, NODES, NODES);
                settled &=
                    self.regions.go_on(surface, view, regions, |regions| regions.advance(objective, late));
            }
            if needs.has(Needs::SURFACE_GRID) {
                let blank = || Sampled { grid: Grid::blank(view, FINE, FINE), nodes: 0 };
                settled &=
                    self.surface.go_on(surface, view, blank, |sampled| sample(sampled, objective, late));
            }
        }
        self.list(session);
        if !settled {
            ctx.request_repaint();
        }
    }

    /// The points that the plane marks: the known ones, and those found besides.
    fn list(&mut self, session: &Session) {
        let now = Some((session.surface_version(), self.survey().map(CriticalSearch::view)));
        if self.listed == now {
            return;
        }
        self.listed = now;
        self.critical = marked_points(&session.race().problem().objective, self.survey.shown());
    }

    /// The critical points to mark.
    pub fn critical(&self) -> &[CriticalPoint] {
        &self.critical
    }

    /// The search for critical points that was finished last on this surface.
    pub fn survey(&self) -> Option<&CriticalSearch> {
        self.survey.shown()
    }

    /// How far the search is, from 0 to 1; none where it is done.
    pub fn searching(&self) -> Option<f64> {
        self.survey.next.as_ref().map(|(_, _, survey)| survey.progress())
    }

    /// A point that was found where the panels look.
    pub fn found_at(&self, point: [f64; 2]) -> Option<&ClassifiedPoint> {
        let points = self.survey().map_or(&[][..], CriticalSearch::points);
        points.iter().find(|found| [found.at.x, found.at.y] == point)
    }

    /// The eigenvalues over the view.
    pub fn regions(&self) -> Option<&Regions> {
        self.regions.shown()
    }

    /// The surface itself over the view.
    pub fn surface(&self) -> Option<&Grid> {
        self.surface.shown().map(|sampled| &sampled.grid)
    }

    /// The loss of the focused runner by its components.
    pub fn components(&self) -> &LossComponents {
        &self.components
    }
}

fn sample(sampled: &mut Sampled, objective: &Objective, late: impl Fn() -> bool) -> bool {
    let examples = objective.examples().map_or(1, <[_]>::len).max(1);
    let bite = (20_000 / examples).within(1, FINE);
    let all = sampled.grid.values().len();
    while sampled.nodes < all {
        sampled.grid.fill_nodes(objective, sampled.nodes, bite);
        sampled.nodes += bite;
        if late() {
            break;
        }
    }
    sampled.nodes >= all
}
