//! Contour lines beside the sampling that they come from.

mod harness;
#[path = "harness/race.rs"]
mod race;

use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::field::levels::Levels;
use thalweg_core::objective::view::View;

const NODES: usize = 512;

fn main() {
    for (name, view) in [
        ("Rosenbrock", View { x: (-2.0, 2.0), y: (-1.0, 3.0) }),
        ("Quadratic", View { x: (-3.0, 3.0), y: (-2.0, 2.0) }),
        ("Rastrigin", View::square(5.12)),
    ] {
        let Some(objective) = race::objective(name) else {
            println!("{name}: not in the table");
            continue;
        };
        let grid = Grid::sample(&objective, view, NODES, NODES);
        let levels = Levels::choose(&grid, 20);
        let lines = Contours::trace(&grid, levels.values());
        println!("{name}: {} levels, {} points", levels.values().len(), lines.points());
        let sample = || Grid::sample(&objective, view, NODES, NODES);
        harness::compare(
            "  sampling, levels and lines, 512 x 512 (beside: sampling)",
            || {
                let grid = sample();
                Contours::trace(&grid, Levels::choose(&grid, 20).values())
            },
            sample,
        );
        harness::compare(
            "  lines alone (beside: sampling)",
            || Contours::trace(&grid, levels.values()),
            sample,
        );
        harness::measure("  levels alone", || Levels::choose(&grid, 20));
        harness::compare(
            "  shades of all nodes (beside: sampling)",
            || grid.values().iter().map(|value| levels.shade(*value)).collect::<Vec<f32>>(),
            sample,
        );
    }
}
