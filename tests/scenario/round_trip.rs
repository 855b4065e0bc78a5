//! What is written reads back to the same scenario, bit for bit.

use proptest::prelude::*;
use thalweg::descent::optimizer::Optimizer;
use thalweg::descent::param::{Chosen, Described, Kind, Param, Value};
use thalweg::descent::surface::{Surface, View};
use thalweg::scenario::{Color, PRESETS, Runner, Scenario, Stop, parse, to_ron};

fn check(scenario: &Scenario) {
    let text = to_ron(scenario);
    match parse(&text) {
        // The debug form tells -0 from 0, which == does not.
        Ok(read) => assert_eq!(format!("{read:?}"), format!("{scenario:?}"), "{text}"),
        Err(problems) => panic!("{text}\n{problems:#?}"),
    }
    assert_eq!(to_ron(&parse(&text).unwrap()), text);
}

fn runner(optimizer: Chosen<Optimizer>) -> Runner {
    Runner { label: String::new(), optimizer, color: Color::Blue, hidden: false }
}

#[test]
fn presets_read_back() {
    for preset in PRESETS {
        check(&parse(preset.text).unwrap());
    }
}

#[test]
fn defaults_read_back() {
    for surface in Surface::table() {
        for optimizer in Optimizer::table() {
            let mut scenario = Scenario::new(surface);
            scenario.runners.push(runner(Chosen::with_defaults(optimizer)));
            check(&scenario);
        }
    }
}

#[test]
fn texts_read_back() {
    for text in [
        "plain",
        "two\nlines",
        "\"",
        "\"#",
        "\"##\"###",
        "\\",
        "\\n",
        "a\\\nb",
        "#",
        "'",
        "é→😀",
        "// no comment",
        "\t",
        "\r\n",
        "\u{0}",
        "\u{feff}",
        " \u{2028} ",
        "{}",
        "r#\"raw\"#",
        "\"#\"#",
        "ends with \\",
        "#\"",
    ] {
        let mut scenario = Scenario::new(Surface::table()[0]);
        text.clone_into(&mut scenario.notes);
        check(&scenario);
        // A title and a label are one line.
        if !text.contains(|c: char| c.is_control() || c == '\u{2028}') {
            text.clone_into(&mut scenario.title);
            let mut named = runner(Chosen::with_defaults(Optimizer::table()[0]));
            text.clone_into(&mut named.label);
            scenario.runners.push(named);
            check(&scenario);
        }
    }
}

#[test]
fn a_document_reads_like_one_written_by_hand() {
    let text = "(
    version: 1,
    title: \"Valley\",
    notes: \"**Look** at it.

Drag the start.\",
    surface: Quadratic(lambda_min: 1, kappa: 100, angle: 30),
    start: (-2.5, 1),
    view: (x: (-3, 3), y: (-2, 2)),
    steps: 300,
    gradient: Exact,
    stop: (gradient: 0, divergence: 1e12),
    runners: [
        (optimizer: GradientDescent(lr: 0.018, weight_decay: 0)),
        (label: \"tuned\", optimizer: Momentum(lr: 5e-5, momentum: 0.67, dampening: 0, weight_decay: 0, \
         form: Averaged), color: Green, hidden: true),
    ],
)
";
    assert_eq!(to_ron(&parse(text).unwrap()), text);
}

fn value(param: &Param) -> BoxedStrategy<Value> {
    match param.kind {
        Kind::Number { default, range, slider, .. } => {
            let (low, high) = slider;
            let any = (any::<f64>(), 0.0..1.0).prop_map(move |(any, share)| {
                let between = low + share * (high - low);
                let found = [any, -any, any.fract(), between, between.round()]
                    .into_iter()
                    .find(|x| range.contains(*x));
                Value::Number(found.unwrap_or(default))
            });
            any.boxed()
        }
        Kind::Switch { .. } => any::<bool>().prop_map(Value::Switch).boxed(),
        Kind::Choice { alternatives } => (0..alternatives.len()).prop_map(Value::Choice).boxed(),
    }
}

fn chosen<D: Described + std::fmt::Debug>() -> impl Strategy<Value = Chosen<D>> {
    proptest::sample::select(D::table()).prop_flat_map(|of| {
        of.params().iter().map(value).collect::<Vec<_>>().prop_map(move |values| Chosen { of, values })
    })
}

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |x| x.is_finite())
}

fn side() -> impl Strategy<Value = (f64, f64)> {
    (-1e300..1e300, 0.0..1e300)
        .prop_map(|(low, width): (f64, f64)| (low, low + (width + low.abs() * 1e-9 + 1.0)))
}

fn runners() -> impl Strategy<Value = Vec<Runner>> {
    let one = (".{0,60}", chosen(), proptest::sample::select(&Color::ALL[..]), any::<bool>()).prop_map(
        |(label, optimizer, color, hidden)| {
            let label = label.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), "");
            Runner { label, optimizer, color, hidden }
        },
    );
    proptest::collection::vec(one, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn random_scenarios_read_back(
        surface in chosen(),
        start in (finite(), finite()),
        view in (side(), side()),
        steps in 1u32..=1_000_000,
        stop in (0.0..1e300, 1e-300..1e300),
        runners in runners(),
        notes in proptest::collection::vec("[ -~\n\"#\\\\é]{0,30}", 0..3),
    ) {
        check(&Scenario {
            title: notes.first().map(|line| line.replace('\n', " ")).unwrap_or_default(),
            notes: notes.join("\n"),
            surface,
            start: start.into(),
            view: View { x: view.0, y: view.1 },
            steps,
            stop: Stop { gradient: stop.0, divergence: stop.1 },
            runners,
            gradient: thalweg::scenario::Gradient::Exact,
        });
    }
}
