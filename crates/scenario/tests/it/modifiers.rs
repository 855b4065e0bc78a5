//! Modifiers in documents: written and read, in links and labels, changed by a line, and what is wrong at its place.

use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    Link, LinkOptions, NoFiles, assign, link_of, parse, to_compact_ron, to_ron, undo_words,
};
use thalweg_testing::modifier_lists;

const DOCUMENT: &str = r#"(version: 1, surface: Quadratic(), runners: [
    (label: "at most {with.ClipNorm.max}", optimizer: Adam(lr: 0.1), with: [ClipNorm(max: 0.5), WeightDecay(form: Decoupled)]),
    (optimizer: Rule(step: "x = x - lr*g", lr: 0.1), with: [Average()]),
    (optimizer: GradientDescent(lr: 0.1)),
])"#;

#[test]
fn modifiers_are_written_and_read_again() {
    let mut scenario = parse(DOCUMENT).expect("a document");
    let names: Vec<_> = scenario.runners.iter().map(|runner| runner.name().into_owned()).collect();
    assert_eq!(names, ["at most 0.5", "own rule + average", "gradient descent"]);
    assert!(
        to_ron(&scenario).contains(
            "with: [ClipNorm(max: 0.5, eps: 1e-6), WeightDecay(weight_decay: 0.01, form: Decoupled)]"
        )
    );
    assert_eq!(to_ron(&scenario).matches("with:").count(), 2);
    for list in modifier_lists() {
        scenario.runners[2].optimizer = scenario.runners[2].optimizer.under(&list);
        for text in [to_ron(&scenario), to_compact_ron(&scenario)] {
            let again = parse(&text).unwrap_or_else(|told| panic!("{told:?}: {text}"));
            assert!(again == scenario, "{text}");
            assert_eq!(to_ron(&again), to_ron(&scenario));
        }
        let link = link_of(&scenario, &LinkOptions::default()).expect("a link");
        assert!(Link::read(&link).document.expect("a document").scenario == scenario, "{link}");
    }
}

#[test]
fn what_is_wrong_with_modifiers_is_said_at_its_place() {
    let check = |with: &str, words: &[&str]| {
        let (before, after) = with.split_once('»').expect("a place");
        let text = format!(
            "(version: 1, surface: Quadratic(), runners: [\n(optimizer: Adam(), with: {before}{after})])"
        );
        let told = parse(&text).expect_err(with)[0].to_string();
        let column = "(optimizer: Adam(), with: ".chars().count() + before.chars().count() + 1;
        assert!(told.starts_with(&format!("2:{column}:")), "{with}: {told}");
        assert!(words.iter().all(|words| told.contains(words)), "{with}: {told}");
    };
    check("»ClipNorm()", &["`with` takes modifiers in the order in which they act"]);
    check("[»ClipNrm()]", &["unknown modifier `ClipNrm`", "did you mean `ClipNorm`"]);
    check("[»SAM()]", &["`Sharpness`"]);
    check("[ClipNorm(max: »0)]", &["`max` takes a finite number above 0"]);
    check("[ClipNorm(»mx: 1)]", &["`mx`", "max, eps"]);
    check("[Ascent(), »Average(), Ascent()]", &["comes last"]);
    check("[»Box(x_min: 3)]", &["`x_min` below `x_max`"]);
    check("[Box(), Box(), »Box()]", &["no room"]);
    check("[WeightDecay(form: »l2)]", &["did you mean `L2`"]);
}

#[test]
fn settings_of_modifiers_are_changed_by_a_line() {
    let mut scenario = parse(DOCUMENT).expect("a document");
    let mut set = |line: &str| assign(&mut scenario, line, &mut NoFiles).map(|_| scenario.clone());
    let number = |scenario: &thalweg_scenario::Scenario, key: &str| scenario.runners[0].optimizer.number(key);
    assert_eq!(number(&set("1.with.1.max=2").expect("a setting"), "with.1.max"), Some(2.0));
    assert_eq!(number(&set("with.ClipNorm.max=3").expect("a setting"), "with.1.max"), Some(3.0));
    let told = set("with.1.frob=2").expect_err("there is none");
    assert!(told.contains("with.1.max"), "{told}");
    assert!(set("1.with.1.max=-2").expect_err("refused").contains("above 0"));
    // A whole list, and another method under it.
    let changed = set("3.with=[Lookahead(k: 7)]").expect("a list");
    assert_eq!(changed.runners[2].optimizer.number("with.1.k"), Some(7.0));
    let changed = set("3.optimizer=Momentum(lr: 0.2)").expect("a method");
    assert_eq!(changed.runners[2].name(), "momentum + lookahead");
    let changed = set("2.step=v = 0.9*v + g; x = x - lr*v").expect("a rule");
    assert_eq!(changed.runners[1].name(), "own rule + average");
}

#[test]
fn changes_of_modifiers_have_their_words() {
    let old = parse(DOCUMENT).expect("a document");
    let mut new = old.clone();
    assert!(new.runners[0].optimizer.set("with.1.max", Value::Number(2.0)));
    let words = undo_words(&old, &new);
    assert!(words.contains("gradient"), "{words:?}");
    new.runners[0].optimizer = new.runners[0].optimizer.under(&[]);
    let words = undo_words(&old, &new);
    assert!(words.contains("modifiers"), "{words:?}");
}
