//! Schedules one after another in documents: written and read, in labels, changed by a line, and what is wrong with them.

use thalweg_core::spec::value::Value;
use thalweg_scenario::{Link, LinkOptions, NoFiles, assign, link_of, parse, to_compact_ron, to_ron};

fn document(schedule: &str) -> String {
    format!(
        "(version: 1, surface: Quadratic(), runners: [(label: \"to {{schedule.2.total}}\", \
         optimizer: Momentum(lr: 0.1), schedule: {schedule})])"
    )
}

#[test]
fn sequences_are_written_and_read_again() {
    for (typed, written) in [
        (
            "Sequence(milestones: [5], parts: [LinearWarmup(steps: 5), Cosine(total: 50)])",
            "schedule: Sequence(milestones: [5], parts: [LinearWarmup(steps: 5, start_factor: 0.3333333333333333), \
             Cosine(total: 50, min_factor: 0, hold: false)])",
        ),
        (
            "Sequence(parts: [ReduceOnPlateau(factor: 0.5), OneCycle(cycle_momentum: true), Constant()], \
             milestones: [10, 40])",
            "schedule: Sequence(milestones: [10, 40], parts: [ReduceOnPlateau(factor: 0.5, patience: 10, \
             threshold: 0.0001, threshold_mode: Relative, cooldown: 0, min_factor: 0), OneCycle(total: 300, \
             pct_start: 0.3, div_factor: 25, final_div_factor: 10000, anneal: Cosine, cycle_momentum: true, \
             base_momentum: 0.85, max_momentum: 0.95), Constant()])",
        ),
        ("Sequence", "schedule: Sequence(milestones: [20], parts: [LinearWarmup("),
    ] {
        let scenario = parse(&document(typed)).unwrap_or_else(|told| panic!("{told:?}: {typed}"));
        let text = to_ron(&scenario);
        assert!(text.replace('\n', " ").contains(written), "{text}");
        for text in [text, to_compact_ron(&scenario)] {
            assert!(parse(&text).unwrap_or_else(|told| panic!("{told:?}: {text}")) == scenario, "{text}");
        }
        let link = link_of(&scenario, &LinkOptions::default()).expect("a link");
        assert!(Link::read(&link).document.expect("a document").scenario == scenario, "{link}");
    }
    let scenario = parse(&document("Sequence(milestones: [5], parts: [Constant, Cosine(total: 50)])"));
    assert_eq!(scenario.expect("a document").runners[0].name(), "to 50");
}

#[test]
fn what_is_wrong_with_a_sequence_is_said() {
    for (typed, words) in [
        ("[LinearWarmup(steps: 5), Cosine(total: 50)]", "several in sequence are written `Sequence("),
        ("Sequence(parts: [Cosine()], milestones: [])", "at least two schedules"),
        (
            "Sequence(parts: [Constant, Cosine()], milestones: [5, 9])",
            "a step in `milestones` for each schedule but the first",
        ),
        (
            "Sequence(parts: [Constant, Sequence], milestones: [5])",
            "`Sequence` cannot be a part of `Sequence`",
        ),
        ("Sequence(parts: [Constant, Cosine(total: 0)], milestones: [5])", "`total` takes"),
        ("Sequence(parts: Cosine(), milestones: [5])", "takes the schedules in their order"),
        ("SequentialLR()", "`Sequence`"),
        ("ReduceLROnPlateau(factor: 0.1)", "`ReduceOnPlateau`"),
        ("ReduceOnPlateau(min_lr: 0.1)", "`min_factor`"),
    ] {
        let told = format!("{:?}", parse(&document(typed)).expect_err(typed));
        assert!(told.contains(words), "{typed}: {told}");
    }
}

#[test]
fn settings_of_parts_are_changed_by_a_line() {
    let mut scenario = parse(&document("Sequence")).expect("a document");
    assign(&mut scenario, "schedule.2.total=90", &mut NoFiles).expect("it is there");
    let schedule = &scenario.runners[0].schedule;
    assert_eq!(schedule.number("2.total"), Some(90.0));
    assert_eq!(schedule.parts()[1].values[0], Value::Number(90.0));
    assert!(assign(&mut scenario, "schedule.3.total=90", &mut NoFiles).is_err());
    assert!(assign(&mut scenario, "schedule.milestones=[5, 9]", &mut NoFiles).is_err());
}
