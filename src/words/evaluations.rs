//! How often a run has evaluated the surface.

use super::text;
use thalweg_core::method::oracle::Evaluations;

/// "40 value and 41 gradient evaluations": those that were made, without the kinds of which there are none.
pub fn made(evaluations: &Evaluations) -> String {
    let counts = [
        (evaluations.values, "value"),
        (evaluations.gradients, "gradient"),
        (evaluations.hessians, "Hessian"),
    ];
    let counted = counts.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = counted.map(|(count, kind)| format!("{} {kind}", text::count(count))).collect();
    let noun = if evaluations.total() == 1 { "evaluation" } else { "evaluations" };
    match told.split_last() {
        None => "no evaluations so far".to_owned(),
        Some((last, [])) => format!("{last} {noun}"),
        Some((last, first)) => format!("{} and {last} {noun}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_evaluated_is_named() {
        let of = |values, gradients, hessians| made(&Evaluations { values, gradients, hessians });
        assert_eq!(of(0, 0, 0), "no evaluations so far");
        assert_eq!(of(0, 1, 0), "1 gradient evaluation");
        assert_eq!(of(0, 59, 0), "59 gradient evaluations");
        assert_eq!(of(1040, 41, 0), "1,040 value and 41 gradient evaluations");
        assert_eq!(of(1, 2, 3), "1 value, 2 gradient and 3 Hessian evaluations");
    }
}
