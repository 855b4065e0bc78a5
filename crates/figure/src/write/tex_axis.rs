//! Places as PGFPlots reads them: in the units of a plot's axes, or in points of the paper.

use crate::axes::fitting;
use crate::figure::FigureAxes;
use crate::text_measure::TextKind;
use crate::ticks::TickRule;
use crate::viewport::Rect;
use crate::write::tex_text::{number_in_math, tex_text};
use nalgebra::Vector2;
use std::fmt::Write as _;
use thalweg_core::math::within::Within;

/// How far off a place is at most, in points of the paper.
const EXACT: f64 = 0.05;
/// TeX computes with some seven digits: an axis whose ends have more in common is drawn in points.
const MOST_DIGITS: i32 = 6;

/// How the numbers along one axis are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TexNumber {
    /// As they are, with so many digits behind the point, or where that is none of use, so many in all.
    Linear { decimals: i32 },
    /// The number that this is the decimal logarithm of, with so many digits.
    Power { digits: usize },
    /// Points of the paper from the low end: numbers that TeX could not tell apart.
    Points,
}

/// How places are written: in a plot, or on the page.
#[derive(Clone, Debug)]
pub struct TexPlaces<'a> {
    /// The page, whose lower left corner is the origin.
    page: Rect,
    /// Printed points in a point of the figure.
    scale: f64,
    /// The plot whose units count, with how each of its axes is written.
    axes: Option<(&'a FigureAxes, [TexNumber; 2])>,
}

impl<'a> TexPlaces<'a> {
    /// Places on a page, in printed points from its lower left corner.
    pub fn on_page(page: Rect, scale: f64) -> Self {
        Self { page, scale, axes: None }
    }

    /// Places in a plot of that page.
    pub fn in_plot(&self, axes: &'a FigureAxes) -> Self {
        let view = axes.plot.view;
        let numbers = [(0, view.x), (1, view.y)].map(|(axis, (low, high))| {
            // Rounding errs by half of the last digit.
            let unit = 2.0 * EXACT / (self.scale * axes.plot.to.scale[axis].abs());
            let digits = |size: f64| libm::ceil(libm::log10(size / unit)).within(1.0, 300.0) as i32 + 1;
            if matches!(axes.ticks[axis], TickRule::Log(_)) {
                let digits = digits(1.0);
                let is_sane = low.abs().max(high.abs()) < 290.0 && digits <= MOST_DIGITS + 1;
                return if is_sane {
                    TexNumber::Power { digits: digits as usize }
                } else {
                    TexNumber::Points
                };
            }
            let size = low.abs().max(high.abs());
            let is_sane = size < 1e9 && high - low > 1e-9 && digits(size) <= MOST_DIGITS + 1;
            let decimals = libm::ceil(-libm::log10(unit)).within(0.0, 15.0) as i32;
            if is_sane { TexNumber::Linear { decimals } } else { TexNumber::Points }
        });
        Self { page: self.page, scale: self.scale, axes: Some((axes, numbers)) }
    }

    /// Printed points in a point of the figure.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Beyond this nothing is seen.
    pub fn seen(&self) -> Rect {
        self.axes.map_or(self.page, |(axes, _)| axes.plot.frame)
    }

    /// Whether they are those of a plot.
    pub fn is_plot(&self) -> bool {
        self.axes.is_some()
    }

    /// A place, "(1,-.5)": there are thousands of them, and TeX asks for no zero before the point.
    pub fn at(&self, place: Vector2<f64>) -> String {
        let [x, y] = self.coordinates(place).map(without_leading_zero);
        format!("({x},{y})")
    }

    /// What moves the origin to a place.
    pub fn shift(&self, place: Vector2<f64>) -> String {
        let [x, y] = self.coordinates(place);
        match self.axes {
            Some(_) => format!("shift={{(axis cs:{x},{y})}}"),
            None => format!("shift={{({x}bp,{y}bp)}}"),
        }
    }

    fn coordinates(&self, place: Vector2<f64>) -> [String; 2] {
        let Some((axes, numbers)) = self.axes else {
            let up = Vector2::new(place.x - self.page.min[0], self.page.max[1] - place.y) * self.scale;
            // A tenth of a printed point, which is the unit of the page: nobody sees less.
            return [decimal(up.x, 1), decimal(up.y, 1)];
        };
        let at = axes.plot.to.plane(place);
        [0, 1].map(|axis| match numbers[axis] {
            TexNumber::Linear { decimals } => decimal(at[axis], decimals as usize),
            TexNumber::Power { digits } => power(at[axis], digits),
            TexNumber::Points => decimal(along(axes, axis, place[axis]), 2),
        })
    }

    /// A length in printed points.
    pub fn length(&self, points: f64) -> String {
        format!("{}bp", decimal(points * self.scale, 2))
    }

    /// The options of the plot's axes, in the colours of ink, ground, border and grid.
    pub fn axis_options(&self, [ink, ground, border, grid]: &[String; 4]) -> String {
        let Some((axes, numbers)) = self.axes else { return String::new() };
        let frame = axes.plot.frame;
        let [width, height] = frame.size().map(|length| self.length(length));
        let page = TexPlaces::on_page(self.page, self.scale);
        let corner = page.at(frame.part(0.0, 1.0));
        let mut text = format!(
            "  at={{{corner}}}, anchor=south west, scale only axis, width={width}, height={height},\n  \
             enlargelimits=false, unbounded coords=jump, tick align=outside, tick pos=lower,\n  \
             axis background/.style={{fill={ground}}}, axis line style={{{border}}}, every tick/.style={{{border}}},\n  \
             font=\\footnotesize, label style={{{ink}}}, tick label style={{{ink}}},\n"
        );
        let view = axes.plot.view;
        for (axis, letter, (low, high)) in [(0, 'x', view.x), (1, 'y', view.y)] {
            let [low, high, mode] = match numbers[axis] {
                TexNumber::Linear { decimals } => {
                    // The ends have two digits more, for the plot's scale follows from them.
                    let [low, high] = [low, high].map(|end| decimal(end, decimals as usize + 2));
                    [low, high, String::new()]
                }
                TexNumber::Power { digits } => {
                    let [low, high] = [low, high].map(|end| power(end, digits + 1));
                    [low, high, format!(" {letter}mode=log,{}", decades(axes, axis, letter))]
                }
                TexNumber::Points => {
                    let length = decimal(frame.size()[axis], 2);
                    ["0".to_owned(), length, tick_labels(axes, axis, letter)]
                }
            };
            let _ = writeln!(text, "  {letter}min={low}, {letter}max={high},{mode}");
            let name = &axes.names[axis];
            if !name.is_empty() {
                let _ = writeln!(text, "  {letter}label={{{}}},", tex_text(name, TextKind::Plain));
            }
        }
        if axes.has_grid {
            let _ = writeln!(text, "  grid=major, major grid style={{{grid}, opacity=0.3}},");
        } else {
            text.push_str("  axis on top,\n");
        }
        text
    }
}

/// The marks of an axis that counts points, with their numbers.
fn tick_labels(axes: &FigureAxes, axis: usize, letter: char) -> String {
    let view = axes.plot.view;
    let (ends, length) = ([view.x, view.y][axis], axes.plot.frame.size()[axis]);
    let labels = fitting(axes.ticks[axis], axis, length).labels(ends);
    let to = &axes.plot.to;
    let place = |value: f64| along(axes, axis, value * to.scale[axis] + to.offset[axis]);
    let places: Vec<_> = labels.iter().map(|(tick, _)| decimal(place(tick.value), 2)).collect();
    let numbers: Vec<_> = labels.iter().map(|(_, label)| format!("${}$", number_in_math(label))).collect();
    format!(" {letter}tick={{{}}}, {letter}ticklabels={{{}}},", places.join(","), numbers.join(","))
}

/// The marks of a logarithmic axis, where all of them are powers of ten; else it has PGFPlots' own.
fn decades(axes: &FigureAxes, axis: usize, letter: char) -> String {
    let view = axes.plot.view;
    let rule = fitting(axes.ticks[axis], axis, axes.plot.frame.size()[axis]);
    let values: Vec<f64> = rule.labels([view.x, view.y][axis]).iter().map(|(tick, _)| tick.value).collect();
    if values.iter().any(|value| value.fract() != 0.0) {
        return String::new();
    }
    let values: Vec<_> = values.iter().map(|value| format!("1e{value}")).collect();
    format!(" {letter}tick={{{}}},", values.join(","))
}

/// How far along an axis a place of the paper is, in points from its low end.
fn along(axes: &FigureAxes, axis: usize, place: f64) -> f64 {
    let frame = axes.plot.frame;
    if axis == 0 { place - frame.min[0] } else { frame.max[1] - place }
}

/// A number with at most so many digits behind the point.
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// ".5" for "0.5".
fn without_leading_zero(number: String) -> String {
    match (number.strip_prefix("0."), number.strip_prefix("-0.")) {
        (Some(digits), _) => format!(".{digits}"),
        (_, Some(digits)) => format!("-.{digits}"),
        _ => number,
    }
}

/// The number with this decimal logarithm, in so many digits.
fn power(exponent: f64, digits: usize) -> String {
    let floor = libm::floor(exponent);
    let mantissa = decimal(libm::pow(10.0, exponent - floor), digits.saturating_sub(1));
    if floor == 0.0 { mantissa } else { format!("{mantissa}e{floor}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::Plot;
    use crate::scheme::{Scheme, Theme};
    use thalweg_core::objective::view::View;

    fn axes(x: (f64, f64), y: (f64, f64), ticks: [TickRule; 2]) -> FigureAxes {
        let frame = Rect::new(Vector2::new(40.0, 10.0), Vector2::new(200.0, 100.0));
        let plot = Plot::new(View { x, y }, frame, Scheme::new(Theme::Light));
        FigureAxes { plot, names: [String::new(), "w_1".to_owned()], ticks, has_grid: false, layer: 0 }
    }

    #[test]
    fn places_have_the_units_of_their_axes() {
        let page = TexPlaces::on_page(Rect::new(Vector2::zeros(), Vector2::new(250.0, 130.0)), 0.5);
        assert_eq!(page.at(Vector2::new(40.0, 110.0)), "(20,10)");
        let even = [TickRule::Even(5.0); 2];
        let names = ["a", "b", "c", "d"].map(str::to_owned);
        let linear = axes((-2.0, 2.0), (-1.0, 1.0), even);
        let places = page.in_plot(&linear);
        assert_eq!(places.at(Vector2::new(140.0, 60.0)), "(0,0)");
        assert_eq!(places.at(Vector2::new(40.0, 10.0)), "(-2,1)");
        assert_eq!(places.at(Vector2::new(90.5, 60.0)), "(-.99,0)");
        assert!(places.axis_options(&names).contains("ylabel={$w_{1}$}"));
        let log = axes((0.0, 300.0), (-9.0, 1.0), [TickRule::Whole(5.0), TickRule::Log(5.0)]);
        assert_eq!(page.in_plot(&log).at(Vector2::new(140.0, 20.0)), "(150,1)");
        assert_eq!(page.in_plot(&log).at(Vector2::new(140.0, 110.0)), "(150,1e-9)");
        assert!(page.in_plot(&log).axis_options(&names).contains("ymode=log, ytick={1e-8,1e-6,"));
        // Ends that TeX could not tell apart.
        let narrow = axes((1.0, 1.0 + 1e-9), (-1.0, 1.0), even);
        assert_eq!(page.in_plot(&narrow).at(Vector2::new(140.0, 60.0)), "(100,0)");
        assert!(page.in_plot(&narrow).axis_options(&names).contains("xticklabels={$1"));
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!([decimal(1.0, 3), decimal(-0.0001, 2), decimal(120.0, 0)], ["1", "0", "120"]);
        assert_eq!([power(-8.5, 3), power(0.477_12, 3), power(12.0, 2)], ["3.16e-9", "3", "1e12"]);
    }
}
