//! What the tests of the workspace share: makers of surfaces, methods and problems by name, every variant of a
//! method, reference data, and random numbers that are the same in every run. They panic where a name or a value
//! is unknown: for tests only.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "a test may stop at once")]

use nalgebra::Vector2;
use std::borrow::Cow;
use std::collections::BTreeSet;
use thalweg_core::catalogue::{modifiers, optimizers, surfaces};
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::{Described, find};
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// The entry `name` of a table with its defaults but for some settings. A switch is on at 1; a choice is the
/// place among its alternatives.
pub fn choose<D: Described>(table: &[&'static D], name: &str, settings: &[(&str, f64)]) -> Chosen<D> {
    let mut chosen = Chosen::with_defaults(find(table, name).expect(name));
    for (key, number) in settings {
        let param = chosen.of.params().iter().find(|param| param.key == *key).expect(key);
        let value = match param.kind {
            Kind::Switch { .. } => Value::Switch(*number == 1.0),
            Kind::Choice { .. } => Value::Choice(*number as usize),
            _ => Value::Number(*number),
        };
        assert!(chosen.set(key, value.clone()), "{name}: {key} = {value:?}");
    }
    chosen
}

/// Settings that were computed, as [`choose`] takes them.
pub fn borrowed<'s>(settings: &'s [(Cow<'static, str>, f64)]) -> Vec<(&'s str, f64)> {
    settings.iter().map(|(key, number)| (&**key, *number)).collect()
}

/// A built-in optimizer, its defaults but for some settings.
pub fn optimizer(name: &str, settings: &[(&str, f64)]) -> Chosen<Optimizer> {
    choose(optimizers::ALL, name, settings)
}

/// A modifier, its defaults but for some settings.
pub fn modifier(name: &str, settings: &[(&str, f64)]) -> Chosen<Modifier> {
    choose(modifiers::ALL, name, settings)
}

/// Lists of modifiers that runners may have: each alone in all its variants, and some together. What they hang on is
/// such that they do something within some ten steps.
pub fn modifier_lists() -> Vec<Vec<Chosen<Modifier>>> {
    let alone = modifiers::ALL.iter().flat_map(|of| combinations(*of, forms)).map(|modifier| vec![modifier]);
    let clip = || modifier("ClipNorm", &[("max", 0.5)]);
    let penalty = || modifier("WeightDecay", &[("weight_decay", 0.3)]);
    let apart = || modifier("WeightDecay", &[("weight_decay", 0.3), ("form", 1.0)]);
    let sam = || modifier("Sharpness", &[("rho", 0.1)]);
    let lookahead = || modifier("Lookahead", &[("k", 3.0)]);
    let late = || modifier("Average", &[("after", 4.0)]);
    let together = [
        vec![clip(), sam(), penalty()],
        vec![sam(), sam(), clip()],
        vec![modifier("Ascent", &[]), penalty(), apart()],
        vec![lookahead(), modifier("Box", &[]), late()],
        vec![apart(), lookahead(), lookahead(), modifier("Average", &[("form", 1.0)])],
        vec![modifier("ClipValue", &[("max", 0.2)]), modifier("Box", &[("x_max", 0.5)])],
    ];
    alone.chain(together).collect()
}

/// A built-in surface, its defaults but for some settings.
pub fn surface(name: &str, settings: &[(&str, f64)]) -> Chosen<Surface> {
    choose(surfaces::ALL, name, settings)
}

/// A built-in surface, its defaults but for some settings, ready to be asked.
pub fn objective(name: &str, settings: &[(&str, f64)]) -> Objective {
    Objective::new(&surface(name, settings))
}

/// The surface of a typed formula.
pub fn typed(formula: &str) -> Objective {
    let mut chosen = surface("Formula", &[]);
    assert!(chosen.set("f", Value::Formula(ParsedFormula::read(formula).expect(formula))));
    Objective::new(&chosen)
}

/// A race of so many steps over a built-in surface, from the start that the surface suggests.
pub fn problem(name: &str, settings: &[(&str, f64)], steps: u32) -> Problem {
    let chosen = surface(name, settings);
    Problem::new(Objective::new(&chosen), Vector2::from(chosen.of.start), steps)
}

/// The whole run of a method on a problem.
pub fn finished(optimizer: &Chosen<Optimizer>, problem: &Problem) -> Run {
    let mut run = Run::new(optimizer, problem);
    run.advance(problem, u32::MAX);
    run
}

/// A method with every combination of its switches and choices, the numbers at their defaults.
pub fn variants(of: &'static Optimizer) -> Vec<Chosen<Optimizer>> {
    combinations(of, forms)
}

/// The switches and choices.
fn forms(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Switch { .. } => vec![Value::Switch(false), Value::Switch(true)],
        Kind::Choice { alternatives } => (0..alternatives.len()).map(Value::Choice).collect(),
        _ => Vec::new(),
    }
}

/// A method with every combination of its switches and choices, and of numbers that are 0 by default with 0.1.
pub fn variants_with_numbers(of: &'static Optimizer) -> Vec<Chosen<Optimizer>> {
    combinations(of, |kind| match kind {
        Kind::Number { default: 0.0, .. } => vec![Value::Number(0.0), Value::Number(0.1)],
        Kind::Switch { .. } => vec![Value::Switch(false), Value::Switch(true)],
        Kind::Choice { alternatives } => (0..alternatives.len()).map(Value::Choice).collect(),
        _ => Vec::new(),
    })
}

/// Every combination of the values that `values` gives for each parameter; the default where it gives none.
fn combinations<D: Described>(of: &'static D, values: impl Fn(&Kind) -> Vec<Value>) -> Vec<Chosen<D>> {
    let mut all = vec![Chosen::with_defaults(of)];
    for (index, param) in of.params().iter().enumerate() {
        let values = values(&param.kind);
        if values.is_empty() {
            continue;
        }
        let each = |variant: Chosen<D>| {
            let with = |value: &Value| {
                let mut other = variant.clone();
                other.values[index] = value.clone();
                other
            };
            values.iter().map(with).collect::<Vec<_>>()
        };
        all = all.into_iter().flat_map(each).collect();
    }
    all
}

/// Random numbers that are the same in every run (Steele, Lea and Flood's SplitMix64).
#[derive(Clone, Debug)]
pub struct SplitMix(u64);

impl SplitMix {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to 1.
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number between two.
    pub fn between(&mut self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * self.unit()
    }
}

/// The reference data `tests/oracle/NAME.json`.
pub fn oracle(name: &str) -> serde_json::Value {
    let path = format!("{}/../../tests/oracle/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    serde_json::from_str(&text).expect("valid JSON")
}

/// Compares `fuzz/dictionaries/NAME.dict` with words, of which libFuzzer puts inputs together; writes it anew where
/// the environment has `UPDATE`.
pub fn compare_dictionary(name: &str, words: impl IntoIterator<Item = String>) {
    let mut made =
        String::from("# Made from the tables; a test compares. Write it anew with UPDATE=1 cargo test.\n");
    for word in words.into_iter().collect::<BTreeSet<_>>() {
        made.push('"');
        for byte in word.bytes() {
            match byte {
                b'"' | b'\\' => made.extend(['\\', char::from(byte)]),
                b' '..=b'~' => made.push(char::from(byte)),
                _ => made.extend(["\\x".to_owned(), format!("{byte:02x}")]),
            }
        }
        made.push_str("\"\n");
    }
    let path = format!("{}/../../fuzz/dictionaries/{name}.dict", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &made).expect(&path);
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, made, "{name}: write it anew with UPDATE=1 cargo test dictionar");
}
