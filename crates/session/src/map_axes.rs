//! The axes of a map: which settings of a runner it varies, by what the document says of it.

use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::theory::usual;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::description::Group;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_scenario::{MapAxis, MapView};

/// What of a problem a map's sides follow.
#[derive(Clone, Copy, Debug)]
pub struct MapGround {
    /// What is seen of the line, of a function of x alone: the starts that a map varies.
    starts: Option<(f64, f64)>,
    /// The largest curvature at the known minimum nearest to the start, if it is above zero.
    curvature: Option<f64>,
}

impl MapGround {
    /// What a problem in a view gives.
    pub fn of(problem: &Problem, view: View) -> Self {
        let objective = &problem.objective;
        let minimum = objective.nearest_minimum(problem.start);
        let curvature = minimum.map(|minimum| {
            let [_, largest] = Spectrum::of(&objective.value_gradient_hessian(minimum.at).hessian).values;
            largest
        });
        Self {
            starts: objective.is_univariate().then_some(view.x),
            curvature: curvature.filter(|largest| *largest > 0.0 && largest.is_finite()),
        }
    }

    /// What the key of a side names: a number of the optimizer or its schedule, or of a function of x alone, by `x`,
    /// the start.
    pub fn varied(&self, optimizer: &Optimizer, schedule: &Schedule, key: &str) -> Option<Varied> {
        let start = || self.starts.filter(|_| key == Varied::StartX.key()).map(|_| Varied::StartX);
        Varied::setting(optimizer, Some(schedule), key).or_else(start)
    }

    /// All that a side can vary.
    pub fn choices(&self, optimizer: &Optimizer, schedule: &Schedule) -> Vec<Varied> {
        let settings = Varied::settings(optimizer, Some(schedule)).filter(|varied| varied.slider().is_some());
        settings.chain(self.starts.map(|_| Varied::StartX)).collect()
    }

    /// The whole range of what varies, in so many cells: its slider; of starts, what is seen; of the learning rate of
    /// a method whose stability the curvature decides, from far below the edge of gradient descent, 2/λ, to beyond
    /// that of momentum.
    pub fn along(&self, optimizer: &Optimizer, varied: Varied, count: usize) -> Option<SweepAxis> {
        let is_rate = matches!(&varied, Varied::Setting(param, _) if param.key == "lr");
        let obeys = optimizer.group == Group::FirstOrder && optimizer.theory.law().is_some();
        let rates = self
            .curvature
            .filter(|_| is_rate && obeys)
            .map(|largest| [BELOW, BEYOND].map(|part| rounded(part * 2.0 / largest)));
        let rates = rates.map(|[from, to]| (from, to)).filter(|(from, to)| *from > 0.0 && to.is_finite());
        let starts = self.starts.filter(|_| varied == Varied::StartX);
        let (whole, slider) = (rates.or(starts), varied.slider());
        let whole = whole.and_then(|ends| SweepAxis::new(varied.clone(), ends, count));
        whole.or_else(|| SweepAxis::new(varied, slider?, count))
    }
}

/// From which part of the edge of gradient descent a map over learning rates goes to how many times that edge: that of
/// momentum is at most twice as far.
const BELOW: f64 = 1.0 / 200.0;
const BEYOND: f64 = 2.5;

/// A number above zero in one digit.
fn rounded(number: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(number)));
    libm::round(number / unit) * unit
}

/// The sides of a map over the settings of an optimizer and its schedule, of so many columns and rows: those
/// of the document where they make sense for the method, else the usual ones over their whole ranges; of a function of
/// x alone its starts upward.
/// `None` for a method without numbers; one with a single number that leaves the minima where they are has
/// no second side unless it is asked for.
pub fn map_axes(
    map: &MapView,
    (optimizer, schedule): (&Optimizer, &Schedule),
    ground: &MapGround,
    [columns, rows]: [usize; 2],
) -> Option<(SweepAxis, Option<SweepAxis>)> {
    let along = |varied, count| ground.along(optimizer, varied, count);
    let asked = |side: &Option<MapAxis>, count| {
        let side = side.as_ref()?;
        let varied = ground.varied(optimizer, schedule, &side.key)?;
        SweepAxis::new(varied.clone(), (side.from, side.to), count).or_else(|| along(varied, count))
    };
    // Where only the second side is asked for, the first makes way.
    let taken = asked(&map.y, rows).map(|axis| axis.varied().clone());
    let [usual, _] = usual(optimizer);
    let first = usual.into_iter().chain(Varied::settings(optimizer, None));
    let first =
        || first.filter(|varied| Some(varied) != taken.as_ref()).find_map(|varied| along(varied, columns));
    let x = asked(&map.x, columns).or_else(first)?;
    let is_other = |axis: &SweepAxis| axis.varied() != x.varied();
    let start = || ground.starts.and_then(|_| along(Varied::StartX, rows)).filter(is_other);
    let next = || {
        let settings = Varied::settings(optimizer, None).filter(|varied| !varied.moves_minima());
        settings.filter_map(|varied| along(varied, rows)).find(is_other)
    };
    let y = asked(&map.y, rows).filter(is_other).or_else(start).or_else(next);
    Some((x, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::schedules;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;
    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::value::Value;

    type RequestedAxis<'a> = Option<(&'a str, f64, f64)>;

    fn keys(name: &str, x: RequestedAxis, y: RequestedAxis) -> Vec<(&'static str, f64)> {
        keys_on("Constant", name, x, y)
    }

    /// The name, to be compared with words.
    fn named(varied: &Varied) -> &'static str {
        varied.name().into_owned().leak()
    }

    fn keys_on(schedule: &str, name: &str, x: RequestedAxis, y: RequestedAxis) -> Vec<(&'static str, f64)> {
        let side =
            |side: RequestedAxis| side.map(|(key, from, to)| MapAxis { key: key.to_owned(), from, to });
        let map = MapView { x: side(x), y: side(y), ..MapView::default() };
        let of = (optimizers::find(name).expect("known"), schedules::find(schedule).expect("known"));
        let unknown = MapGround { starts: None, curvature: None };
        let sides = map_axes(&map, of, &unknown, [4, 3]);
        let all = sides.into_iter().flat_map(|(x, y)| [Some(x), y]).flatten();
        all.map(|axis| (named(axis.varied()), axis.ends().1)).collect()
    }

    #[test]
    fn a_map_has_the_sides_that_are_asked_for_or_the_usual_ones() {
        assert_eq!(keys("Momentum", None, None), [("lr", 10.0), ("momentum", 0.999)]);
        assert_eq!(keys("SignSgd", None, None), [("lr", 10.0)]);
        // A penalty moves the minimum that the runs are to arrive at.
        assert_eq!(keys("GradientDescent", None, None), [("lr", 10.0)]);
        let asked = keys("GradientDescent", None, Some(("weight_decay", 0.0, 0.5)));
        assert_eq!(asked, [("lr", 10.0), ("weight_decay", 0.5)]);
        assert!(keys("CoordinateDescent", None, None).is_empty());
        let asked = keys("Momentum", Some(("momentum", 0.0, 0.5)), Some(("lr", 0.1, 0.2)));
        assert_eq!(asked, [("momentum", 0.5), ("lr", 0.2)]);
        // The second one alone: the first makes way.
        let second = keys("Momentum", None, Some(("lr", 0.1, 0.2)));
        assert_eq!(second, [("momentum", 0.999), ("lr", 0.2)]);
        // Another method's key, a range that is not accepted, and twice the same.
        assert_eq!(keys("Adam", Some(("momentum", 0.0, 0.5)), None), [("lr", 10.0), ("beta1", 0.999)]);
        assert_eq!(keys("Momentum", Some(("momentum", 0.0, 7.0)), None)[0], ("momentum", 0.999));
        let twice = keys("Momentum", Some(("lr", 0.1, 0.2)), Some(("lr", 0.1, 0.3)));
        assert_eq!(twice, [("lr", 0.2), ("momentum", 0.999)]);
    }

    #[test]
    fn the_numbers_of_a_schedule_vary_where_there_is_one() {
        let total = Some(("schedule.total", 20.0, 80.0));
        let on = keys_on("Cosine", "Momentum", None, total);
        assert_eq!(on, [("lr", 10.0), ("schedule.total", 80.0)]);
        // Not unless it is asked for, on another schedule, or for a method without a learning rate.
        assert_eq!(keys_on("Cosine", "Momentum", None, None)[1].0, "momentum");
        assert_eq!(keys_on("Step", "Momentum", None, total)[1].0, "momentum");
        assert!(keys_on("Cosine", "CoordinateDescent", total, None).is_empty());
    }

    /// From far below the edge of gradient descent to beyond that of momentum, wherever the surface puts them; a method
    /// of scales of its own keeps its slider.
    #[test]
    fn the_ends_of_rates_follow_the_curvature() {
        let mut steep = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
        assert!(steep.set("kappa", Value::Number(1000.0)));
        let steep = Objective::new(&steep);
        let view = View { x: (-1.0, 1.0), y: (-1.0, 1.0) };
        let ground = MapGround::of(&Problem::new(steep, nalgebra::Vector2::new(1.0, 1.0), 10), view);
        let ends = |name: &str| {
            let of = (optimizers::find(name).expect("known"), schedules::find("Constant").expect("known"));
            map_axes(&MapView::default(), of, &ground, [4, 3]).expect("it has numbers").0.ends()
        };
        for name in ["GradientDescent", "Momentum"] {
            let (from, to) = ends(name);
            assert!(
                (from / 1e-5 - 1.0).abs() < 1e-9 && (to / 5e-3 - 1.0).abs() < 1e-9,
                "{name}: {from} {to}"
            );
        }
        assert_eq!(ends("Adam"), (1e-5, 10.0));
    }

    /// Of a function of x alone, over learning rate and start at once.
    #[test]
    fn a_function_of_one_variable_has_its_starts_upward() {
        let parabola = Objective::new(&Chosen::with_defaults(surfaces::find("Parabola").expect("known")));
        assert!(parabola.is_univariate());
        let view = View { x: (-3.0, 2.0), y: (0.0, 5.0) };
        let ground = MapGround::of(&Problem::new(parabola, nalgebra::Vector2::new(1.0, 0.0), 10), view);
        let of = (optimizers::find("Momentum").expect("known"), schedules::find("Constant").expect("known"));
        let axes = |map: &MapView| {
            let (x, y) = map_axes(map, of, &ground, [4, 3]).expect("it has numbers");
            [Some(x), y].map(|axis| axis.map(|axis| (named(axis.varied()), axis.ends())))
        };
        let [Some(("lr", _)), Some(("x", (-3.0, 2.0)))] = axes(&MapView::default()) else {
            panic!("other axes")
        };
        let side = MapAxis { key: "x".to_owned(), from: 0.0, to: 1.0 };
        let [Some(("x", (0.0, 1.0))), Some(("lr", _))] =
            axes(&MapView { x: Some(side), ..MapView::default() })
        else {
            panic!("other axes")
        };
    }
}
