//! The axes of a map: which settings of a runner it varies, by what the document says of it.

use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::theory::usual;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_scenario::{MapAxis, MapView};

/// The sides of a map over the settings of an optimizer and its schedule, of so many columns and rows: those
/// of the document where they make sense for the method, else the usual ones over their whole sliders.
/// `None` for a method without numbers; one with a single number that leaves the minima where they are has
/// no second side unless it is asked for.
pub fn map_axes(
    map: &MapView,
    (optimizer, schedule): (&Optimizer, &Schedule),
    [columns, rows]: [usize; 2],
) -> Option<(SweepAxis, Option<SweepAxis>)> {
    let asked = |side: &Option<MapAxis>, count| {
        let side = side.as_ref()?;
        let varied = Varied::setting(optimizer, Some(schedule), &side.key)?;
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
    let next = || {
        let settings = Varied::settings(optimizer, None).filter(|varied| !varied.moves_minima());
        settings.filter_map(|varied| along(varied, rows)).find(is_other)
    };
    let y = asked(&map.y, rows).filter(is_other).or_else(next);
    Some((x, y))
}

/// The whole slider of a setting, in so many cells.
pub fn along(varied: Varied, count: usize) -> Option<SweepAxis> {
    let slider = varied.slider()?;
    SweepAxis::new(varied, slider, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::schedules;

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
        let sides = map_axes(&map, of, [4, 3]);
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
}
