//! How far to go along a direction: backtracking, the exact minimiser, the strong Wolfe conditions.
//!
//! These loops end when the numbers say so, not after a fixed count. They are therefore written
//! for plain `f64`, unlike everything that a [`Method`](super::step::Method) does. Whatever
//! they are given they come to an end: each has a bound on its trials.

use super::oracle::Oracle;
use crate::math::number::Number;
use crate::math::within::Within;
use nalgebra::Vector2;

/// The backtracking search of Armijo: the first a = `alpha0`, `alpha0`·`shrink`, ... at which f has
/// fallen by `c1` of what the slope promises, f(x + a·d) <= f(x) + c1·a·g·d. Source: Nocedal and
/// Wright, Numerical Optimization (2006), algorithm 3.1.
#[derive(Clone, Copy, Debug)]
pub struct Armijo {
    /// The first trial.
    pub alpha0: f64,
    /// The ratio of one trial to the one before.
    pub shrink: f64,
    /// The share of the promised decrease that is asked for.
    pub c1: f64,
}

impl Armijo {
    /// Where the step from `origin` along `direction` ends. None if the direction does not lead down, or if no step
    /// long enough to change the position brings the decrease: near a minimum rounding hides it.
    pub fn step<L: Oracle<f64>>(
        &self,
        oracle: &L,
        origin: Vector2<f64>,
        gradient: Vector2<f64>,
        direction: Vector2<f64>,
    ) -> Option<Vector2<f64>> {
        let (value, slope) = (oracle.value(origin), gradient.dot(&direction));
        if !(slope < 0.0 && slope.is_finite()) || value.is_nan() {
            return None;
        }
        let mut a = self.alpha0;
        loop {
            let trial = origin + direction * a;
            if trial == origin {
                return None;
            }
            if oracle.value(trial) <= value + self.c1 * a * slope {
                return Some(trial);
            }
            // A shrinking factor below 1 reaches zero, where the trial is the origin.
            a *= self.shrink;
        }
    }
}

/// The derivatives of f along a ray.
#[derive(Clone, Copy, Debug)]
struct Bend {
    a: f64,
    slope: f64,
    curvature: f64,
}

/// The points origin + a·direction. Its direction's larger component is 1 or -1, so that `a` is a
/// distance in the plane.
struct Ray<'a, L> {
    oracle: &'a L,
    origin: Vector2<f64>,
    direction: Vector2<f64>,
}

impl<L: Oracle<f64>> Ray<'_, L> {
    fn at(&self, a: f64) -> Vector2<f64> {
        self.origin + self.direction * a
    }

    fn value(&self, a: f64) -> f64 {
        self.oracle.value(self.at(a))
    }

    fn slope(&self, a: f64) -> f64 {
        self.oracle.gradient(self.at(a)).dot(&self.direction)
    }

    fn bend(&self, a: f64) -> Bend {
        let (p, d) = (self.at(a), self.direction);
        let (gradient, hessian) = (self.oracle.gradient(p), self.oracle.hessian(p));
        Bend { a, slope: gradient.dot(&d), curvature: d.dot(&(hessian * d)) }
    }

    /// How long an interval from `a` may be where nothing is to be seen of what is ahead: no more than half of the way
    /// to an axis that lies ahead, but 1/2 always.
    fn half_way(&self, a: f64) -> f64 {
        let half =
            |p: f64, d: f64| if p * d < 0.0 { Number::maximum(-0.5 * p / d, 0.5) } else { f64::INFINITY };
        let (p, d) = (self.at(a), self.direction);
        Number::minimum(half(p.x, d.x), half(p.y, d.y))
    }

    /// The last point before f rises, between `low` and `high`, at both of which the slope is below zero though f is
    /// no lower at the second: between them is a pole, a jump, or a dent.
    fn before_rise(&self, mut low: Bend, mut high: Bend) -> f64 {
        let value = self.value(low.a);
        for _ in 0..ZERO_TRIALS {
            let middle = f64::midpoint(low.a, high.a);
            if middle == low.a || middle == high.a {
                break;
            }
            let here = self.bend(middle);
            if here.slope >= 0.0 {
                return self.zero(low, here);
            }
            if self.value(middle) < value {
                low = here;
            } else {
                high = here;
            }
        }
        low.a
    }

    /// The zero of the slope between `low`, where it is below zero, and `high`, where it is not:
    /// Newton's method, and bisection wherever that leaves the bracket or gains too little.
    /// Source: Press et al., Numerical Recipes (2007), section 9.4.
    fn zero(&self, mut low: Bend, mut high: Bend) -> f64 {
        let steepest = Number::maximum(-low.slope, high.slope);
        let mut here = if -low.slope < high.slope { low } else { high };
        let mut moved = high.a - low.a;
        for _ in 0..ZERO_TRIALS {
            let step = here.slope / here.curvature;
            // As near as the slope's own rounding can tell: to go on would be to bisect noise. Beside a pole the
            // curvature is such that every step is short.
            let is_near = Number::abs(step) <= 4.0 * f64::EPSILON * Number::abs(here.a);
            if is_near && Number::abs(here.slope) <= steepest {
                break;
            }
            let newton = here.a - step;
            let gains = 2.0 * Number::abs(newton - here.a) <= moved;
            let next = if newton > low.a && newton < high.a && gains {
                newton
            } else {
                f64::midpoint(low.a, high.a)
            };
            moved = Number::abs(next - here.a);
            here = self.bend(next);
            if here.slope == 0.0 || moved <= f64::EPSILON * Number::abs(next) {
                break;
            }
            if here.slope < 0.0 {
                low = here;
            } else {
                high = here;
            }
        }
        here.a
    }
}

/// The cubic with the slopes and curvatures of both ends of an interval, over t from 0 to 1.
struct Cubic([f64; 4]);

impl Cubic {
    fn between(left: &Bend, right: &Bend) -> Self {
        let width = right.a - left.a;
        let (rise, first, last) = (right.slope - left.slope, left.curvature * width, right.curvature * width);
        Self([left.slope, first, 3.0 * rise - 2.0 * first - last, first + last - 2.0 * rise])
    }

    fn at(&self, t: f64) -> f64 {
        let Self([a, b, c, d]) = *self;
        a + t * (b + t * (c + t * d))
    }

    /// Where it turns within the interval, in order.
    fn turns(&self) -> impl Iterator<Item = f64> + use<> {
        let Self([_, b, c, d]) = *self;
        // b + 2c·t + 3d·t² = 0, without cancellation.
        let root = Number::sqrt(c * c - 3.0 * b * d);
        let sum = if c < 0.0 { -c + root } else { -c - root };
        let (one, other) = (sum / (3.0 * d), b / sum);
        let ordered = if other < one { [other, one] } else { [one, other] };
        ordered.into_iter().filter(|t| *t > 0.0 && *t < 1.0)
    }
}

/// How many intervals are looked at before a ray is given up, and how often in a row one is halved.
const INTERVALS: u32 = 300;
const HALVINGS: u32 = 12;
const ZERO_TRIALS: u32 = 120;
/// The first interval is no longer than this, in units of the origin's distance if that is above 1.
const FIRST_INTERVAL: f64 = 0.5;
/// How well the cubic must foretell the slope inside an interval, as a share of the largest slope; and of the change of
/// the slope, before the interval is left behind.
const FORETOLD: f64 = 0.05;
/// Where the cubic is looked at: two places without a simple ratio, so that no period can hide from both.
const PLACES: [f64; 2] = [0.381_966, 0.723_607];
/// A slope is known to this part of itself, about.
const SLOPE_ROUNDING: f64 = 1e-12;
/// A slope that changes by less than this part of itself shows nothing of what is ahead.
const STRAIGHT: f64 = 1e-9;

/// The exact line search: the **first** local minimiser of f along the ray from `origin` in
/// `direction`, to the last digit that the slope along the ray can tell.
///
/// It walks along the ray in intervals on which a cubic through slopes and curvatures of the ends
/// foretells the slope at two points inside: on a polynomial of degree 4 or less always, elsewhere
/// once the interval is short enough to have seen every bend. Within the first interval where the
/// slope ceases to be negative its zero is found. An interval without one is left behind if the cubic
/// foretells even how the slope changes in it: a pole is seen from far by that. Where the slope hardly
/// changes, an axis that lies ahead is come to in ever shorter intervals, as numbers lie ever denser.
/// A dent narrower than all that may be missed.
///
/// None if the direction does not lead down. Where f falls for ever there is no minimiser: the point where the
/// numbers end is returned, so that the run is seen to leave.
pub fn exact<L: Oracle<f64>>(
    oracle: &L,
    origin: Vector2<f64>,
    direction: Vector2<f64>,
) -> Option<Vector2<f64>> {
    let size = Number::maximum(Number::abs(direction.x), Number::abs(direction.y));
    if !(size > 0.0 && size.is_finite()) {
        return None;
    }
    let ray = Ray { oracle, origin, direction: direction / size };
    let mut left = ray.bend(0.0);
    if !(left.slope < 0.0 && left.slope.is_finite()) {
        return None;
    }
    // A model whose minimiser is no other point than this one has nothing to search for: near a
    // minimum the slopes along the ray are all rounding.
    let model = -left.slope / left.curvature;
    if model > 0.0 && ray.at(model) == origin {
        return None;
    }
    // Beyond the minimiser if the curvature stays what it is, so that a bowl is solved at once.
    let guess = -1.5 * left.slope / left.curvature;
    let distance = Number::maximum(Number::abs(origin.x), Number::abs(origin.y));
    let most = FIRST_INTERVAL * Number::maximum(distance, 1.0);
    let mut width = if guess > 0.0 { Number::minimum(guess, most) } else { most };
    // Each interval that is foretold makes the next one bolder: twice, four times, ... as long.
    let mut stretch = 2.0;
    let mut halvings = 0;
    for _ in 0..INTERVALS {
        let right = ray.bend(left.a + width);
        let end = ray.at(right.a);
        // The slope of a plane is finite even where numbers end.
        let finite =
            right.slope.is_finite() && right.curvature.is_finite() && end.x.is_finite() && end.y.is_finite();
        let cubic = Cubic::between(&left, &right);
        let steepest = Number::maximum(Number::abs(left.slope), Number::abs(right.slope));
        let (mut smooth, mut missed) = (finite, 0.0);
        for t in PLACES {
            if smooth {
                let found = ray.slope(left.a + width * t);
                let miss = Number::abs(found - cubic.at(t));
                smooth = miss <= FORETOLD * Number::maximum(Number::abs(found), steepest);
                missed = Number::maximum(missed, miss);
            }
        }
        if !smooth && halvings < HALVINGS {
            width *= 0.5;
            stretch = 2.0;
            halvings += 1;
            continue;
        }
        if !finite {
            break;
        }
        // The slope may rise above zero and fall below again within the interval.
        let mut before = left;
        for stop in cubic.turns().map(|t| ray.bend(left.a + width * t)).chain([right]) {
            if stop.slope >= 0.0 {
                let end = ray.at(ray.zero(before, stop));
                return (end != origin).then_some(end);
            }
            before = stop;
        }
        let bends = [left.curvature * width, right.curvature * width, right.slope - left.slope];
        let change = bends.map(Number::abs).into_iter().fold(0.0, Number::maximum);
        let follows = smooth && missed <= FORETOLD * change + SLOPE_ROUNDING * steepest;
        if !follows && halvings < HALVINGS {
            width *= 0.5;
            stretch = 2.0;
            halvings += 1;
            continue;
        }
        let half_way = ray.half_way(left.a);
        if change <= STRAIGHT * steepest && width > half_way {
            width = half_way;
            continue;
        }
        if !follows && ray.value(right.a) >= ray.value(left.a) {
            left.a = ray.before_rise(left, right);
            break;
        }
        left = right;
        width *= stretch;
        // At a kink, or where all slopes are rounding errors, no interval is short enough: the next
        // ones are taken as they are until one is smooth again.
        if smooth {
            stretch *= 2.0;
            halvings = 0;
        }
    }
    (left.a > 0.0).then(|| ray.at(left.a))
}

/// A point that the strong Wolfe search has looked at.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// The step length.
    pub a: f64,
    /// The point there.
    pub position: Vector2<f64>,
    /// f there.
    pub value: f64,
    /// The gradient there.
    pub gradient: Vector2<f64>,
    /// The slope along the direction there.
    pub slope: f64,
}

impl Trial {
    fn at<L: Oracle<f64>>(oracle: &L, origin: Vector2<f64>, direction: Vector2<f64>, a: f64) -> Self {
        let position = origin + direction * a;
        let gradient = oracle.gradient(position);
        Self { a, position, value: oracle.value(position), gradient, slope: gradient.dot(&direction) }
    }

    fn is_finite(&self) -> bool {
        self.value.is_finite() && self.slope.is_finite()
    }
}

/// The minimiser of the cubic with the values and slopes of two points (Nocedal and Wright,
/// equation 3.59); NaN where it has none.
fn cubic_minimiser(p: &Trial, q: &Trial) -> f64 {
    let width = q.a - p.a;
    let one = p.slope + q.slope - 3.0 * (q.value - p.value) / width;
    let root = Number::sqrt(one * one - p.slope * q.slope);
    let two = if width < 0.0 { -root } else { root };
    q.a - width * ((q.slope + two - one) / (q.slope - p.slope + 2.0 * two))
}

const EXTRAPOLATIONS: u32 = 60;
const INTERPOLATIONS: u32 = 60;

/// Where a Wolfe search begins, and what is known there already.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The point.
    pub position: Vector2<f64>,
    /// f there.
    pub value: f64,
    /// The gradient there.
    pub gradient: Vector2<f64>,
}

/// The search for the strong Wolfe conditions: f has fallen enough,
/// f(x + a·d) <= f(x) + c1·a·g·d, and so has the slope, |∇f(x + a·d)·d| <= c2·|g·d|. Source: Nocedal
/// and Wright, algorithms 3.5 and 3.6, with cubic interpolation; extrapolation goes 1.1 to 4 times
/// the last advance further, as in Moré and Thuente, ACM TOMS 20 (1994), 286-307.
#[derive(Clone, Copy, Debug)]
pub struct Wolfe {
    /// The share of the promised decrease that is asked for.
    pub c1: f64,
    /// The share of the slope that may be left.
    pub c2: f64,
}

impl Wolfe {
    /// A point from `origin` along `direction` that meets both conditions, trying the step length `first` first.
    /// `None` if the direction does not lead down, or if none is found before the
    /// numbers can tell no more points apart: near a minimum rounding hides the decrease.
    ///
    /// Where f falls ever more steeply there is no such point either; then the far point at which
    /// the search gave up is returned, so that the run is seen to diverge.
    pub fn search<L: Oracle<f64>>(
        &self,
        oracle: &L,
        origin: Origin,
        direction: Vector2<f64>,
        first: f64,
    ) -> Option<Trial> {
        let Origin { position, value, gradient } = origin;
        let start = Trial { a: 0.0, position, value, gradient, slope: gradient.dot(&direction) };
        if !(start.slope < 0.0 && start.is_finite()) {
            return None;
        }
        let search = Search { wolfe: *self, oracle, direction, start };
        let (mut before, mut here) = (start, search.trial(first));
        for _ in 0..EXTRAPOLATIONS {
            if search.is_high(&here, &before) {
                return search.between(before, here);
            }
            if search.is_flat(&here) {
                return Some(here);
            }
            if here.slope >= 0.0 {
                return search.between(here, before);
            }
            let advance = here.a - before.a;
            let (near, far) = (here.a + 1.1 * advance, here.a + 4.0 * advance);
            let next = cubic_minimiser(&before, &here);
            let next = if next > near && next < far {
                next
            } else if next <= near && next > here.a {
                near
            } else {
                far
            };
            (before, here) = (here, search.trial(next));
        }
        Some(here)
    }
}

/// One search of [`Wolfe`].
struct Search<'a, L> {
    wolfe: Wolfe,
    oracle: &'a L,
    direction: Vector2<f64>,
    start: Trial,
}

impl<L: Oracle<f64>> Search<'_, L> {
    fn trial(&self, a: f64) -> Trial {
        Trial::at(self.oracle, self.start.position, self.direction, a)
    }

    /// Whether a minimiser lies before `here`: f has not fallen enough, or not below `before`.
    fn is_high(&self, here: &Trial, before: &Trial) -> bool {
        let allowed = self.start.value + self.wolfe.c1 * here.a * self.start.slope;
        !here.is_finite() || here.value > allowed || (before.a > 0.0 && here.value >= before.value)
    }

    fn is_flat(&self, here: &Trial) -> bool {
        Number::abs(here.slope) <= -self.wolfe.c2 * self.start.slope
    }

    /// Algorithm 3.6: `low` has fallen enough and is the lowest so far, and at `low` the slope
    /// leads down towards `high`.
    fn between(&self, mut low: Trial, mut high: Trial) -> Option<Trial> {
        for round in 0..INTERPOLATIONS {
            let width = high.a - low.a;
            let part = (cubic_minimiser(&low, &high) - low.a) / width;
            // Not too near an end; and now and then bisection, so that the bracket must shrink.
            let part = if part.is_nan() || round % 3 == 2 { 0.5 } else { part.within(0.1, 0.9) };
            let here = self.trial(low.a + width * part);
            if here.position == low.position || here.position == high.position {
                return None;
            }
            // What `low` has already met, `here` must improve on, also where `low` is the start.
            if self.is_high(&here, &low) || here.value >= low.value {
                high = here;
                continue;
            }
            if self.is_flat(&here) {
                return Some(here);
            }
            if here.slope * width >= 0.0 {
                high = low;
            }
            low = here;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::surfaces;
    use crate::formula::parsed_formula::ParsedFormula;
    use crate::objective::derivatives::ValueGradient;
    use crate::objective::objective::Objective;

    use crate::spec::chosen::Chosen;
    use crate::spec::value::Value;

    fn objective(name: &str) -> Objective {
        Objective::new(&Chosen::with_defaults(surfaces::find(name).expect(name)))
    }

    /// Rastrigin's f along an axis is x² - 10 cos(2πx) + const: a minimum near every whole number k, and a
    /// maximum some k/200 outside of each half.
    #[test]
    fn exact_search_finds_the_first_minimiser() {
        let objective = objective("Rastrigin");
        for (from, first) in [(4.4, 4.0), (3.6, 4.0), (0.51, 1.0), (-2.53, -3.0), (-2.49, -2.0)] {
            for scale in [1e-3, 1.0, 1e6] {
                let origin = Vector2::new(from, 0.0);
                let direction = -objective.value_gradient(origin).gradient * scale;
                let end = exact(&objective, origin, direction).expect("it leads down");
                assert!((end.x - first).abs() < 0.03 && end.y == 0.0, "{from}: {end}");
                assert!(objective.value_gradient(end).gradient.x.abs() < 1e-11, "{from}: {end}");
            }
        }
    }

    fn typed(text: &str) -> Objective {
        let mut formula = Chosen::with_defaults(surfaces::find("Formula").expect("known"));
        let f = ParsedFormula::read(text).expect(text);
        assert!(formula.set("f", Value::Formula(f)), "{text}");
        Objective::new(&formula)
    }

    /// What lies before a pole is found from far away, and nothing beyond it.
    #[test]
    fn exact_search_steps_across_no_pole() {
        for (text, pole, first) in [
            ("x + 1/x + y^2", 0.0, 1.0),
            ("4*x + 9/x", 0.0, 1.5),
            ("x^2/2 + 8/x", 0.0, 2.0),
            ("x + 1/(3*x^3)", 0.0, 1.0),
            ("x - 3 + 1/(x - 3)", 3.0, 4.0),
            ("(x + 1) + 1/(x + 1)", -1.0, 0.0),
            ("x - log(x)", 0.0, 1.0),
        ] {
            let objective = typed(text);
            for from in [3.7, 20.0, 1500.0, 4e5, 1e9] {
                let end = exact(&objective, Vector2::new(from + pole, 0.0), -Vector2::x()).expect(text);
                assert!((end.x - first).abs() < 1e-6, "{text} from {from}: {end}");
            }
        }
        // On the other side f falls without bound, or falls into the pole.
        for (text, from, pole) in [("x + 1/x", -5.0, 0.0), ("-1/x^2 + x", 4.0, 0.0), ("1/x - x", -0.4, 0.0)] {
            let objective = typed(text);
            let origin = Vector2::new(from, 0.0);
            let direction = -objective.value_gradient(origin).gradient;
            let end = exact(&objective, origin, direction).expect(text);
            let (here, there) = (objective.value(origin), objective.value(end));
            assert!((end.x - pole) * (from - pole) >= 0.0 && there < here, "{text}: {end}, f = {there}");
        }
    }

    #[test]
    fn a_step_that_cannot_be_made_is_not_made() {
        let objective = objective("Quadratic");
        let origin = Vector2::new(1.0, 1.0);
        let gradient = objective.value_gradient(origin).gradient;
        let armijo = Armijo { alpha0: 1.0, shrink: 0.5, c1: 1e-4 };
        let wolfe = Wolfe { c1: 1e-4, c2: 0.9 };
        for direction in [gradient, Vector2::zeros(), gradient * f64::NAN, gradient * f64::INFINITY] {
            assert_eq!(exact(&objective, origin, direction), None);
            assert_eq!(armijo.step(&objective, origin, gradient, direction), None);
            let value = objective.value(origin);
            let known = Origin { position: origin, value, gradient };
            assert!(wolfe.search(&objective, known, direction, 1.0).is_none());
        }
    }

    #[test]
    fn a_ray_without_a_minimiser_is_followed_out_of_bounds() {
        let objective = objective("Saddle");
        let (origin, direction) = (Vector2::new(0.0, 1.0), Vector2::y());
        assert!(exact(&objective, origin, direction).is_some_and(|end| end.y > 1e12));
        let ValueGradient { value, gradient } = objective.value_gradient(origin);
        let known = Origin { position: origin, value, gradient };
        let found = Wolfe { c1: 1e-4, c2: 0.9 }.search(&objective, known, direction, 1.0);
        assert!(found.is_some_and(|trial| trial.position.y > 1e12));
    }
}
