//! `thalweg inspect`: how a surface curves at a point.

use super::columns::aligned;
use super::entry::CommandWork;
use super::failure::Failure;
use super::json::write_list;
use super::preset::PresetArguments;
use crate::export::number::{exact, rounded};
use crate::words::local;
use clap::Args;
use nalgebra::Vector2;
use serde::Serialize;
use std::io::Write;
use thalweg_analysis::local::critical_search::{ClassifiedPoint, CriticalLine, CriticalSearch};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::objective::objective::Objective;
use thalweg_scenario::call;

const HELP: &str = "\
The kind of point is what the Hessian says (second derivative test): minimum, maximum, saddle or
inconclusive. It is the kind of a critical point where the gradient is zero. Where the Hessian is
singular or there is none, how the gradient turns around the point decides, if that is certain.

--critical searches the preset's view by samples: a point alone in one of its 64 by 64 cells is
found, of two in one cell both may be missed. What is listed is critical by what is true at the
point itself. Of points with infinite slopes around, as sqrt(abs(x)) + y^2 has at 0, only minima
and maxima are looked for; one on a slanted line may be missed, and a whole line of them is. So may
be a minimum where kinks meet in a narrow wedge: an empty list does not say that there is none.
Minima come first, then saddles, maxima and those of which nothing is certain. A point of a line of
minima is a minimum, too, and one of a line of maxima a maximum. At a
kink the gradient is the mean of its sides, and there is no Hessian (null in JSON). One point stands
for each line of critical points.

With --json: a list of {\"x\",\"y\",\"f\",\"gradient\":[gx,gy],\"hessian\":[xx,xy,yy],
\"eigenvalues\":[l1,l2],\"eigenvectors\":[[..],[..]],\"condition\",\"kind\",\"critical\",
\"smoothness\"}, eigenvalues ascending; \"critical\" says whether the point is one, as far as
rounding lets anybody know. A point of a line has \"line\":[[x,y],[x,y]], the line's ends, too.
Of a function of x alone y is 0, f'' is the only eigenvalue and stands in both places, and
\"univariate\" is true.
JSON knows neither infinity nor NaN: they are null (the condition number of a singular Hessian).

Examples:
  thalweg inspect valley.ron
  thalweg inspect valley.ron --at 0,0 --at -1.5,2 --json
  thalweg inspect valley.ron --critical
  thalweg inspect parabola.ron --at 1.5

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `inspect`.
#[derive(Args, Debug)]
pub struct Inspect {
    #[command(flatten)]
    preset: PresetArguments,
    /// A point to look at, as 1.5,-2, or 1.5 of a function of x alone; may be repeated [default: the preset's start]
    #[arg(long, value_name = "X,Y", value_parser = point, allow_hyphen_values = true)]
    at: Vec<InspectedPoint>,
    /// Look for the critical points in the preset's view, and at each of them
    #[arg(long, conflicts_with = "at")]
    critical: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl CommandWork for Inspect {
    const NAME: &'static str = "inspect";
    const ABOUT: &'static str =
        "Show value, gradient, Hessian and their meaning at points of a preset's surface";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("inspect valley.ron --at 0,0", "how the surface curves at a point"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        inspect(self, out)
    }
}

/// A point as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
struct InspectedPoint {
    x: f64,
    /// None where only one number was written.
    y: Option<f64>,
}

/// A point, as "1.5,-2", or "1.5".
fn point(text: &str) -> Result<InspectedPoint, String> {
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let point = match text.split_once(',') {
        Some((x, y)) => number(x).zip(number(y)).map(|(x, y)| InspectedPoint { x, y: Some(y) }),
        None => number(text).map(|x| InspectedPoint { x, y: None }),
    };
    point.ok_or_else(|| {
        "write two finite numbers with a comma between them, as 1.5,-2, or of a function of x alone one, as 1.5"
            .to_owned()
    })
}

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
    critical: bool,
    smoothness: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<[[f64; 2]; 2]>,
    /// Whether it is one of a function of x alone.
    #[serde(skip_serializing_if = "is_false")]
    univariate: bool,
    /// What is said of the kind, in words.
    #[serde(skip)]
    told: String,
}

/// What of a point of a function of the plane is not written.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(switch: &bool) -> bool {
    !switch
}

impl Point {
    fn on(objective: &Objective, at: [f64; 2]) -> Self {
        let at = objective.in_domain(Vector2::from(at));
        let [x, y] = at.into();
        let ValueGradientHessian { value, gradient, hessian, .. } = objective.value_gradient_hessian(at);
        let spectrum = Spectrum::of(&hessian);
        let nature = objective.nature(at);
        let univariate = objective.is_univariate();
        // The Hessian of a function of x alone, as everybody else has it: f'' and zeros.
        let flat = |entry: f64| if univariate && !entry.is_nan() { 0.0 } else { entry };
        Self {
            x,
            y,
            // Nobody is told of a negative zero.
            f: value + 0.0,
            gradient: gradient.map(|part| part + 0.0).into(),
            hessian: [hessian[(0, 0)], hessian[(0, 1)], flat(hessian[(1, 1)])],
            eigenvalues: spectrum.values,
            eigenvectors: spectrum.vectors.map(Into::into),
            condition: spectrum.condition(),
            kind: nature.kind.name(),
            critical: nature.is_critical,
            smoothness: nature.smoothness.name(),
            line: None,
            univariate,
            told: if univariate { local::nature_on_graph(&nature) } else { local::nature(&nature) },
        }
    }

    /// A critical point, of the kind that was found.
    fn critical(objective: &Objective, found: &ClassifiedPoint) -> Self {
        let told = local::found_point(found, objective.is_univariate());
        Self { kind: found.kind.name(), critical: true, told, ..Self::on(objective, found.at.into()) }
    }

    /// The point that stands for a line of critical points.
    fn on_line(objective: &Objective, line: &CriticalLine) -> Self {
        let ends = line.points.first().zip(line.points.last());
        let line_ends = ends.map(|(first, last)| [(*first).into(), (*last).into()]);
        let example = Self::critical(objective, &line.example);
        Self { line: line_ends, kind: line.kind.name(), told: local::line(line), ..example }
    }

    fn in_words(&self) -> String {
        if self.univariate {
            return self.on_graph_in_words();
        }
        let [gx, gy] = self.gradient;
        let length = rounded(libm::hypot(gx, gy), DIGITS);
        let [xx, xy, yy] = self.hessian.map(text);
        let [low, high] = self.eigenvalues.map(text);
        let vector = |[x, y]: [f64; 2]| format!("({}, {})", text(x), text(y));
        let [v, w] = self.eigenvectors.map(vector);
        let width = [&xx, &xy, &yy].into_iter().map(|entry| entry.chars().count()).max().unwrap_or(0);
        let mut rows =
            vec![("f", text(self.f)), ("gradient", format!("{}, length {length}", vector(self.gradient)))];
        if self.hessian.iter().any(|entry| entry.is_nan()) {
            rows.push(("Hessian", format!("none: {}", self.smoothness)));
        } else {
            rows.extend([
                ("Hessian", format!("[{xx:>width$}  {xy:>width$}]")),
                ("", format!("[{xy:>width$}  {yy:>width$}]")),
                ("eigenvalues", format!("{low} along {v}")),
                ("", format!("{high} along {w}")),
                ("condition", text(self.condition)),
            ]);
        }
        rows.push(("kind", self.told.clone()));
        let rows: Vec<_> = rows.into_iter().map(|(name, text)| vec![format!("  {name}"), text]).collect();
        format!("({}, {})\n{}", exact(self.x), exact(self.y), aligned(&rows, &[]))
    }
}

impl Point {
    /// A point of a function of x alone: its derivatives are numbers.
    fn on_graph_in_words(&self) -> String {
        let ([slope, _], [second, ..]) = (self.gradient, self.hessian);
        let second = if second.is_nan() { format!("none: {}", self.smoothness) } else { text(second) };
        let rows = [("f", text(self.f)), ("f'", text(slope)), ("f''", second), ("kind", self.told.clone())];
        let rows: Vec<_> = rows.into_iter().map(|(name, text)| vec![format!("  {name}"), text]).collect();
        format!("x = {}\n{}", exact(self.x), aligned(&rows, &[]))
    }
}

/// How many digits a person is shown.
const DIGITS: usize = 8;

fn text(value: f64) -> String {
    rounded(value, DIGITS)
}

/// The points that are asked for, each with as many numbers as the surface has coordinates.
fn places(asked: &[InspectedPoint], objective: &Objective) -> Result<Vec<[f64; 2]>, Failure> {
    let place = |point: &InspectedPoint| match point.y {
        None if !objective.is_univariate() => Err(Failure::arguments(format!(
            "--at {}: the surface depends on two coordinates, write both, as 1.5,-2",
            point.x
        ))),
        y => Ok([point.x, y.unwrap_or(0.0)]),
    };
    asked.iter().map(place).collect()
}

fn inspect(arguments: &Inspect, out: &mut dyn Write) -> Result<(), Failure> {
    let scenario = arguments.preset.open()?.scenario;
    let objective = Objective::new(&scenario.surface);
    if arguments.critical {
        let survey = CriticalSearch::of(&objective, scenario.view);
        let lines = survey.lines().iter().map(|line| Point::on_line(&objective, line));
        let points = survey.points().iter().map(|found| Point::critical(&objective, found)).chain(lines);
        if arguments.json {
            write_list(points, out)?;
        } else {
            writeln!(out, "{}", call(&scenario.surface))?;
            writeln!(out, "{}", counter(&survey))?;
            for point in points {
                write!(out, "\n{}", point.in_words())?;
            }
        }
        return Ok(());
    }
    let places = if arguments.at.is_empty() {
        vec![scenario.start.point()]
    } else {
        places(&arguments.at, &objective)?
    };
    let points = places.into_iter().map(|place| Point::on(&objective, place));
    if arguments.json {
        write_list(points, out)?;
    } else {
        writeln!(out, "{}", call(&scenario.surface))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_two_finite_numbers() {
        assert_eq!(point("-1.5,2"), Ok(InspectedPoint { x: -1.5, y: Some(2.0) }));
        assert_eq!(point(" 1e-3 , -2"), Ok(InspectedPoint { x: 1e-3, y: Some(-2.0) }));
        assert_eq!(point("-7"), Ok(InspectedPoint { x: -7.0, y: None }));
        for bad in ["", "1,2,3", "1;2", "a,b", "1,", "inf,0", "0,nan", "1e999,0", "--json"] {
            assert!(point(bad).is_err_and(|message| message.contains("1.5,-2")), "{bad}");
        }
    }
}
