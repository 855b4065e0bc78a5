//! What the linear theory says on a map: the edge of stability, and the best settings.

use super::axis::{SweepAxis, Varied};
use crate::spectral::stability;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::run_config::RunConfig;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::settings::Settings;

/// How many pieces the edge is drawn in.
const PIECES: usize = 96;

/// Theory's lines on a map, in parts of its axes: (0, 0) is the lower left corner, (1, 1) the upper
/// right one.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepTheory {
    /// Where the error along the steepest direction neither decays nor grows, from one end of the map
    /// to the other: each piece of it is within the map's ends.
    pub edge: Vec<[Vector2<f64>; 2]>,
    /// The settings that make the slowest error decay fastest.
    pub best: Option<Vector2<f64>>,
}

/// The eigenvalues of a surface that is quadratic: its Hessian is the same all over the view, up to
/// rounding.
pub fn constant_eigenvalues(objective: &Objective, view: View) -> Option<[f64; 2]> {
    let View { x, y } = view;
    let parts = [(0.0, 0.0), (1.0, 0.0), (0.31, 0.77), (0.5, 0.5), (0.83, 0.19), (0.0, 1.0), (1.0, 1.0)];
    let at = |(u, v): (f64, f64)| Vector2::new(x.0 + u * (x.1 - x.0), y.0 + v * (y.1 - y.0));
    let hessian = |part| objective.value_gradient_hessian(at(part)).hessian;
    let first = hessian(parts[0]);
    let same = |part| (hessian(part) - first).amax() <= 1e-9 * first.amax();
    let values = Spectrum::of(&first).values;
    (parts.into_iter().all(same) && values.iter().all(|value| value.is_finite())).then_some(values)
}

impl SweepTheory {
    /// The lines of an optimizer at a constant learning rate, on a quadratic with these eigenvalues, both above
    /// zero. `None` where the theory does not apply, or does not speak of what the map varies.
    pub fn of(
        chosen: &Chosen<Optimizer>,
        [x, y]: [Option<&SweepAxis>; 2],
        [mu, l]: [f64; 2],
    ) -> Option<Self> {
        chosen.of.theory.law()?;
        let x = x.filter(|_| mu > 0.0)?;
        let settings = chosen.prepare();
        let edge = match (is_rate(x), y.is_some_and(is_rate)) {
            (true, _) => edge(&chosen.of, &settings, x, y, l),
            (_, true) => {
                let turned = edge(&chosen.of, &settings, y?, Some(x), l);
                turned.into_iter().map(|piece| piece.map(|at| at.yx())).collect()
            }
            _ => Vec::new(),
        };
        Some(Self { edge, best: best(chosen, [Some(x), y], [mu, l]) })
    }
}

fn is_rate(axis: &SweepAxis) -> bool {
    axis.varied().key() == "lr"
}

/// The edge with the learning rate along `x`.
fn edge(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    x: &SweepAxis,
    y: Option<&SweepAxis>,
    l: f64,
) -> Vec<[Vector2<f64>; 2]> {
    let points: Vec<_> = (0..=PIECES)
        .map(|piece| {
            let part = piece as f64 / PIECES as f64;
            let mut cell = RunConfig { settings: *settings, schedule: None, start: Vector2::zeros() };
            if let Some(y) = y {
                y.varied().put(y.at(part), &mut cell);
            }
            let edge = stability::edge(optimizer, &cell.settings, l)?;
            Some(Vector2::new(x.part(edge), part))
        })
        .collect();
    let inside = |at: &Vector2<f64>| (-0.25..=1.25).contains(&at.x);
    let pieces = points.windows(2).filter_map(|pair| Some([pair[0]?, pair[1]?]));
    pieces.filter(|piece| piece.iter().all(inside)).collect()
}

/// The best settings, if the map varies all of them, or those that it does not vary are as they
/// should be.
fn best(
    chosen: &Chosen<Optimizer>,
    axes: [Option<&SweepAxis>; 2],
    [mu, l]: [f64; 2],
) -> Option<Vector2<f64>> {
    let best = stability::optimal(&chosen.of, &chosen.prepare(), mu, l)?;
    let mut at = Vector2::new(0.5, 0.5);
    for (place, axis) in axes.into_iter().enumerate() {
        let Some(axis) = axis else { continue };
        let (_, value) = best.iter().find(|(key, _)| *key == axis.varied().key())?;
        at[place] = axis.part(*value);
    }
    let varied = |key: &str| axes.iter().flatten().any(|axis| axis.varied().key() == key);
    let given = |key: &str, value: f64| {
        chosen.number(key).is_some_and(|now| (now - value).abs() <= 1e-3 * value.abs())
    };
    let known = best.iter().all(|(key, value)| varied(key) || given(key, *value));
    (known && at.iter().all(|part| (0.0..=1.0).contains(part))).then_some(at)
}

/// What a map of an optimizer varies unless it is told otherwise: the learning rate, or else the
/// first number, and the next one that leaves the minima where they are, if there is one.
pub fn usual(optimizer: &Optimizer) -> [Option<Varied>; 2] {
    let mut settings = Varied::settings(optimizer, None);
    [settings.next(), settings.find(|varied| !varied.moves_minima())]
}
