//! Contour lines by marching squares, for all levels in one pass.

use super::grid::Grid;
use nalgebra::Vector2;

/// One contour line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contour<'a> {
    /// The index of its level.
    pub level: usize,
    /// Whether its last point is joined to its first (which is not repeated).
    pub closed: bool,
    /// Its points in the plane, at least two, no two neighbours the same. Higher ground lies on
    /// the left as one walks from the first to the last (with y pointing up).
    pub points: &'a [Vector2<f64>],
}

/// The contour lines of a grid, ordered by level.
///
/// ```
/// use thalweg_analysis::field::contour::Contours;
/// use thalweg_analysis::field::grid::Grid;
/// use thalweg_core::objective::view::View;
///
/// // Two circles, the level lines of x² + y² within a square from -2 to 2.
/// let grid = Grid::of(View::square(2.0), 65, 65, |x, y| x * x + y * y);
/// let contours = Contours::trace(&grid, &[1.0, 2.25]);
/// let radii: Vec<f64> = contours.lines().map(|line| line.points[0].norm()).collect();
/// assert_eq!(radii.len(), 2);
/// assert!((radii[0] - 1.0).abs() < 1e-3 && (radii[1] - 1.5).abs() < 1e-3);
/// assert!(contours.lines().all(|line| line.closed));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contours {
    points: Vec<Vector2<f64>>,
    lines: Vec<ContourLine>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct ContourLine {
    level: u32,
    closed: bool,
    start: u32,
    end: u32,
}

impl Contours {
    /// Traces the lines of all `levels` (ascending and finite) through the grid's cells.
    ///
    /// Marching squares (the plane version of Lorensen and Cline, SIGGRAPH 1987; Maple, Geometric
    /// Modeling and Graphics 2003) with linear interpolation along the edges. Where opposite
    /// corners of a cell are high and the others low, the bilinear interpolant at its saddle point
    /// decides (Nielson and Hamann's asymptotic decider, Visualization '91). A node exactly at a
    /// level counts as above it. A cell with a corner that is not finite has no lines; lines end
    /// there, as they do at the border.
    ///
    /// Every cell is visited once and looks only at the levels that cross it: the cost is linear
    /// in the nodes plus the points found. The output depends on nothing but the input.
    pub fn trace(grid: &Grid, levels: &[f64]) -> Self {
        let mut tracer = Tracer::new(grid, levels);
        tracer.visit_cells();
        tracer.join()
    }

    /// How many edges of the grid's cells each level crosses, which is how many points its lines have, give or take a
    /// few at holes: what [`Contours::trace`] will cost, and how dense the lines will be. One look at each edge.
    pub fn crossings(grid: &Grid, levels: &[f64]) -> Vec<usize> {
        let (columns, rows) = (grid.columns(), grid.rows());
        // By how many more edges each level is crossed than the one before.
        let mut more = vec![0_i64; levels.len() + 1];
        let mut edge = |a: u32, b: u32| {
            if a != b && a != HOLE && b != HOLE {
                more[a.min(b) as usize] += 1;
                more[a.max(b) as usize] -= 1;
            }
        };
        let mut below = vec![HOLE; columns];
        let mut here = vec![HOLE; columns];
        for row in 0..rows {
            rank(levels, grid.row(row), &mut here);
            for (column, rank) in here.iter().enumerate() {
                edge(*rank, below[column]);
                if column > 0 {
                    edge(*rank, here[column - 1]);
                }
            }
            std::mem::swap(&mut below, &mut here);
        }
        more.pop();
        let mut crossed = 0;
        more.into_iter()
            .map(|more| {
                crossed += more;
                usize::try_from(crossed).unwrap_or(0)
            })
            .collect()
    }

    /// The lines, lowest level first.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Contour<'_>> {
        self.lines.iter().map(|line| Contour {
            level: line.level as usize,
            closed: line.closed,
            points: &self.points[line.start as usize..line.end as usize],
        })
    }

    /// Takes in the lines of another, behind its own.
    pub fn append(&mut self, other: Self) {
        let before = self.points.len() as u32;
        self.points.extend(other.points);
        let moved =
            |line: ContourLine| ContourLine { start: line.start + before, end: line.end + before, ..line };
        self.lines.extend(other.lines.into_iter().map(moved));
    }

    /// Leaves out the lines that are not `wanted`.
    pub fn retain(&mut self, wanted: impl Fn(Contour<'_>) -> bool) {
        let keep: Vec<bool> = self.lines().map(wanted).collect();
        let mut keep = keep.into_iter();
        self.lines.retain(|_| keep.next().unwrap_or(false));
    }

    /// How many points all lines have together.
    pub fn points(&self) -> usize {
        self.lines().map(|line| line.points.len()).sum()
    }
}

/// "No such vertex."
const NONE: u32 = u32::MAX;
/// The rank of a node whose value is not finite.
const HOLE: u32 = u32::MAX;

// A cell's sides in the order in which one walks round it counterclockwise.
const SOUTH: usize = 0;
const EAST: usize = 1;
const NORTH: usize = 2;
const WEST: usize = 3;

/// From which side to which a line runs through a cell, high ground on its left, by which corners
/// are above: bit 0 south-west, 1 south-east, 2 north-east, 3 north-west. A line enters through
/// the side that, walked counterclockwise, falls below the level, and leaves through the one that
/// rises above it. Cases 5 and 10 have two lines and are treated apart.
const CROSSING: [(usize, usize); 16] = [
    (SOUTH, SOUTH),
    (SOUTH, WEST),
    (EAST, SOUTH),
    (EAST, WEST),
    (NORTH, EAST),
    (SOUTH, SOUTH),
    (NORTH, SOUTH),
    (NORTH, WEST),
    (WEST, NORTH),
    (SOUTH, NORTH),
    (SOUTH, SOUTH),
    (EAST, NORTH),
    (WEST, EAST),
    (SOUTH, EAST),
    (WEST, SOUTH),
    (SOUTH, SOUTH),
];

/// Where an edge of the grid crosses a level.
#[derive(Clone, Copy)]
struct Vertex {
    at: Vector2<f64>,
    /// The vertex that follows on the line, or [`NONE`].
    next: u32,
    level: u32,
    /// Whether a vertex comes before it on the line.
    has_previous: bool,
}

struct Tracer<'a> {
    grid: &'a Grid,
    levels: &'a [f64],
    xs: Vec<f64>,
    vertices: Vec<Vertex>,
    /// For each column and level the vertex on the south side of the cell to visit next there,
    /// valid where that side crosses the level.
    south: Vec<u32>,
    /// For each level the vertex on the west side of the cell to visit next.
    west: Vec<u32>,
}

/// The corners of a cell, counterclockwise from the south-west: their values, and how many levels
/// each reaches.
struct GridCell {
    column: usize,
    y: [f64; 2],
    values: [f64; 4],
    ranks: [u32; 4],
}

impl<'a> Tracer<'a> {
    fn new(grid: &'a Grid, levels: &'a [f64]) -> Self {
        Self {
            grid,
            levels,
            xs: (0..grid.columns()).map(|column| grid.x(column)).collect(),
            vertices: Vec::new(),
            south: vec![NONE; grid.columns() * levels.len()],
            west: vec![NONE; levels.len()],
        }
    }

    fn visit_cells(&mut self) {
        let (columns, rows) = (self.grid.columns(), self.grid.rows());
        if columns < 2 || rows < 2 || self.levels.is_empty() {
            return;
        }
        let mut below = vec![0; columns];
        let mut above = vec![0; columns];
        rank(self.levels, self.grid.row(0), &mut below);
        for row in 1..rows {
            let (low, high) = (self.grid.row(row - 1), self.grid.row(row));
            rank(self.levels, high, &mut above);
            let y = [self.grid.y(row - 1), self.grid.y(row)];
            self.west.fill(NONE);
            for column in 0..columns - 1 {
                let ranks = [below[column], below[column + 1], above[column + 1], above[column]];
                if ranks == [ranks[0]; 4] && ranks[0] != HOLE {
                    continue;
                }
                if ranks.contains(&HOLE) {
                    // Nothing was traced on the far sides: whoever comes next starts there.
                    let levels = self.levels.len();
                    self.south[column * levels..(column + 1) * levels].fill(NONE);
                    self.west.fill(NONE);
                    continue;
                }
                let values = [low[column], low[column + 1], high[column + 1], high[column]];
                self.visit(&GridCell { column, y, values, ranks });
            }
            std::mem::swap(&mut below, &mut above);
        }
    }

    fn visit(&mut self, cell: &GridCell) {
        let [a, b, c, d] = cell.ranks;
        let (from, to) = (a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
        for level in from..to {
            let above = cell.ranks.map(|rank| usize::from(rank > level));
            let case = above[0] | above[1] << 1 | above[2] << 2 | above[3] << 3;
            // The sides shared with cells visited before come first: the far sides take their
            // places for the cells to come.
            let south = cell.column * self.levels.len() + level as usize;
            let mut at = [NONE; 4];
            if above[0] != above[1] {
                at[SOUTH] = self.south[south];
                if at[SOUTH] == NONE {
                    at[SOUTH] = self.cross(cell, level, SOUTH);
                }
            }
            if above[0] != above[3] {
                at[WEST] = self.west[level as usize];
                if at[WEST] == NONE {
                    at[WEST] = self.cross(cell, level, WEST);
                }
            }
            if above[1] != above[2] {
                at[EAST] = self.cross(cell, level, EAST);
                self.west[level as usize] = at[EAST];
            }
            if above[2] != above[3] {
                at[NORTH] = self.cross(cell, level, NORTH);
                self.south[south] = at[NORTH];
            }
            if case == 5 || case == 10 {
                let pairs = match (case, high_ground_connects(cell.values, self.levels[level as usize])) {
                    (5, true) => [(SOUTH, EAST), (NORTH, WEST)],
                    (5, false) => [(SOUTH, WEST), (NORTH, EAST)],
                    (_, true) => [(WEST, SOUTH), (EAST, NORTH)],
                    (_, false) => [(EAST, SOUTH), (WEST, NORTH)],
                };
                for (enter, leave) in pairs {
                    self.link(at[enter], at[leave]);
                }
            } else {
                let (enter, leave) = CROSSING[case];
                self.link(at[enter], at[leave]);
            }
        }
    }

    fn link(&mut self, enter: u32, leave: u32) {
        self.vertices[enter as usize].next = leave;
        self.vertices[leave as usize].has_previous = true;
    }

    /// Makes the vertex where a side of the cell crosses a level.
    fn cross(&mut self, cell: &GridCell, level: u32, side: usize) -> u32 {
        let value = self.levels[level as usize];
        let x = [self.xs[cell.column], self.xs[cell.column + 1]];
        let [sw, se, ne, nw] = cell.values;
        let at = match side {
            SOUTH => Vector2::new(between(x, [sw, se], value), cell.y[0]),
            NORTH => Vector2::new(between(x, [nw, ne], value), cell.y[1]),
            WEST => Vector2::new(x[0], between(cell.y, [sw, nw], value)),
            _ => Vector2::new(x[1], between(cell.y, [se, ne], value)),
        };
        let vertex = self.vertices.len() as u32;
        self.vertices.push(Vertex { at, next: NONE, level, has_previous: false });
        vertex
    }

    /// Walks along the links: first the lines with a beginning, then those without.
    fn join(mut self) -> Contours {
        let mut contours = Contours { points: Vec::with_capacity(self.vertices.len()), lines: Vec::new() };
        for closed in [false, true] {
            for first in 0..self.vertices.len() as u32 {
                let Vertex { level, next, has_previous, .. } = self.vertices[first as usize];
                // A vertex that was walked over has no next any more.
                if next == NONE || (!closed && has_previous) {
                    continue;
                }
                let start = contours.points.len();
                let mut vertex = first;
                while vertex != NONE {
                    let Vertex { at, next, .. } = self.vertices[vertex as usize];
                    self.vertices[vertex as usize].next = NONE;
                    // Where a node is exactly at the level, the crossings of its edges are one point.
                    if contours.points.len() == start || contours.points.last() != Some(&at) {
                        contours.points.push(at);
                    }
                    vertex = if next == first { NONE } else { next };
                }
                if closed
                    && contours.points.len() > start + 1
                    && contours.points.last() == contours.points.get(start)
                {
                    contours.points.pop();
                }
                if contours.points.len() > start + 1 {
                    let (start, end) = (start as u32, contours.points.len() as u32);
                    contours.lines.push(ContourLine { level, closed, start, end });
                } else {
                    contours.points.truncate(start);
                }
            }
        }
        contours.lines.sort_by_key(|line| line.level);
        contours
    }
}

/// How many levels each value reaches. Neighbours reach nearly the same, so that a look from the
/// last one's place is faster than a search.
fn rank(levels: &[f64], values: &[f64], ranks: &mut [u32]) {
    let mut rank = 0;
    for (out, value) in ranks.iter_mut().zip(values) {
        if !value.is_finite() {
            *out = HOLE;
            continue;
        }
        while rank < levels.len() && levels[rank] <= *value {
            rank += 1;
        }
        while rank > 0 && levels[rank - 1] > *value {
            rank -= 1;
        }
        *out = rank as u32;
    }
}

/// Where, between two places with the given values, `level` is met by linear interpolation.
#[inline]
fn between([from, to]: [f64; 2], [low, high]: [f64; 2], level: f64) -> f64 {
    let mut t = (level - low) / (high - low);
    if !(high - low).is_finite() {
        t = (level / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    }
    from * (1.0 - t) + to * t
}

/// Whether the two high corners of an ambiguous cell are joined by high ground. The bilinear
/// interpolant of corners a, b, c, d (relative to the level, counterclockwise) is at its saddle
/// point (ac - bd)/(a - b + c - d), and the denominator has the sign of a.
fn high_ground_connects(corners: [f64; 4], level: f64) -> bool {
    let largest = corners.iter().fold(level.abs(), |largest, corner| largest.max(corner.abs()));
    let [a, b, c, d] = corners.map(|corner| corner / largest - level / largest);
    if a >= 0.0 && c >= 0.0 { a * c >= b * d } else { b * d >= a * c }
}

#[cfg(test)]
#[path = "contour_tests.rs"]
mod tests;
