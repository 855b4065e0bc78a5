//! A surface with its settings, ready to be asked for values and derivatives.

use super::critical::line_point::{line_kind, line_minimum};
use super::critical::{REACH, StationarySearch};
use super::critical_point::{CriticalPoint, PointKind};
use super::derivatives::{ValueGradient, ValueGradientHessian, ValueGradientLanes};
use super::loss_function::{Constants, SurfaceData};
use super::point_nature::PointNature;
use super::prediction::Prediction;
use super::smoothness::Smoothness;
use super::surface::Surface;
use super::tensor_spline::TensorSpline;
use super::view::View;
use super::watch::Watch;
use crate::data::rows::Row;
use crate::math::series::Series;
use crate::math::wide::Lanes;
use crate::spec::chosen::Chosen;
use crate::spec::handle::Handle;
use crate::spec::param::Kind;
use crate::spec::settings::Settings;
use crate::spec::value::Value;
use nalgebra::Vector2;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// A surface with its settings, ready to be asked for values and derivatives.
///
/// This is the place for surfaces that need preparing (a typed formula, a data set): whatever
/// they are made of becomes plain data here, behind the same questions.
#[derive(Clone, Debug)]
pub struct Objective {
    surface: Handle<Surface>,
    constants: Constants,
    is_univariate: bool,
    /// Where else the critical points of a typed function are known.
    known_around: Option<Vector2<f64>>,
    /// Found when somebody asks for them, and once for all copies: data may have to be searched, which takes
    /// longer than many runs. A value that is filled in once can be shared by threads, as runs of a sweep do;
    /// it is no lock that anybody holds.
    critical: Arc<OnceLock<Vec<CriticalPoint>>>,
}

/// The part of the plane in which the critical points of a typed function are known.
const HOME: View = View::square(REACH);

impl Objective {
    /// Prepares a surface.
    pub fn new(chosen: &Chosen<Surface>) -> Self {
        let Settings { numbers, choices, .. } = chosen.prepare();
        let matter = chosen.settings().find_map(|(param, value)| match (param.kind, value) {
            (_, Value::Formula(typed)) => Some(SurfaceData::Formula(Arc::new(typed.tape()))),
            (Kind::Data { classes: true, .. }, Value::Data(table)) => {
                Some(SurfaceData::Examples(Arc::new(table.with_classes())))
            }
            (_, Value::Grid(grid)) => {
                TensorSpline::new(grid).map(|spline| SurfaceData::Grid(Arc::new(spline)))
            }
            (_, Value::Data(table)) => Some(SurfaceData::Examples(Arc::new(table.rows.clone()))),
            _ => None,
        });
        let constants =
            Constants { numbers, choices, derived: [0.0; 2], matter: matter.unwrap_or(SurfaceData::None) };
        let constants = (chosen.of.functions.prepare)(constants);
        let is_univariate = chosen.is_univariate();
        let (known_around, critical) = (None, Arc::default());
        Self { surface: chosen.of.clone(), constants, is_univariate, known_around, critical }
    }

    /// Whether f depends on x alone. Then y is no coordinate, and stays 0; f'' alone is its curvature, see
    /// `ValueGradientHessian::univariate`.
    #[inline]
    pub fn is_univariate(&self) -> bool {
        self.is_univariate
    }

    /// The point of f's domain that `p` stands for: `p` itself, or of a function of x alone (x, 0).
    #[inline]
    pub fn in_domain(&self, p: Vector2<f64>) -> Vector2<f64> {
        if self.is_univariate { Vector2::new(p.x, 0.0) } else { p }
    }

    /// A part of the plane that makes a good picture, and a start that makes a good race: the
    /// surface's own, or where the data has put the minimum elsewhere, one around it.
    pub fn home(&self) -> (View, [f64; 2]) {
        let Surface { view, start, .. } = *self.surface;
        if let Some([x, y]) = self.data_extent() {
            // On a slope somewhere near a corner, within the data.
            let at = |(low, high): (f64, f64), part: f64| low + (high - low) * part;
            return (View { x, y }, [at(x, 0.2), at(y, 0.8)]);
        }
        if self.is_univariate {
            return (View { y: self.heights(view.x), ..view }, [start[0], 0.0]);
        }
        if !self.surface.is_mean() {
            return (view, start);
        }
        let Some(minimum) = self.minima().next() else { return (view, start) };
        // The minimum between the middle and the rim of a view around the origin.
        let share = |p: f64, half: f64| (p / half).abs();
        let far = share(minimum.at.x, view.x.1).max(share(minimum.at.y, view.y.1));
        // What is too far out or too near for a picture with numbers that can be read stays outside.
        if (0.15..=0.75).contains(&far) || !(1e-9..1e9).contains(&far) {
            return (view, start);
        }
        // Two digits will do.
        let scale = 2.0 * far;
        let digit = libm::pow(10.0, libm::floor(libm::log10(scale)) - 1.0);
        let scale = (scale / digit).ceil() * digit;
        let stretch = |(low, high): (f64, f64)| (low * scale, high * scale);
        // On the other side of the origin: there is a way to go along both axes.
        let start = [0, 1].map(|axis| (start[axis] * scale).abs().copysign(-minimum.at[axis]));
        (View { x: stretch(view.x), y: stretch(view.y) }, start)
    }

    /// Where the samples lie that it is made of: the smallest and the largest x, and y. Beyond, f is not defined. None where
    /// it is made of no samples.
    pub fn data_extent(&self) -> Option<[(f64, f64); 2]> {
        match &self.constants.matter {
            SurfaceData::Grid(spline) => Some(spline.extent()),
            _ => None,
        }
    }

    /// From where to where the heights of a function of x alone go over a stretch of x, with some air, in round numbers;
    /// of one with a pole or the like in it, those of most of the stretch.
    pub fn heights(&self, (from, to): (f64, f64)) -> (f64, f64) {
        const SAMPLES: usize = 257;
        let xs: Vec<f64> =
            (0..SAMPLES).map(|i| from + (to - from) * (i as f64 / (SAMPLES - 1) as f64)).collect();
        let mut heights = vec![0.0; SAMPLES];
        self.row(&xs, 0.0, &mut heights);
        heights.retain(|height| height.is_finite());
        heights.sort_by(f64::total_cmp);
        let part = |part: usize| heights.get(heights.len().saturating_sub(1) * part / 100).copied();
        let ends = [0, 15, 85, 100].map(part);
        let [Some(lowest), Some(low), Some(high), Some(highest)] = ends else { return (-1.0, 1.0) };
        // What lies far beyond the middle part of the heights does not set the scale.
        let reach = 3.0 * (high - low);
        let (bottom, top) = if reach > 0.0 {
            (lowest.max(low - reach), highest.min(high + reach))
        } else {
            (lowest, highest)
        };
        let air = 0.08 * (top - bottom);
        // A level stretch has a height, too.
        let air = if air > 1e-9 * top.abs().max(bottom.abs()) { air } else { 0.5 * top.abs().max(1.0) };
        let (bottom, top) = (bottom - air, top + air);
        let digit = libm::pow(10.0, libm::floor(libm::log10(top - bottom)) - 1.0);
        if digit > 0.0 && digit.is_finite() {
            (libm::floor(bottom / digit) * digit, libm::ceil(top / digit) * digit)
        } else {
            (-1.0, 1.0)
        }
    }

    /// f at `p`.
    #[inline]
    pub fn value(&self, p: Vector2<f64>) -> f64 {
        (self.surface.functions.value)(&self.constants, p.x, p.y)
    }

    /// f and its exact gradient at `p`.
    #[inline]
    pub fn value_gradient(&self, p: Vector2<f64>) -> ValueGradient {
        (self.surface.functions.value_gradient)(&self.constants, p.x, p.y)
    }

    /// f and its exact gradient at the points of all `slopes`, written beside the points; see
    /// [`SurfaceFunctions`](super::surface::SurfaceFunctions).
    #[inline]
    pub(crate) fn value_gradient_lanes(&self, slopes: &mut [Box<ValueGradientLanes>], watch: Watch) -> u32 {
        (self.surface.functions.value_gradient_lanes)(&self.constants, slopes, watch)
    }

    /// The exact gradient at a point of a few runs.
    #[inline]
    pub(crate) fn gradient_lanes(&self, p: &Vector2<Lanes>) -> Vector2<Lanes> {
        (self.surface.functions.gradient_lanes)(&self.constants, p)
    }

    /// f, its exact gradient and its exact Hessian at `p`.
    #[inline]
    pub fn value_gradient_hessian(&self, p: Vector2<f64>) -> ValueGradientHessian {
        let here = (self.surface.functions.value_gradient_hessian)(&self.constants, p.x, p.y);
        if self.is_univariate { here.univariate() } else { here }
    }

    /// How smooth f is at `p`.
    pub fn smoothness(&self, p: Vector2<f64>) -> Smoothness {
        self.value_gradient_hessian(p).smoothness
    }

    /// Whether `p` is a critical point, and of which kind: the one rule for everybody who says so.
    pub fn nature(&self, p: Vector2<f64>) -> PointNature {
        if self.is_univariate {
            return PointNature::univariate(&|p| self.value_gradient_hessian(p), self.in_domain(p));
        }
        let f = |p| self.value_gradient_hessian(p);
        let nature = PointNature::of(&f, p);
        if nature.is_critical && nature.kind == PointKind::Inconclusive {
            return PointNature { kind: line_kind(&f, p).unwrap_or(nature.kind), ..nature };
        }
        nature
    }

    /// The minimum nearest to `p`, as far as walking straight across tells, that is one of a whole line of minima: of a
    /// typed function within 8 of `p`. None where that leads to no such line.
    pub fn minimum_on_line(&self, p: Vector2<f64>) -> Option<CriticalPoint> {
        if self.is_univariate {
            return None;
        }
        line_minimum(&|p| self.value_gradient_hessian(p), p, REACH)
    }

    /// The Taylor series around a place of a function of x alone; none of other functions, and where the second derivative
    /// does not exist. How far it goes, [`Series::degree`] says.
    pub fn taylor_series(&self, x: f64) -> Option<Series> {
        let is_smooth = self.is_univariate && self.smoothness(Vector2::new(x, 0.0)).has_hessian();
        let series = self.surface.functions.series.filter(|_| is_smooth)?;
        Some(series(&self.constants, x))
    }

    /// Value, gradient and Hessian by an independent implementation of differentiation.
    #[cfg(test)]
    pub(crate) fn independent_curvature(&self, p: Vector2<f64>) -> ValueGradientHessian {
        let here = (self.surface.functions.independent)(&self.constants, p.x, p.y);
        if self.is_univariate { here.univariate() } else { here }
    }

    /// f at each of `xs` on the line of constant `y`, written to `out`.
    pub fn row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        (self.surface.functions.row)(&self.constants, xs, y, out);
    }

    /// What the model says that the surface is the loss of; none if it is no mean over data.
    pub fn prediction(&self) -> Option<Prediction> {
        self.surface.prediction
    }

    /// The intercept of that model; 0 where there is none, and where it is fitted out.
    pub fn intercept(&self) -> f64 {
        let key = self.surface.prediction.and_then(|prediction| prediction.intercept);
        key.map_or(0.0, |key| self.constants[key])
    }

    /// The gradient at `p` of each example's own loss, in their order, with the penalty in each, so
    /// that their mean is the surface's gradient; nothing if it is no mean over data.
    pub fn example_gradients(&self, p: Vector2<f64>) -> impl Iterator<Item = Vector2<f64>> + use<'_> {
        let mut one = self.clone();
        let count = self.examples().map_or(0, <[Row]>::len) as u32;
        (0..count).map(move |place| {
            one.take_examples(self, &[place]);
            one.value_gradient(p).gradient
        })
    }

    /// The examples that it is a mean over; none if it is no mean over data.
    pub fn examples(&self) -> Option<&[Row]> {
        match &self.constants.matter {
            SurfaceData::Examples(examples) => Some(examples),
            SurfaceData::None | SurfaceData::Formula(_) | SurfaceData::Grid(_) => None,
        }
    }

    /// Becomes the mean over some examples of `whole`, which are named by their places in it.
    pub(crate) fn take_examples(&mut self, whole: &Self, places: &[u32]) {
        let (SurfaceData::Examples(ours), Some(all)) = (&mut self.constants.matter, whole.examples()) else {
            return;
        };
        // What was found is the whole's, or that of other examples.
        self.critical = Arc::default();
        // Once it is ours alone, its memory is used again.
        let taken = places.iter().filter_map(|place| all.get(*place as usize)).copied();
        if let Some(ours) = Arc::get_mut(ours) {
            ours.clear();
            ours.extend(taken);
        } else {
            *ours = Arc::new(taken.collect());
        }
    }

    /// Knows the critical points around a place, too, where only those around the origin are known else: those of a typed
    /// function within 8 of it along each axis.
    pub fn knowing(self, place: Vector2<f64>) -> Self {
        let is_finite = place.x.is_finite() && place.y.is_finite();
        let known = Some(place).filter(|place| is_finite && !HOME.has(*place));
        Self { known_around: known, critical: Arc::default(), ..self }
    }

    /// The critical points near `p`: the known ones, or where `p` lies outside of the part of the plane in which they are
    /// known, those that a search around it finds. That may take some milliseconds.
    pub fn critical_points_near(&self, p: Vector2<f64>) -> Cow<'_, [CriticalPoint]> {
        let is_known =
            HOME.has(p) || self.known_around.is_some_and(|place| View::around(place, REACH).has(p));
        let is_finite = p.x.is_finite() && p.y.is_finite();
        let around = if is_known || !is_finite { None } else { self.critical_in(View::around(p, REACH)) };
        around.map_or_else(|| Cow::Borrowed(self.critical_points()), Cow::Owned)
    }

    /// The known critical points, and those that a search finds in a part of the plane. That may take some milliseconds.
    pub fn critical_points_with(&self, view: View) -> Cow<'_, [CriticalPoint]> {
        let corners = [Vector2::new(view.x.0, view.y.0), Vector2::new(view.x.1, view.y.1)];
        let more = if corners.iter().all(|corner| HOME.has(*corner)) { None } else { self.critical_in(view) };
        let known = self.critical_points();
        more.map_or(Cow::Borrowed(known), |more| Cow::Owned(CriticalPoint::joined(known, &more)))
    }

    /// The critical points of a typed function in a part of the plane; none of other surfaces, whose points are known.
    fn critical_in(&self, view: View) -> Option<Vec<CriticalPoint>> {
        if self.is_univariate {
            return Some(self.critical_on_line(view.x));
        }
        (self.surface.critical_in)(&self.constants, view)
    }

    /// The known minimum nearest to `p`; none where no minimum is known.
    pub fn nearest_minimum(&self, p: Vector2<f64>) -> Option<CriticalPoint> {
        CriticalPoint::nearest_minimum(self.critical_points(), p)
    }

    /// The lowest value of f at a known minimum; none where no minimum is known.
    pub fn lowest_known(&self) -> Option<f64> {
        self.minima().map(|point| self.value(point.at)).min_by(f64::total_cmp)
    }

    /// The known minima, in the order of [`Objective::critical_points`].
    pub fn minima(&self) -> impl Iterator<Item = CriticalPoint> {
        self.critical_points().iter().copied().filter(|point| point.kind == PointKind::Minimum)
    }

    /// The known critical points.
    pub fn critical_points(&self) -> &[CriticalPoint] {
        self.critical.get_or_init(|| {
            let home = if self.is_univariate {
                self.critical_on_line(HOME.x)
            } else {
                (self.surface.critical)(&self.constants)
            };
            let around = self.known_around.and_then(|place| self.critical_in(View::around(place, REACH)));
            around.map_or_else(|| home.clone(), |around| CriticalPoint::joined(&home, &around))
        })
    }

    /// The critical points of a function of x alone between two places.
    fn critical_on_line(&self, line: (f64, f64)) -> Vec<CriticalPoint> {
        const CELLS: usize = 2048;
        StationarySearch::on_line(|p| self.value_gradient_hessian(p), line, CELLS).certain()
    }
}
