//! What is written reads back to the same scenario, bit for bit.

use proptest::prelude::*;
use std::collections::BTreeSet;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::schedules;
use thalweg_core::catalogue::surfaces;
use thalweg_core::data;
use thalweg_core::data::loss_grid::LossGrid;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::method::gradient;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    BottomPanel, ChartKind, ChartLines, Color, Draw, HeightScale, Layer, Layers, Link, LinkOptions, LookAt,
    MAX_TOTAL_STEPS, MapMetric, MapView, MomentumSymbol, Notation, PRESETS, Page, PinnedRun, PointSymbol,
    Question, RateSymbol, Relief, Runner, Scenario, Scene, Start, StartCloud, Stop, ViewState, XAxis,
    changes, link_of, parse, refused, to_compact_ron, to_ron,
};

fn check(scenario: &Scenario) {
    let text = to_ron(scenario);
    assert_eq!(refused(scenario), None, "{text}");
    match parse(&text) {
        // The debug form tells -0 from 0, which == does not.
        Ok(read) => {
            assert_eq!(format!("{read:?}"), format!("{scenario:?}"), "{text}");
            assert_eq!(changes(&read, scenario), [], "{text}");
        }
        Err(diagnostics) => panic!("{text}\n{diagnostics:#?}"),
    }
    assert_eq!(to_ron(&parse(&text).unwrap()), text);
    let compact = to_compact_ron(scenario);
    assert!(compact.len() < text.len());
    assert_eq!(format!("{:?}", parse(&compact).unwrap()), format!("{scenario:?}"), "{compact}");
    if let Ok(link) = link_of(scenario, &LinkOptions::default()) {
        assert_eq!(
            format!("{:?}", Link::read(&link).document.unwrap().scenario),
            format!("{scenario:?}"),
            "{link}"
        );
    }
}

fn runner(optimizer: Chosen<Optimizer>) -> Runner {
    let schedule = Chosen::default();
    Runner { label: String::new(), optimizer, schedule, gradient: None, color: Color::Blue, hidden: false }
}

#[test]
fn presets_read_back() {
    for preset in PRESETS {
        check(&parse(preset.text).unwrap());
    }
}

#[test]
fn defaults_read_back() {
    for surface in surfaces::ALL {
        for optimizer in optimizers::ALL {
            let mut scenario = Scenario::new(*surface);
            scenario.runners.push(runner(Chosen::with_defaults(*optimizer)));
            check(&scenario);
        }
    }
    for schedule in schedules::ALL {
        let mut scenario = Scenario::new(surfaces::ALL[0]);
        scenario.runners.push(runner(Chosen::with_defaults(optimizers::ALL[0])));
        scenario.runners[0].schedule = Chosen::with_defaults(*schedule);
        check(&scenario);
        assert_eq!(to_ron(&scenario).contains("schedule"), !schedule.is_constant());
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
        let mut scenario = Scenario::new(surfaces::ALL[0]);
        text.clone_into(&mut scenario.notes);
        check(&scenario);
        // A title and a label are one line.
        if !text.contains(|c: char| c.is_control() || c == '\u{2028}') {
            text.clone_into(&mut scenario.title);
            let mut named = runner(Chosen::with_defaults(optimizers::ALL[0]));
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
    stop: (gradient: 0, divergence: 1e12, patience: 0),
    runners: [
        (optimizer: GradientDescent(lr: 0.018, weight_decay: 0)),
        (optimizer: GradientDescent(lr: 0.018, weight_decay: 0), schedule: Piecewise(milestones: [30, 60], gamma: 0.5)),
        (label: \"tuned\", optimizer: Momentum(lr: 5e-5, momentum: 0.67, dampening: 0, weight_decay: 0, \
         form: Averaged), schedule: Exponential(lambda: 0.01), color: Ink, hidden: true),
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
                let found = [any, -any, any.fract(), between, between.round()];
                let found = found.into_iter().find(|x| range.contains(*x));
                Value::Number(found.unwrap_or(default))
            });
            any.boxed()
        }
        Kind::Switch { .. } => any::<bool>().prop_map(Value::Switch).boxed(),
        Kind::Choice { alternatives } => (0..alternatives.len()).prop_map(Value::Choice).boxed(),
        Kind::Rule | Kind::Rate => Just(param.default_value()).boxed(),
        Kind::Formula { .. } => ("[a-d]", "[g-k]", finite(), finite())
            .prop_map(|(a, b, first, second)| {
                let mut typed = ParsedFormula::read(&format!("{a}*x^2 - {b}/y")).unwrap();
                assert!(typed.set(&a, first) && typed.set(&b, second));
                Value::Formula(typed)
            })
            .boxed(),
        Kind::Data { .. } => {
            let sets = data::ALL.iter().map(|set| Value::Data(set.table().into()));
            let sets: Vec<_> = sets.filter(|set| param.accepts(set)).collect();
            proptest::sample::select(sets).boxed()
        }
        Kind::Path => path().prop_map(|path| Value::Path(path.into())).boxed(),
        Kind::Grid => grid().prop_map(|grid| Value::Grid(grid.into())).boxed(),
        Kind::Steps { .. } => proptest::collection::btree_set(1u32..=1_000_000, 0..=Steps::ROOM)
            .prop_map(|steps| {
                Value::Steps(steps.into_iter().fold(Steps::NONE, |list, step| list.then(step).unwrap()))
            })
            .boxed(),
    }
}

fn path() -> impl Strategy<Value = RecordedPath> {
    (proptest::collection::vec((finite(), finite()), 2..6), any::<bool>()).prop_map(|(points, has_loss)| {
        let loss = if has_loss { points.iter().map(|(x, _)| *x).collect() } else { Vec::new() };
        RecordedPath {
            name: "mine.csv".to_owned(),
            columns: ["x", "y"].map(str::to_owned),
            points: points.into_iter().map(|(x, y)| [x, y]).collect(),
            loss,
            ..RecordedPath::default()
        }
    })
}

fn grid() -> impl Strategy<Value = LossGrid> {
    let axis = || proptest::collection::btree_set(-1000..1000_i32, 4..6);
    (axis(), axis(), proptest::collection::vec(-1e9..1e9_f64, 25)).prop_map(|(xs, ys, values)| {
        let axis =
            |axis: BTreeSet<i32>| axis.into_iter().map(|node| f64::from(node) / 3.0).collect::<Vec<_>>();
        let (xs, ys) = (axis(xs), axis(ys));
        let values = values[..xs.len() * ys.len()].to_vec();
        LossGrid { name: "loss.csv".to_owned(), xs, ys, values, ..LossGrid::default() }
    })
}

fn chosen<D: Described + std::fmt::Debug>(table: &'static [&'static D]) -> impl Strategy<Value = Chosen<D>> {
    proptest::sample::select(table).prop_flat_map(|of| {
        of.params()
            .iter()
            .map(value)
            .collect::<Vec<_>>()
            .prop_map(move |values| Chosen { of: of.into(), values })
    })
}

/// One that every surface can give.
fn gradient() -> impl Strategy<Value = Chosen<GradientMode>> {
    chosen(gradient::ALL).prop_filter("no data", |chosen| !chosen.of.needs_data())
}

fn draw() -> impl Strategy<Value = Draw> {
    (any::<u32>(), side(), side()).prop_map(|(seed, x, y)| Draw { seed, within: View { x, y } })
}

fn start() -> impl Strategy<Value = Start> {
    prop_oneof![
        (finite(), finite()).prop_map(|point| Start::At(point.into())),
        Just(Start::Origin),
        draw().prop_map(Start::Random),
    ]
}

fn cloud() -> impl Strategy<Value = StartCloud> {
    (1..=StartCloud::MOST, draw()).prop_map(|(count, draw)| StartCloud { count, draw })
}

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |x| x.is_finite())
}

fn side() -> impl Strategy<Value = (f64, f64)> {
    (-1e300..1e300, 0.0..1e300)
        .prop_map(|(low, width): (f64, f64)| (low, low + (width + low.abs() * 1e-9 + 1.0)))
}

fn runners() -> impl Strategy<Value = Vec<Runner>> {
    let one = (
        ".{0,60}",
        prop_oneof![9 => chosen(optimizers::ALL), 1 => chosen(optimizers::OF_FILES)],
        chosen(schedules::ALL),
        proptest::sample::select(&Color::ALL[..]),
        any::<bool>(),
        proptest::option::of(gradient()),
    )
        .prop_map(|(label, optimizer, schedule, color, hidden, gradient)| {
            let label = label.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), "");
            let fits = optimizer.of.has_learning_rate() && schedule.sequence_fault().is_none();
            let schedule = if fits { schedule } else { Chosen::default() };
            Runner { label, optimizer, schedule, gradient, color, hidden }
        });
    proptest::collection::vec(one, 0..5)
}

fn show() -> impl Strategy<Value = ViewState> {
    let layers = proptest::collection::vec(any::<bool>(), Layer::TABLE.len()).prop_map(|shown| {
        let layers = Layer::TABLE.iter().zip(shown);
        layers.fold(Layers::NONE, |set, (text, shown)| set.with(text.layer, shown))
    });
    let look_at = prop_oneof![
        Just(LookAt::Current),
        Just(LookAt::Start),
        Just(LookAt::NearestMinimum),
        (finite(), finite()).prop_map(|point| LookAt::Point(point.into())),
    ];
    let edge =
        || ("[ -~]{0,40}", side()).prop_map(|(key, (from, to))| thalweg_scenario::MapAxis { key, from, to });
    let map = (
        proptest::option::of(edge()),
        proptest::option::of(edge()),
        proptest::sample::select(&MapMetric::ALL[..]),
    )
        .prop_map(|(x, y, quantity)| MapView { x, y, quantity });
    let chosen = (
        proptest::sample::select(&Page::ALL[..]),
        proptest::sample::select(&BottomPanel::ALL[..]),
        proptest::array::uniform3(proptest::sample::select(&ChartKind::ALL[..])),
        proptest::sample::select(&XAxis::ALL[..]),
    );
    let relief = (proptest::sample::select(&Relief::ALL[..]), finite(), 5.0..=85.0, any::<bool>());
    let lines = (proptest::sample::select(&HeightScale::ALL[..]), 0.0..0.9999, any::<bool>())
        .prop_map(|(scale, smoothing, names)| ChartLines { scale, smoothing, names });
    let notation = (
        proptest::sample::select(&RateSymbol::ALL[..]),
        proptest::sample::select(&MomentumSymbol::ALL[..]),
        proptest::sample::select(&PointSymbol::ALL[..]),
    )
        .prop_map(|(rate, momentum, point)| Notation { rate, momentum, point })
        .prop_filter("one symbol for two", Notation::is_clear);
    let opening = (1u32..=32, 0.0..5000.0, any::<bool>(), 0u32..=1_000_000, 1u32..=12, lines, notation);
    (chosen, relief, layers, look_at, finite(), 1e-300..1e300, map, opening).prop_map(
        |((page, below, charts, over), relief, layers, look_at, dial, tolerance, map, opening)| ViewState {
            page,
            relief: relief.0,
            azimuth: relief.1,
            elevation: relief.2,
            turning: relief.3,
            present: opening.2,
            layers,
            trail: opening.3,
            look_at,
            below,
            charts,
            over,
            dial,
            tolerance,
            map,
            focus: opening.0,
            speed: opening.1,
            taylor: opening.4,
            lines: opening.5,
            notation: opening.6,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn random_scenarios_read_back(
        surface in prop_oneof![9 => chosen(surfaces::ALL), 1 => chosen(surfaces::OF_FILES)],
        start in start(),
        view in (side(), side()),
        steps in 1u32..=1_000_000,
        stop in (0.0..1e300, 1e-300..1e300, 0u32..=1_000_000),
        gradient in gradient(),
        cloud in proptest::option::of(cloud()),
        runners in runners(),
        show in show(),
        pinned in "[ -~]{0,60}",
        notes in proptest::collection::vec("[ -~\n\"#\\\\é]{0,30}", 0..3),
    ) {
        let mut scenario = Scenario {
            title: notes.first().map(|line| line.replace('\n', " ")).unwrap_or_default(),
            notes: notes.join("\n"),
            surface,
            start,
            view: View { x: view.0, y: view.1 },
            steps,
            stop: Stop { gradient: stop.0, divergence: stop.1, patience: stop.2 },
            runners,
            gradient,
            cloud: cloud.filter(|cloud| u64::from(steps) * u64::from(cloud.count + 16) <= MAX_TOTAL_STEPS),
            scenes: notes
                .iter()
                .map(|words| Scene {
                    title: pinned.clone(),
                    notes: words.clone(),
                    set: vec![pinned.clone(), "steps=5".to_owned()],
                    step: 3,
                    until: steps,
                    ask: Some(Question {
                        words: pinned.clone(),
                        choices: vec![pinned.clone(); 2],
                        answer: 2,
                        runner: 0,
                    }),
                })
                .collect(),
            pinned_runs: Vec::new(),
            show,
        };
        let pin = PinnedRun::pin(pinned, &scenario);
        let room = scenario.total_steps() + pin.total_steps() <= MAX_TOTAL_STEPS;
        scenario.pinned_runs.extend(room.then_some(pin));
        check(&scenario);
    }
}

/// Data beside a preset are named from there, also where the folder's name is no text: what stands for it in the
/// table's name stands for it in the folder's.
#[cfg(unix)]
#[test]
fn data_beside_a_preset_are_named_from_there() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::path::Path;
    use thalweg_scenario::{DataFile, FileSource, parse_with, to_ron_in};

    /// Files of a folder.
    struct Beside<'a>(&'a Path);
    impl FileSource for Beside<'_> {
        fn read(&mut self, name: &str) -> Result<DataFile, String> {
            let bytes = b"a,b,y\n1,2,3\n4,5,6\n".to_vec();
            Ok(DataFile { name: self.0.join(name).display().to_string(), bytes })
        }
    }

    let text = "(surface: LinearRegression(data: \"points.csv\"), runners: [(optimizer: GradientDescent())])";
    for folder in [&b"/home/me/lessons"[..], b"/home/me/le\xe7ons", b"/home/\xff\xfe/x"] {
        let folder = Path::new(OsStr::from_bytes(folder));
        let scenario = parse_with(text, &mut Beside(folder)).unwrap();
        let written = to_ron_in(folder, &scenario);
        assert!(written.contains("data: \"points.csv\""), "{written}");
        assert_eq!(parse_with(&written, &mut Beside(folder)).unwrap(), scenario);
        assert!(!to_ron_in(Path::new("/elsewhere"), &scenario).contains("\"points.csv\""));
    }
}
