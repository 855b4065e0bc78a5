//! Learning rates as formulas in documents: written and read, in links, in sequences, changed by a line, and their mistakes at
//! their place.

use thalweg_scenario::{Link, LinkOptions, NoFiles, assign, link_of, parse, to_compact_ron, to_ron};

fn document(schedule: &str) -> String {
    format!(
        "(version: 1, surface: Quadratic(), runners: [\n(label: \"to {{schedule.total}}\", optimizer: Momentum(lr: 0.1), schedule: {schedule})])"
    )
}

#[test]
fn a_formula_is_written_and_read_again() {
    for (typed, written) in [
        ("Formula", r#"schedule: Formula(rate: "lr*(1 + cos(pi*min(t, T)/T))/2", total: 300)"#),
        ("Formula(total: 50)", r#"schedule: Formula(rate: "lr*(1 + cos(pi*min(t, T)/T))/2", total: 50)"#),
        (
            r#"Formula(gamma: 0.5, rate: "lr·γ^(t/T)", total: 40)"#,
            r#"schedule: Formula(rate: "lr·γ^(t/T)", total: 40, gamma: 0.5)"#,
        ),
        (r#"Formula(rate: "lr/(1 + t)")"#, r#"schedule: Formula(rate: "lr/(1 + t)")"#),
        (
            r#"Sequence(milestones: [5], parts: [Formula(rate: "lr*t/W", W: 5), Formula(rate: "lr*0.9^t")])"#,
            r#"schedule: Sequence(milestones: [5], parts: [Formula(rate: "lr*t/W", W: 5), Formula(rate: "lr*0.9^t")])"#,
        ),
    ] {
        let scenario = parse(&document(typed)).unwrap_or_else(|told| panic!("{told:?}: {typed}"));
        let text = to_ron(&scenario);
        assert!(text.contains(written), "{text}");
        for text in [text, to_compact_ron(&scenario)] {
            assert!(parse(&text).unwrap_or_else(|told| panic!("{told:?}: {text}")) == scenario, "{text}");
        }
        let link = link_of(&scenario, &LinkOptions::default()).expect("a link");
        assert!(Link::read(&link).document.expect("a document").scenario == scenario, "{link}");
    }
    let scenario = parse(&document("Formula(total: 50)")).expect("a document");
    assert_eq!(scenario.runners[0].name(), "to 50");
}

#[test]
fn a_mistake_in_a_formula_is_told_at_its_character() {
    for (schedule, column, words) in [
        (r#"Formula(rate: "lr*0.9^epoch")"#, 94, "did you mean `t`"),
        (r#"Formula(rate: "lr*cosine(t)")"#, 90, "there is no function `cosine`"),
        ("Formula(rate: lr*t)", 0, ""),
        ("Formula(rate: 0.1)", 86, "takes a formula of the step t in quotes"),
        (r#"Formula(rate: "lr*c", d: 1)"#, 94, "unknown field of `Formula`, `d`"),
        (r#"Formula(rate: "lr", total: 5)"#, 92, "unknown field of `Formula`, `total`"),
        (
            r#"Sequence(milestones: [5], parts: [Constant, Formula(rate: "lr*")])"#,
            134,
            "something is missing",
        ),
    ] {
        let told = parse(&document(schedule)).expect_err(schedule);
        let first = told[0].to_string();
        assert!(first.contains(words), "{schedule}: {first}");
        assert!(column == 0 || first.starts_with(&format!("2:{column}:")), "{schedule}: {first}");
    }
}

#[test]
fn other_names_are_told() {
    for (schedule, words) in
        [("LambdaLR(lr_lambda: 1)", "`Formula`"), ("Formula(lr_lambda: \"lr\")", "`rate`")]
    {
        let told = format!("{:?}", parse(&document(schedule)).expect_err(schedule));
        assert!(told.contains(words), "{schedule}: {told}");
    }
    let classifier = "(version: 1, surface: LogisticRegression(fit_intercept: true), runners: [])";
    let told = format!("{:?}", parse(classifier).expect_err("a regression's alone"));
    assert!(told.contains("a classifier's intercept is fixed"), "{told}");
}

#[test]
fn a_formula_and_its_settings_are_changed_by_a_line() {
    let mut scenario = parse(&document(r#"Formula(rate: "lr*gamma^t", gamma: 0.5)"#)).expect("a document");
    assign(&mut scenario, "schedule.gamma=0.25", &mut NoFiles).expect("a setting");
    assign(&mut scenario, "schedule.rate=lr*gamma^(t/T)", &mut NoFiles).expect("a formula");
    let schedule = &scenario.runners[0].schedule;
    assert_eq!((schedule.number("gamma"), schedule.number("total")), (Some(0.25), Some(300.0)));
    let told = assign(&mut scenario, "schedule.rate=lr*", &mut NoFiles).expect_err("a mistake");
    assert!(told.contains("missing after `*`"), "{told}");
    let mut sequence =
        parse(&document("Sequence(milestones: [5], parts: [Constant, Formula])")).expect("a document");
    assign(&mut sequence, "schedule.2.rate=\"lr/(1 + c*t)\"", &mut NoFiles).expect("a formula");
    assert_eq!(sequence.runners[0].schedule.number("2.c"), Some(1.0));
    assert!(assign(&mut sequence, "schedule.1.rate=lr", &mut NoFiles).is_err());
    assert!(parse(&to_ron(&sequence)).expect("a document") == sequence);
}
