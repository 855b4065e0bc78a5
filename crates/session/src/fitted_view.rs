//! What to fit into the view: what the scenario was opened with, and then the paths too.

use crate::command::Edit;
use crate::session::Session;
use nalgebra::Vector2;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// How far beyond the view, in diagonals of it, a path is followed: what has diverged would leave nothing to be seen.
const REACH: f64 = 20.0;
/// How much more than the paths is shown on each side.
const MARGIN: f64 = 0.06;

impl Session {
    /// The edit that fits the view: back to the one that the scenario was opened with, and where that is shown already,
    /// as much more as the paths of the runners that are shown need.
    pub fn fit(&self) -> Edit {
        let home = crate::edit(self.scenario(), self.opened(), &Edit::FitView).view;
        if home == self.scenario().view {
            self.around_paths(home).map_or(Edit::FitView, Edit::SetView)
        } else {
            Edit::FitView
        }
    }

    /// A view with all of `home` and the paths of the runners that are shown; none where they lie within it.
    fn around_paths(&self, home: View) -> Option<View> {
        let is_univariate = self.scenario().surface.is_univariate();
        let middle = Vector2::new(f64::midpoint(home.x.0, home.x.1), f64::midpoint(home.y.0, home.y.1));
        let reach = REACH * home.diagonal();
        let mut ends = [home.x, home.y];
        let shown = self.runners().filter(|(runner, _)| !runner.hidden);
        for sample in shown.flat_map(|(_, run)| run.trajectory().samples()) {
            let at = sample.position;
            if (at - middle).norm() <= reach {
                for (axis, (low, high)) in ends.iter_mut().enumerate() {
                    (*low, *high) = (low.min(at[axis]), high.max(at[axis]));
                }
            }
        }
        let wider = |(low, high): (f64, f64), before: (f64, f64)| {
            let margin = MARGIN * (high - low);
            let side = |end: f64, before: f64, margin: f64| if end == before { end } else { end + margin };
            (side(low, before.0, -margin), side(high, before.1, margin))
        };
        let x = wider(ends[0], home.x);
        let y = if is_univariate {
            Objective::new(&self.scenario().surface).heights(x)
        } else {
            wider(ends[1], home.y)
        };
        (x != home.x || (!is_univariate && y != home.y)).then_some(View { x, y })
    }
}
