//! The contour lines of a surface on the paper: which levels have lines, traced in slices.

use crate::budget::FigureBudget;
use crate::contour_lines::contour_lines;
use crate::polyline::Polyline;
use crate::viewport::ToPaper;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;

/// A level that crosses more edges than this for each cell of the grid goes up and down from cell to cell: the grid
/// does not tell where its lines run, and nobody could tell them apart.
const CLOSEST: f64 = 0.6;
/// All levels together have no more points than this for each column and row of the grid, as that many lines from end to
/// end would: more cover the picture, and cost more than a frame.
const MOST: usize = 250;
/// How many points are traced between two looks at the clock.
const BITE: usize = 10_000;

/// Lines under way.
#[derive(Debug)]
pub(crate) struct SurfaceLines {
    /// The levels that have lines, ascending, with the number of their points.
    levels: Vec<(f64, usize)>,
    /// Whether the surface has levels whose lines lie too close together to be drawn.
    is_too_dense: bool,
    /// How many levels have their lines already.
    traced: usize,
    /// Each with the index of its level.
    lines: Vec<(usize, Polyline)>,
}

/// What was traced.
#[derive(Debug, PartialEq)]
pub(crate) struct TracedLines {
    /// The intermediate lines.
    pub intermediate: Vec<Polyline>,
    /// The index lines: every fifth level, drawn darker and labelled.
    pub index: Vec<Polyline>,
    /// The level of each index line.
    pub index_levels: Vec<f64>,
    /// The levels that have lines, ascending.
    pub levels: Vec<f64>,
    /// Whether there are levels whose lines lie too close together to be drawn.
    pub is_too_dense: bool,
}

/// Whether the level with this number, of so many, has index lines: every fifth, as on maps; more of few.
fn is_index(level: usize, of: usize) -> bool {
    let step = match of {
        10.. => 5,
        4.. => 2,
        _ => 1,
    };
    level % step == step / 2
}

impl SurfaceLines {
    /// The lines of a grid at these levels, as far as they can be told apart; none of them is traced yet.
    pub fn new(grid: &Grid, levels: &[f64]) -> Self {
        let counted: Vec<(f64, usize)> =
            levels.iter().copied().zip(Contours::crossings(grid, levels)).collect();
        let (columns, rows) = (grid.columns(), grid.rows());
        let (cells, most) = (columns * rows, MOST * (columns + rows));
        let told_apart = |(_, points): &(f64, usize)| *points as f64 <= CLOSEST * cells as f64;
        let every = |step: usize| counted.iter().copied().skip(step / 2).step_by(step).collect::<Vec<_>>();
        let is_small =
            |levels: &Vec<(f64, usize)>| levels.iter().map(|(_, points)| points).sum::<usize>() <= most;
        // A coarser set, if it takes one.
        let steps =
            std::iter::successors(Some(1), |step| Some(2 * step)).take_while(|step| *step <= counted.len());
        let kept = if counted.iter().all(told_apart) { steps.map(every).find(is_small) } else { None };
        let levels = kept.unwrap_or_default();
        Self { is_too_dense: levels.is_empty() && !counted.is_empty(), levels, traced: 0, lines: Vec::new() }
    }

    /// Traces on while there is time. Whether all are traced.
    pub fn advance(&mut self, grid: &Grid, to: &ToPaper, budget: &impl FigureBudget) -> bool {
        while self.traced < self.levels.len() && !budget.is_over() {
            let mut points = 0;
            let few = self.levels[self.traced..].iter().take_while(|(_, of)| {
                let fits = points == 0 || points + of <= BITE;
                points += of;
                fits
            });
            let values: Vec<f64> = few.map(|(value, _)| *value).collect();
            let contours = Contours::trace(grid, &values);
            let levels = contours.lines().map(|line| self.traced + line.level);
            self.lines.extend(levels.zip(contour_lines(&contours, to)));
            self.traced += values.len();
        }
        self.traced >= self.levels.len()
    }

    /// What was traced.
    pub fn finish(self) -> TracedLines {
        let Self { levels, lines, is_too_dense, .. } = self;
        let levels: Vec<f64> = levels.into_iter().map(|(value, _)| value).collect();
        let (index, intermediate): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|(level, _)| is_index(*level, levels.len()));
        let index_levels = index.iter().map(|(level, _)| levels[*level]).collect();
        let lines = |lines: Vec<(usize, Polyline)>| lines.into_iter().map(|(_, line)| line).collect();
        TracedLines {
            intermediate: lines(intermediate),
            index: lines(index),
            index_levels,
            levels,
            is_too_dense,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{FigurePart, Unbounded};
    use std::cell::Cell;
    use thalweg_analysis::field::levels::Levels;
    use thalweg_core::objective::view::View;
    use thalweg_testing::{objective, typed};

    const TO: ToPaper = ToPaper { scale: [100.0, -100.0], offset: [0.0, 0.0] };

    /// Time for one bite between two looks.
    struct OneBite(Cell<bool>);

    impl FigureBudget for OneBite {
        fn begin(&mut self, _: FigurePart) {}

        fn is_over(&self) -> bool {
            self.0.replace(true)
        }
    }

    #[test]
    fn lines_traced_in_slices_are_those_traced_at_once() {
        let grid = Grid::sample(&objective("Rastrigin", &[]), View::square(5.12), 280, 210);
        let levels = Levels::choose(&grid, 20);
        let mut whole = SurfaceLines::new(&grid, levels.values());
        assert!(whole.advance(&grid, &TO, &Unbounded));
        let mut sliced = SurfaceLines::new(&grid, levels.values());
        let mut slices = 1;
        while !sliced.advance(&grid, &TO, &OneBite(Cell::new(false))) {
            slices += 1;
        }
        assert!(slices > 4, "{slices}");
        let whole = whole.finish();
        assert!(!whole.is_too_dense && whole.levels == levels.values());
        assert!(!whole.intermediate.is_empty() && !whole.index.is_empty());
        assert_eq!(whole.index.len(), whole.index_levels.len());
        assert!(sliced.finish() == whole);
    }

    #[test]
    fn what_oscillates_below_the_grid_has_no_lines_and_says_so() {
        let noise = Grid::sample(&typed("sin(1e5*x*(y + 4))"), View::square(3.0), 300, 200);
        let levels = Levels::choose(&noise, 20);
        assert!(levels.values().len() > 10);
        let mut lines = SurfaceLines::new(&noise, levels.values());
        assert!(lines.advance(&noise, &TO, &Unbounded));
        let lines = lines.finish();
        assert!(lines.is_too_dense && lines.levels.is_empty(), "{:?}", lines.levels);
        assert!(lines.intermediate.is_empty() && lines.index.is_empty());
        // A constant has none either, and none that lie too close.
        let flat = Grid::sample(&typed("0*x"), View::square(3.0), 300, 200);
        let none = SurfaceLines::new(&flat, &[]).finish();
        assert!(none.levels.is_empty() && !none.is_too_dense);
    }

    #[test]
    fn of_many_points_a_coarser_set_of_levels_is_left() {
        let waves = Grid::sample(&typed("sin(40*x) + sin(40*y)"), View::square(3.0), 400, 300);
        let levels = Levels::choose(&waves, 20);
        let TracedLines { levels: kept, is_too_dense, .. } =
            SurfaceLines::new(&waves, levels.values()).finish();
        let chosen = levels.values();
        assert!(!is_too_dense && kept.len() >= 2 && kept.len() < chosen.len(), "{kept:?} of {chosen:?}");
        assert!(kept.iter().all(|level| chosen.contains(level)));
    }

    /// No built-in surface loses a line in the window of a projector.
    #[test]
    fn what_is_built_in_has_all_its_lines() {
        for preset in thalweg_scenario::PRESETS {
            let scenario = thalweg_scenario::open_preset(preset.name).expect(preset.name);
            let objective = thalweg_core::objective::objective::Objective::new(&scenario.surface);
            let grid = Grid::sample(&objective, scenario.view, 280, 210);
            let levels = Levels::choose(&grid, 20);
            let kept = SurfaceLines::new(&grid, levels.values()).finish();
            assert_eq!(kept.levels, levels.values(), "{}", preset.name);
        }
    }
}
