//! Where the runs from many starts end: which of them meet, which diverge, which are left alone.
//! Found from the ends themselves, so that it holds for any surface, its minima known or not.

use nalgebra::Vector2;
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Cause;

/// Ends nearer to each other than this part of the length scale belong together: two pixels of a
/// picture a thousand wide.
const NEAR: f64 = 1.0 / 500.0;
/// Ends this near to the place of a larger group belong to it: what a noisy gradient scatters
/// around a minimum is no other place, and marks so near could not be told apart.
const BESIDE: f64 = 1.0 / 100.0;

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RunEnd {
    /// It is not computed to its end yet.
    Running,
    /// It diverged.
    Diverged,
    /// It left for where f falls for ever.
    Falls,
    /// It ended here, or its steps were used up here.
    At(Vector2<f64>),
}

/// What became of a run, seen among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BasinOutcome {
    /// It is not computed to its end yet.
    Running,
    /// It ended where others did: the number of the group.
    Group(usize),
    /// It diverged.
    Diverged,
    /// It left for where f falls for ever.
    Falls,
    /// It ended where no other did; mostly it was still on its way.
    Alone,
}

impl BasinOutcome {
    /// Whether it left the plane.
    pub fn has_left(self) -> bool {
        matches!(self, Self::Diverged | Self::Falls)
    }
}

/// Runs that end in the same place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basin {
    /// What tells it from the other groups, whatever their counts: see [`Basins::numbered`].
    pub number: usize,
    /// Where: the end that lies nearest to the middle of them.
    pub place: Vector2<f64>,
    /// How many, at least two.
    pub count: usize,
    /// How far from the place the farthest of them lies.
    pub reach: f64,
}

/// The ends of many runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Basins {
    outcomes: Vec<BasinOutcome>,
    groups: Vec<Basin>,
    scale: f64,
}

impl Basins {
    /// The ends of a multi-start's runs, as far as they are computed. `scale` is the length of what is looked at,
    /// say the diagonal of the part of the plane that the starts lie in.
    ///
    /// The groups are [numbered](Self::numbered) by the surface's known minima.
    pub fn of(multi_start: &MultiStart, scale: f64) -> Self {
        let end = |run: &Run| {
            let trajectory = run.trajectory();
            match (trajectory.ending(), trajectory.samples().last()) {
                (Some(ending), Some(_)) if ending.cause.is_divergence() => RunEnd::Diverged,
                (Some(ending), Some(_)) if ending.cause == Cause::FallsForEver => RunEnd::Falls,
                (Some(_), Some(last)) => RunEnd::At(last.position),
                _ => RunEnd::Running,
            }
        };
        let found = Self::group(&multi_start.runs().iter().map(end).collect::<Vec<_>>(), scale);
        found.numbered(multi_start.problem().objective.minima().map(|minimum| minimum.at))
    }

    /// Groups the ends. Two belong together if they are near each other, or if a chain of ends leads
    /// from one to the other; and what lies beside the place of a larger group belongs to that, so
    /// that no chain grows by it. The largest group first; of equal ones that of the first run.
    pub fn group(ends: &[RunEnd], scale: f64) -> Self {
        let scale = if scale.is_finite() && scale > 0.0 { scale } else { 0.0 };
        let mut outcomes: Vec<BasinOutcome> = ends
            .iter()
            .map(|end| match end {
                RunEnd::Running => BasinOutcome::Running,
                RunEnd::Diverged => BasinOutcome::Diverged,
                RunEnd::Falls => BasinOutcome::Falls,
                RunEnd::At(_) => BasinOutcome::Alone,
            })
            .collect();
        let mut clusters = absorbed(chains(ends, scale * NEAR), scale * BESIDE);
        clusters.retain(|cluster| cluster.runs.len() > 1);
        let mut groups = Vec::new();
        for (index, cluster) in clusters.iter().enumerate() {
            groups.push(Basin {
                number: index,
                place: cluster.place,
                count: cluster.runs.len(),
                reach: cluster.reach(ends),
            });
            for run in &cluster.runs {
                outcomes[*run] = BasinOutcome::Group(index);
            }
        }
        Self { outcomes, groups, scale }
    }

    /// With numbers that do not follow the counts: a group at one of these known minima has the number of that, from
    /// 0 in their order; the others are numbered behind them, from left to right and upward.
    #[must_use]
    pub fn numbered(mut self, minima: impl IntoIterator<Item = Vector2<f64>>) -> Self {
        let mut minima: Vec<_> = minima.into_iter().map(Some).collect();
        let known = minima.len();
        // Of two groups beside one minimum the larger is the one there.
        let mut numbers: Vec<_> =
            self.groups.iter().map(|group| self.at_one_of(&mut minima, group)).collect();
        let mut others: Vec<usize> = (0..numbers.len()).filter(|index| numbers[*index].is_none()).collect();
        let place = |index: &usize| self.groups[*index].place;
        others.sort_by(|a, b| {
            let (a, b) = (place(a), place(b));
            a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
        });
        for (behind, index) in others.into_iter().enumerate() {
            numbers[index] = Some(known + behind);
        }
        let renumbered = |index: usize| numbers.get(index).copied().flatten().unwrap_or(index);
        for (index, group) in self.groups.iter_mut().enumerate() {
            group.number = renumbered(index);
        }
        for outcome in &mut self.outcomes {
            if let BasinOutcome::Group(index) = outcome {
                *index = renumbered(*index);
            }
        }
        self
    }

    /// The place of the minimum that the group lies at among those that are still there; it is taken out.
    fn at_one_of(&self, minima: &mut [Option<Vector2<f64>>], group: &Basin) -> Option<usize> {
        let near = (self.scale * BESIDE).max(group.reach);
        let away = |at: &Vector2<f64>| (at - group.place).norm();
        let left = minima.iter().enumerate().filter_map(|(index, at)| Some((index, away(at.as_ref()?))));
        let nearest = left.filter(|(_, away)| *away <= near).min_by(|(_, a), (_, b)| a.total_cmp(b));
        let (index, _) = nearest?;
        minima[index] = None;
        Some(index)
    }

    /// What became of each run, in the runs' order.
    pub fn outcomes(&self) -> &[BasinOutcome] {
        &self.outcomes
    }

    /// The places where runs meet, the most visited first.
    pub fn groups(&self) -> &[Basin] {
        &self.groups
    }

    /// How many runs have this outcome.
    pub fn count(&self, outcome: BasinOutcome) -> usize {
        self.outcomes.iter().filter(|other| **other == outcome).count()
    }

    /// The length of what is looked at; 0 where none was given.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// How near to each other ends are taken for one place.
    pub fn resolution(&self) -> f64 {
        self.scale * NEAR
    }
}

/// Ends that belong together.
struct Cluster {
    /// The end that lies nearest to the middle.
    place: Vector2<f64>,
    /// The runs, ascending.
    runs: Vec<usize>,
}

impl Cluster {
    fn new(runs: Vec<usize>, ends: &[RunEnd]) -> Self {
        // Measured from the first: the sum of far places would lose the digits between them.
        let origin = position(ends[runs[0]]);
        let sum: Vector2<f64> = runs.iter().map(|run| position(ends[*run]) - origin).sum();
        let middle = origin + sum / runs.len() as f64;
        let squared = |p: &Vector2<f64>| (p - middle).norm_squared();
        let places = runs.iter().map(|run| position(ends[*run]));
        let nearest = places.min_by(|a, b| squared(a).total_cmp(&squared(b)));
        Self { place: nearest.unwrap_or(origin), runs }
    }

    fn reach(&self, ends: &[RunEnd]) -> f64 {
        self.runs.iter().map(|run| (position(ends[*run]) - self.place).norm()).fold(0.0, f64::max)
    }
}

fn position(end: RunEnd) -> Vector2<f64> {
    match end {
        RunEnd::At(place) => place,
        RunEnd::Running | RunEnd::Diverged | RunEnd::Falls => Vector2::repeat(f64::NAN),
    }
}

/// Single linkage: clusters of ends that chains of steps of at most `near` join. In the order of
/// their first runs.
fn chains(ends: &[RunEnd], near: f64) -> Vec<Cluster> {
    let mut placed: Vec<(usize, Vector2<f64>)> = ends.iter().map(|end| position(*end)).enumerate().collect();
    placed.retain(|(_, place)| place.x.is_finite() && place.y.is_finite());
    placed.sort_by(|(i, a), (j, b)| a.x.total_cmp(&b.x).then(i.cmp(j)));
    let mut first: Vec<usize> = (0..ends.len()).collect();
    for (index, (run, place)) in placed.iter().enumerate() {
        // Sorted along x: who is too far along x ends the search.
        for (other, at) in placed[index + 1..].iter().take_while(|(_, at)| at.x - place.x <= near) {
            if (at - place).norm() <= near {
                let (a, b) = (root(&mut first, *run), root(&mut first, *other));
                first[a.max(b)] = a.min(b);
            }
        }
    }
    // The members of each cluster lie under its first run.
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); ends.len()];
    placed.sort_by_key(|(run, _)| *run);
    for (run, _) in &placed {
        members[root(&mut first, *run)].push(*run);
    }
    members.retain(|runs| !runs.is_empty());
    members.into_iter().map(|runs| Cluster::new(runs, ends)).collect()
}

/// Lets each cluster, the largest first, take in the smaller ones whose places lie within `beside`
/// of its own. The largest first.
fn absorbed(mut clusters: Vec<Cluster>, beside: f64) -> Vec<Cluster> {
    let largest_first = |clusters: &mut Vec<Cluster>| {
        clusters.sort_by_key(|cluster| (std::cmp::Reverse(cluster.runs.len()), cluster.runs[0]));
    };
    largest_first(&mut clusters);
    let mut kept: Vec<Cluster> = Vec::new();
    for cluster in clusters {
        // One end alone takes in nobody: two of them are no place yet.
        let larger = kept.iter_mut().filter(|other| other.runs.len() > 1);
        let mut near = larger.filter(|other| (other.place - cluster.place).norm() <= beside);
        match near.next() {
            Some(other) => other.runs.extend(cluster.runs),
            None => kept.push(cluster),
        }
    }
    for cluster in &mut kept {
        cluster.runs.sort_unstable();
    }
    largest_first(&mut kept);
    kept
}

/// The first run of the group that `run` belongs to, with the way to it made short.
fn root(first: &mut [usize], run: usize) -> usize {
    let mut root = run;
    while first[root] != root {
        first[root] = first[first[root]];
        root = first[root];
    }
    root
}

#[cfg(test)]
mod tests {
    use super::BasinOutcome::{Alone, Diverged, Falls, Group, Running};
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::run::problem::Problem;
    use thalweg_core::run::run_spec::RunSpec;
    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::value::Value;

    fn at(x: f64, y: f64) -> RunEnd {
        RunEnd::At(Vector2::new(x, y))
    }

    #[test]
    fn a_minimum_keeps_its_number_whatever_the_counts() {
        let minima = [Vector2::new(3.0, 2.0), Vector2::new(-3.0, 2.0), Vector2::new(0.0, -3.0)];
        // Two known minima, and two places that are none, of which the left one comes first.
        let places = [at(3.0, 2.0), at(-3.0, 2.0), at(7.0, 7.0), at(6.0, 9.0)];
        for counts in [[5, 9, 7, 2], [9, 5, 2, 8]] {
            let ends: Vec<RunEnd> =
                places.into_iter().zip(counts).flat_map(|(end, count)| vec![end; count]).collect();
            let found = Basins::group(&ends, 10.0).numbered(minima);
            let number = |place: RunEnd| {
                let group = found.groups().iter().find(|group| RunEnd::At(group.place) == place);
                group.map(|group| group.number)
            };
            assert_eq!(places.map(number), [Some(0), Some(1), Some(4), Some(3)], "{counts:?}");
            let last = found.outcomes().last();
            assert_eq!((found.outcomes()[0], last), (Group(0), Some(&Group(3))), "{counts:?}");
            assert_eq!(found.count(Group(3)), counts[3]);
        }
        // A minimum is one group's: of what lies beside it, the larger.
        let ends = [at(3.0, 2.0), at(3.0, 2.0), at(3.0, 2.0), at(3.09, 2.0), at(3.09, 2.0)];
        let found = Basins::group(&ends, 4.0).numbered(minima);
        assert_eq!(found.outcomes(), [Group(0), Group(0), Group(0), Group(3), Group(3)]);
    }

    #[test]
    fn groups_are_ordered_and_the_rest_is_told_apart() {
        let ends = [
            at(5.0, 5.0),
            at(1.0, 1.0),
            RunEnd::Diverged,
            at(-2.0, 3.0),
            at(1.001, 1.0),
            at(1.0, 0.999),
            RunEnd::Running,
            at(-2.0, 3.001),
            RunEnd::Falls,
        ];
        let ends = Basins::group(&ends, 1.0);
        let expected = [Alone, Group(0), Diverged, Group(1), Group(0), Group(0), Running, Group(1), Falls];
        assert_eq!(ends.outcomes(), expected);
        let counts: Vec<usize> = ends.groups().iter().map(|group| group.count).collect();
        assert_eq!(counts, [3, 2]);
        assert_eq!(ends.groups()[0].place, Vector2::new(1.0, 1.0));
        assert!((ends.groups()[0].reach - 0.001).abs() < 1e-12);
        let alone = [BasinOutcome::Diverged, BasinOutcome::Alone, BasinOutcome::Running];
        assert_eq!(alone.map(|outcome| ends.count(outcome)), [1, 1, 1]);
    }

    /// Single linkage: near in a chain is together, near along one axis alone is not.
    #[test]
    fn chains_belong_together_and_the_order_does_not_matter() {
        let mut ends: Vec<RunEnd> =
            (0..200).map(|i| at(f64::from(i) * 0.0019, f64::from(i % 2) * 0.0001)).collect();
        assert_eq!(Basins::group(&ends, 1.0).groups()[0].count, 200);
        ends.reverse();
        let reversed = Basins::group(&ends, 1.0);
        assert_eq!((reversed.groups().len(), reversed.groups()[0].count), (1, 200));
        let column: Vec<RunEnd> = (0..50).map(|i| at(0.0, f64::from(i) * 0.0021)).collect();
        assert_eq!(Basins::group(&column, 1.0).count(BasinOutcome::Alone), 50);
    }

    #[test]
    fn odd_input_is_borne() {
        assert_eq!(Basins::group(&[], 1.0).outcomes(), []);
        assert_eq!(Basins::group(&[at(f64::NAN, 0.0), at(f64::INFINITY, 0.0)], 1.0).groups(), []);
        assert_eq!(Basins::group(&[at(1.0, 2.0), at(1.0, 2.0)], f64::NAN).groups()[0].count, 2);
        assert_eq!(Basins::group(&[at(-1e-9, 1e300)], 5e302).outcomes(), [BasinOutcome::Alone]);
        let far = [at(1e300, -1e300), at(1e300, -1e300), at(-1e300, 0.0)];
        assert_eq!(Basins::group(&far, 1.0).outcomes()[2], BasinOutcome::Alone);
        let many: Vec<RunEnd> = (0..14).map(|i| at(f64::from(i / 2), -1e-9)).collect();
        let counts: Vec<usize> = Basins::group(&many, 1.0).groups().iter().map(|group| group.count).collect();
        assert_eq!(counts, [2; 7]);
    }

    /// What noise scatters around a place belongs to it, but does not make it grow on and on.
    #[test]
    fn a_group_takes_in_what_lies_beside_it() {
        let mut ends = vec![at(0.0, 0.0); 10];
        ends.extend([at(0.009, 0.0), at(0.0, -0.008), at(0.0, -0.008), at(0.018, 0.0), at(0.027, 0.0)]);
        let ends = Basins::group(&ends, 1.0);
        assert_eq!((ends.groups()[0].count, ends.count(BasinOutcome::Alone)), (13, 2));
        assert_eq!((ends.groups().len(), ends.groups()[0].place), (1, Vector2::zeros()));
    }

    /// The basins of Himmelblau's four minima, found from the runs alone.
    #[test]
    fn the_minima_of_a_surface_are_found_by_its_runs() {
        let surface = Chosen::with_defaults(surfaces::find("Himmelblau").expect("a known surface"));
        let problem = Problem::new(Objective::new(&surface), Vector2::zeros(), 2000);
        let mut optimizer = Chosen::with_defaults(optimizers::find("GradientDescent").expect("known"));
        assert!(optimizer.set("lr", Value::Number(0.005)));
        let starts = (0..100).map(|i| [f64::from(i % 10) - 4.6, f64::from(i / 10) - 4.4]);
        let mut multi_start = MultiStart::new(problem, RunSpec::from(&optimizer), starts);
        assert_eq!(Basins::of(&multi_start, 10.0).count(BasinOutcome::Running), 100);
        multi_start.advance(|| false);
        let ends = Basins::of(&multi_start, 10.0);
        assert_eq!(ends.groups().len(), 4, "{:?}", ends.groups());
        let minima = swarm_minima();
        for group in ends.groups() {
            assert!(minima.iter().any(|minimum| (minimum - group.place).norm() < 1e-3), "{group:?}");
        }
        assert!(ends.groups().windows(2).all(|pair| pair[0].count >= pair[1].count));
    }

    fn swarm_minima() -> [Vector2<f64>; 4] {
        [(3.0, 2.0), (-2.805_118, 3.131_313), (-3.779_310, -3.283_186), (3.584_428, -1.848_127)]
            .map(|(x, y)| Vector2::new(x, y))
    }
}
