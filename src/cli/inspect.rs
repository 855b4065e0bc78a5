//! `thalweg inspect`: how a surface curves at a point.

use super::{Failure, Inspect, aligned, open};
use crate::export::number::{exact, rounded};
use crate::words::local;
use nalgebra::Vector2;
use serde::Serialize;
use std::io::{self, Write};
use thalweg_analysis::local::critical_search::{ClassifiedPoint, CriticalSearch};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::objective::objective::Objective;
use thalweg_scenario::call;

/// Everything about one point, in the form of the JSON.
#[derive(Debug, Serialize)]
struct Point {
    x: f64,
    y: f64,
    f: f64,
    gradient: [f64; 2],
    hessian: [f64; 3],
    eigenvalues: [f64; 2],
    eigenvectors: [[f64; 2]; 2],
    condition: f64,
    kind: &'static str,
    /// Whether a search has found it critical: rounding may leave something of its gradient.
    #[serde(skip)]
    is_found: bool,
}

impl Point {
    fn on(objective: &Objective, [x, y]: [f64; 2]) -> Self {
        let ValueGradientHessian { value, gradient, hessian } =
            objective.value_gradient_hessian(Vector2::new(x, y));
        let spectrum = Spectrum::of(&hessian);
        Self {
            x,
            y,
            f: value,
            gradient: gradient.into(),
            hessian: [hessian[(0, 0)], hessian[(0, 1)], hessian[(1, 1)]],
            eigenvalues: spectrum.values,
            eigenvectors: spectrum.vectors.map(Into::into),
            condition: spectrum.condition(),
            kind: PointKind::of(&spectrum).name(),
            is_found: false,
        }
    }

    /// A critical point, of the kind that was found: a tip has no Hessian to tell it.
    fn critical(objective: &Objective, found: &ClassifiedPoint) -> Self {
        Self { kind: found.kind.name(), is_found: true, ..Self::on(objective, found.at.into()) }
    }

    fn in_words(&self) -> String {
        let [gx, gy] = self.gradient;
        let length = rounded(libm::hypot(gx, gy), DIGITS);
        let [xx, xy, yy] = self.hessian.map(text);
        let [low, high] = self.eigenvalues.map(text);
        let vector = |[x, y]: [f64; 2]| format!("({}, {})", text(x), text(y));
        let [v, w] = self.eigenvectors.map(vector);
        let width = [&xx, &xy, &yy].into_iter().map(|entry| entry.chars().count()).max().unwrap_or(0);
        let kind = match (self.kind, gx == 0.0 && gy == 0.0) {
            (kind, _) if self.is_found => kind.to_owned(),
            (kind, true) => kind.to_owned(),
            (kind, false) => format!("{kind} by the Hessian; a critical point only where |gradient| is 0"),
        };
        let rows = [
            ("f", text(self.f)),
            ("gradient", format!("{}, length {length}", vector(self.gradient))),
            ("Hessian", format!("[{xx:>width$}  {xy:>width$}]")),
            ("", format!("[{xy:>width$}  {yy:>width$}]")),
            ("eigenvalues", format!("{low} along {v}")),
            ("", format!("{high} along {w}")),
            ("condition", text(self.condition)),
            ("kind", kind),
        ];
        let rows = rows.map(|(name, text)| vec![format!("  {name}"), text]);
        format!("({}, {})\n{}", exact(self.x), exact(self.y), aligned(&rows, &[]))
    }
}

/// How many digits a person is shown.
const DIGITS: usize = 8;

fn text(value: f64) -> String {
    rounded(value, DIGITS)
}

pub(super) fn inspect(arguments: &Inspect, out: &mut impl Write) -> Result<(), Failure> {
    let scenario = open(&arguments.preset)?;
    let objective = Objective::new(&scenario.surface);
    if arguments.critical {
        let survey = CriticalSearch::of(&objective, scenario.view);
        let examples = survey.lines().iter().map(|line| &line.example);
        let found = survey.points().iter().chain(examples);
        let points = found.map(|found| Point::critical(&objective, found));
        if arguments.json {
            write_list(points, out)?;
        } else {
            writeln!(out, "{}", call(&scenario.surface, None))?;
            writeln!(out, "{}", counter(&survey))?;
            for point in points {
                write!(out, "\n{}", point.in_words())?;
            }
        }
        return Ok(());
    }
    let places = if arguments.at.is_empty() { vec![scenario.start.point()] } else { arguments.at.clone() };
    let points = places.into_iter().map(|place| Point::on(&objective, place));
    if arguments.json {
        write_list(points, out)?;
    } else {
        writeln!(out, "{}", call(&scenario.surface, None))?;
        for point in points {
            write!(out, "\n{}", point.in_words())?;
        }
    }
    Ok(())
}

/// How much a search has found, and what the points alone do not say.
fn counter(survey: &CriticalSearch) -> String {
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let mut told = format!("{} found in the view", count(survey.points().len(), "critical point"));
    match survey.lines().len() {
        0 => (),
        lines => {
            told = format!("{told}, and {} of them, for which one stands below", count(lines, "whole line"));
        }
    }
    match survey.limit() {
        Some(limit) => format!("{told}. {}", local::search_limit(limit)),
        None => told,
    }
}

/// Writes a JSON list with one line for each item.
pub(super) fn write_list<T: Serialize>(
    items: impl IntoIterator<Item = T>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut separator = "[\n";
    for item in items {
        write!(out, "{separator}{}", serde_json::to_string(&item)?)?;
        separator = ",\n";
    }
    writeln!(out, "{}]", if separator == "[\n" { "[" } else { "\n" })
}
