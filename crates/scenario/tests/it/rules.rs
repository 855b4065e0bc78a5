//! Update rules in documents: written and read, in links, changed by a line, and their mistakes at their place.

use std::sync::Arc;
use thalweg_core::catalogue::typed_rule;
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Link, LinkOptions, NoFiles, assign, link_of, parse, to_compact_ron, to_ron};

const DOCUMENT: &str = r#"(version: 1, surface: Quadratic(), runners: [
    (label: "{lr}", optimizer: Rule(step: "g = ∇f(x); m ← β·m + (1 - β)·g; x ← x - α·m", lr: 0.1, beta: 0.5)),
    (optimizer: Rule(step: "m0 = g0_ + 0*x\nm = m + grad f(x)\nx = x - lr*m", g0_: 2)),
    (optimizer: Rule(step: "x = x - 0.1*grad(x)")),
])"#;

#[test]
fn a_rule_is_written_and_read_again() {
    let scenario = parse(DOCUMENT).expect("a document");
    let rules: Vec<&Arc<ParsedRule>> =
        scenario.runners.iter().filter_map(|runner| runner.optimizer.rule()).collect();
    assert_eq!(rules.len(), 3);
    assert_eq!(scenario.runners[0].name(), "0.1");
    assert_eq!(scenario.runners[0].optimizer.number("beta"), Some(0.5));
    assert_eq!(scenario.runners[1].optimizer.number("g0_"), Some(2.0));
    assert!(!scenario.runners[2].optimizer.of.has_learning_rate());
    for text in [to_ron(&scenario), to_compact_ron(&scenario)] {
        let again = parse(&text).expect("what was written");
        assert!(again == scenario, "{text}");
        assert_eq!(to_ron(&again), to_ron(&scenario));
    }
    let link = link_of(&scenario, &LinkOptions::default()).expect("a link");
    let read = Link::read(&link).document.expect("a document").scenario;
    assert!(read == scenario, "{link}");
}

#[test]
fn a_mistake_in_a_rule_is_told_at_its_character() {
    let check = |optimizer: &str, column: usize, words: &str| {
        let text = format!("(version: 1, surface: Quadratic(), runners: [\n(optimizer: {optimizer})])");
        let told = parse(&text).expect_err(optimizer);
        let first = told[0].to_string();
        assert!(first.contains(words), "{optimizer}: {first}");
        assert!(first.starts_with(&format!("2:{column}:")), "{optimizer}: {first}");
    };
    check("Rule(step: \"x = x - lr*G\")", 36, "did you mean `g`");
    check("Rule(step: \"x = x - lr*sqr(g)\")", 36, "did you mean `sqrt`");
    check("Rule(step: \"m = g\")", 30, "nothing moves `x`");
    check("Rule(lr: 0.1)", 13, "is written `Rule(step:");
    check("Rule", 13, "is written `Rule(step:");
    check("Rule(step: x)", 24, "takes an update rule in quotes");
    check("Rule(step: \"x = x - lr*g\", bta: 1)", 40, "bta");
    check("Rule(step: \"x = x - lr*g\", lr: -1)", 44, "above 0");
}

#[test]
fn a_rule_and_its_settings_are_changed_by_a_line() {
    let mut scenario = parse(DOCUMENT).expect("a document");
    assign(&mut scenario, "1.beta=0.25", &mut NoFiles).expect("a setting");
    assert_eq!(scenario.runners[0].optimizer.number("beta"), Some(0.25));
    assign(&mut scenario, "1.step=m = beta*m + g; x = x - lr*m - gamma*g", &mut NoFiles).expect("a rule");
    let optimizer = &scenario.runners[0].optimizer;
    // What the rule names as before keeps its value.
    assert_eq!((optimizer.number("beta"), optimizer.number("lr")), (Some(0.25), Some(0.1)));
    assert_eq!(optimizer.number("gamma"), Some(0.9));
    let told = assign(&mut scenario, "1.step=x = x - lr*", &mut NoFiles).expect_err("a mistake");
    assert!(told.contains("missing after `*`"), "{told}");
    assert!(parse(&to_ron(&scenario)).expect("a document") == scenario);
}

#[test]
fn rules_differ_by_their_text() {
    let rule = |text: &str| typed_rule::chosen(&Arc::new(ParsedRule::read(text).expect(text)));
    let (one, other) = (rule("x = x - lr*g"), rule("x = x - lr*sign(g)"));
    assert!(one != other && *one.of != *other.of && one == rule("x = x - lr*g"));
    assert!(matches!(one.values[0], Value::Rule(_)));
}
