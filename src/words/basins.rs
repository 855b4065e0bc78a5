//! Where the runs from many starts end.

use nalgebra::Vector2;
use thalweg_analysis::runs::basins::{BasinOutcome, Basins};
use thalweg_core::math::within::Within;

/// A group that reaches farther than this part of the length scale from its place is told as lying around it.
const WIDE: f64 = 1.0 / 40.0;
/// The most groups that are told one by one.
const TOLD: usize = 4;

/// The summary in pieces: "143 of 200 end near (1, 1)", "40 near (-2, 3)", "12 diverged", "5 elsewhere";
/// each with the outcome that it tells of, where it is one. Of runs that are not computed yet nothing is told.
pub fn pieces(basins: &Basins) -> Vec<(Option<BasinOutcome>, String)> {
    let groups = basins.groups();
    let told = groups.len().min(if groups.len() == TOLD + 1 { TOLD + 1 } else { TOLD });
    let mut pieces: Vec<(Option<BasinOutcome>, usize, String)> = Vec::new();
    for group in &groups[..told] {
        let near = if group.reach > basins.scale() * WIDE { "around" } else { "near" };
        let place = format!("{near} {}", place(group.place, basins.resolution()));
        pieces.push((Some(BasinOutcome::Group(group.number)), group.count, place));
    }
    let small: usize = groups[told..].iter().map(|group| group.count).sum();
    if small > 0 {
        pieces.push((None, small, format!("in {} smaller groups", groups.len() - told)));
    }
    for (outcome, name) in [
        (BasinOutcome::Diverged, "diverged"),
        (BasinOutcome::Falls, "fall for ever"),
        (BasinOutcome::Alone, "elsewhere"),
    ] {
        if basins.count(outcome) > 0 {
            pieces.push((Some(outcome), basins.count(outcome), name.to_owned()));
        }
    }
    let all = basins.outcomes().len();
    let piece = |(index, (outcome, count, what))| {
        let count = if index > 0 {
            format!("{count}")
        } else if count == all && all > 1 {
            format!("all {all}")
        } else {
            format!("{count} of {all}")
        };
        let verb = match outcome {
            Some(BasinOutcome::Group(_)) | None if index == 0 => " end",
            _ => "",
        };
        (outcome, format!("{count}{verb} {what}"))
    };
    pieces.into_iter().enumerate().map(piece).collect()
}

/// A place in as many digits as tell it from others that are `resolution` away.
fn place(at: Vector2<f64>, resolution: f64) -> String {
    let decimals = if resolution > 0.0 { (-libm::log10(resolution)).ceil() } else { 3.0 };
    let decimals = decimals.within(0.0, 12.0) as usize;
    let number = |value: f64| {
        let text = format!("{value:.decimals$}");
        let text = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        if text == "-0" { "0".to_owned() } else { text.to_owned() }
    };
    format!("({}, {})", number(at.x), number(at.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_analysis::runs::basins::RunEnd;

    fn at(x: f64, y: f64) -> RunEnd {
        RunEnd::At(Vector2::new(x, y))
    }

    fn summary(ends: &[RunEnd], scale: f64) -> String {
        let pieces: Vec<String> =
            pieces(&Basins::group(ends, scale)).into_iter().map(|(_, text)| text).collect();
        pieces.join("; ")
    }

    #[test]
    fn the_summary_counts_everybody() {
        let ends = [
            at(5.0, 5.0),
            at(1.0, 1.0),
            RunEnd::Diverged,
            at(-2.0, 3.0),
            at(1.001, 1.0),
            at(1.0, 0.999),
            RunEnd::Running,
            at(-2.0, 3.001),
        ];
        assert_eq!(summary(&ends, 1.0), "3 of 8 end near (1, 1); 2 near (-2, 3); 1 diverged; 1 elsewhere");
        let chain: Vec<RunEnd> =
            (0..200).map(|i| at(f64::from(i) * 0.0019, f64::from(i % 2) * 0.0001)).collect();
        assert_eq!(summary(&chain, 1.0), "all 200 end around (0.19, 0)");
        let column: Vec<RunEnd> = (0..50).map(|i| at(0.0, f64::from(i) * 0.0021)).collect();
        assert_eq!(summary(&column, 1.0), "all 50 elsewhere");
        assert_eq!(summary(&[], 1.0), "");
        assert_eq!(summary(&[at(1.0, 2.0), at(1.0, 2.0)], f64::NAN), "all 2 end near (1, 2)");
        assert_eq!(summary(&[at(-1e-9, 1e300)], 5e302), "1 of 1 elsewhere");
        let many: Vec<RunEnd> = (0..14).map(|i| at(f64::from(i / 2), -1e-9)).collect();
        let told = summary(&many, 1.0);
        assert!(told.ends_with("2 near (3, 0); 6 in 3 smaller groups"), "{told}");
    }
}
