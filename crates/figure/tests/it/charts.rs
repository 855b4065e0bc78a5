//! The charts of every built-in lesson, whether or not it shows them.

use crate::checks::{check, texts};
use crate::shown::{lesson, made, page, pictures};
use thalweg_core::run::trajectory::Sample;
use thalweg_figure::budget::Unbounded;
use thalweg_figure::charts::shown_charts::ShownCharts;
use thalweg_figure::figure::Figure;
use thalweg_figure::item::Item;
use thalweg_figure::scheme::{Scheme, Theme};
use thalweg_figure::viewport::Rect;
use thalweg_scenario::{ChartKind, PRESETS, XAxis, open_preset, parse};

/// About a chart's size in the window, at its narrowest there, and in a paper's column.
const SIZES: [[f64; 2]; 3] = [[254.0, 160.0], [130.0, 110.0], [330.0, 220.0]];

/// The numbers at the marks of the horizontal and of the vertical axis, in the order of their values.
fn numbers(figure: &Figure) -> [Vec<f64>; 2] {
    let Some(Item::Panel { rect: frame, .. }) = figure.items("axes").first() else { panic!("no ground") };
    let is_below = |room: &Rect| room.center().y > frame.max[1];
    let mut numbers = [Vec::new(), Vec::new()];
    for text in texts(figure.items("axes")) {
        let value = text.string.parse().unwrap_or_else(|_| panic!("{} is no number", text.string));
        // Zero is said without sign and digits.
        assert!(value != 0.0 || text.string == "0", "{}", text.string);
        let axis = usize::from(!is_below(&text.room()));
        numbers[axis].push((text.room().center()[axis], value));
    }
    let [across, mut upward] = numbers;
    upward.reverse();
    [across, upward].map(|mut axis: Vec<(f64, f64)>| {
        axis.sort_by(|one, other| one.0.total_cmp(&other.0));
        axis.into_iter().map(|(_, value)| value).collect()
    })
}

fn check_numbers(name: &str, figure: &Figure, counts_steps: bool) {
    let [across, mut upward] = numbers(figure);
    upward.reverse();
    assert!(!across.is_empty() && !upward.is_empty(), "{name}: {across:?} {upward:?}");
    for axis in [&across, &upward] {
        assert!(axis.is_sorted_by(|one, next| one < next), "{name}: {axis:?}");
    }
    assert!(!counts_steps || across.iter().all(|step| step.fract() == 0.0), "{name}: {across:?}");
}

#[test]
fn every_lesson_has_sane_charts() {
    for (index, preset) in PRESETS.iter().enumerate() {
        // Each lesson in another place of its run, and each size and axis with each chart.
        for (turn, kind) in ChartKind::ALL.into_iter().enumerate() {
            let mut scenario = open_preset(preset.name).unwrap();
            scenario.show.over = XAxis::ALL[(index + turn) % 3];
            let is_whole = scenario.show.over != XAxis::Passes;
            let session = made(scenario, [0.0, 0.3, 1.0][index % 3]);
            for size in SIZES {
                let figure =
                    pictures(&session, Theme::Light).chart(kind, page(size), size == SIZES[2]).unwrap();
                let name = format!("{} of {} in {size:?}", kind.name(), preset.name);
                check(&name, &figure);
                let counts_steps = is_whole && !["Cobweb", "Bifurcation"].contains(&kind.name());
                check_numbers(&name, &figure, counts_steps);
                let is_drawn = !figure.items("lines").is_empty();
                assert!(is_drawn || !figure.items("captions").is_empty(), "{name} shows nothing");
            }
        }
    }
}

/// The lines end where the runs stand: as many, each in its runner's colour, with a point at the cursor's step.
#[test]
fn a_chart_has_a_line_for_each_runner_and_tells_its_value() {
    let session = lesson("classic-five", 0.5);
    let mut charts = ShownCharts::default();
    let kind = ChartKind::named("Loss");
    assert!(!charts.update(&session, &[kind], &mut Unbounded));
    let scheme = Scheme::new(Theme::Dark);
    let chart = charts.chart(kind, &session, 300.0, &scheme).unwrap();
    assert_eq!(chart.lines.len(), session.runners().count());
    for (line, (runner, run)) in chart.lines.iter().zip(session.runners()) {
        assert_eq!((line.name.as_str(), line.behind.color), (&*runner.name(), scheme.runner(runner.color)));
        let loss = run.trajectory().at(session.cursor()).unwrap().loss;
        let here = line.pieces[0].iter().find(|at| at[0] == f64::from(session.cursor()));
        assert!(here.is_none_or(|at| at[1] == chart.scale.height(loss).unwrap()), "{}", line.name);
        let points = line.pieces.iter().map(Vec::len).sum::<usize>();
        assert!((10..=4 * 151).contains(&points), "{points}");
    }
    assert!(chart.view.x.1 > f64::from(session.scenario().steps));
}

/// However long a run is, its chart has no more points than its columns can show.
#[test]
fn a_long_run_has_no_more_points_than_a_short_one() {
    let count = |steps: u32, kind| {
        let mut scenario = open_preset("zigzag").unwrap();
        scenario.steps = steps;
        let session = made(scenario, 0.5);
        let figure = pictures(&session, Theme::Light).chart(kind, page(SIZES[0]), false).unwrap();
        figure.layers.iter().flat_map(|layer| &layer.items).map(|item| item.places().len()).sum::<usize>()
    };
    for kind in ChartKind::ALL {
        let (short, long) = (count(2000, kind), count(50_000, kind));
        assert!(long < 2 * short + 100, "{}: {short} and {long}", kind.name());
    }
}

/// Numbers that overflow are no reason to fail.
#[test]
fn charts_bear_what_overflows() {
    for (start, lr) in
        [([1e155, 1e-3], 0.01), ([1e308, 1e308], 1.0), ([1e-300, 0.0], 0.5), ([3.0, 1.0], 1e200)]
    {
        let mut scenario = open_preset("zigzag").unwrap();
        scenario.start = thalweg_scenario::Start::At(start);
        assert!(scenario.runners[1].optimizer.set("lr", thalweg_core::spec::value::Value::Number(lr)));
        let session = made(scenario, 0.5);
        for kind in ChartKind::ALL {
            for size in SIZES.into_iter().chain([[1.0, 1.0], [40.0, 30.0]]) {
                let figure = pictures(&session, Theme::Print).chart(kind, page(size), true).unwrap();
                let places = figure.layers.iter().flat_map(|layer| &layer.items).flat_map(Item::places);
                let lost = places.into_iter().find(|place| !(place.x.is_finite() && place.y.is_finite()));
                assert!(lost.is_none(), "{} from {start:?} in {size:?}: {lost:?}", kind.name());
            }
        }
    }
}

/// Every runner's distance from a recorded path at the same step; without one, from the focused runner.
#[test]
fn a_recorded_path_has_a_chart_of_what_the_runners_are_off() {
    let runner = |momentum: f64| format!("(optimizer: Momentum(lr: 0.02, momentum: {momentum}))");
    let document = |runners: &str| {
        format!("(version: 1, surface: Quadratic(), start: (2, 1), steps: 40, runners: [{runners}])")
    };
    let source = made(parse(&document(&runner(0.8))).expect("a document"), 1.0);
    let samples = source.race().runs()[0].trajectory().samples().to_vec();
    let row = |sample: &Sample| format!("{:?},{:?}", sample.position.x, sample.position.y);
    let rows = samples.iter().map(row).collect::<Vec<_>>().join("\n");
    let path = format!("(optimizer: Recorded(file: Table(name: \"mine.csv\", csv: \"x,y\n{rows}\")))");
    let kind = ChartKind::named("Deviation");
    let scheme = Scheme::new(Theme::Light);
    let all = format!("{}, {}, {path}", runner(0.8), runner(0.9));
    let session = made(parse(&document(&all)).expect("a document"), 1.0);
    let mut charts = ShownCharts::default();
    assert!(!charts.update(&session, &[kind], &mut Unbounded));
    let chart = charts.chart(kind, &session, 300.0, &scheme).expect("a chart");
    assert!(chart.heading.title.starts_with("distance from "), "{}", chart.heading.title);
    let values: Vec<&[f64]> = chart.lines.iter().filter_map(|line| Some(line.values?.values())).collect();
    let [same, other] = values[..] else { panic!("{} lines", values.len()) };
    assert!(same.iter().all(|apart| *apart < 1e-12), "{same:?}");
    let run = &session.race().runs()[1];
    for (step, apart) in other.iter().enumerate() {
        let expected = run.trajectory().samples()[step].position - samples[step].position;
        assert!((apart - expected.norm()).abs() < 1e-12, "{step}");
    }
    assert!(
        other[0] == 0.0 && other[1] == 0.0 && other[2] > 1e-3,
        "the second step is the first with momentum"
    );
    // Without a path the focused runner is the measure, and a runner alone has nobody to be far from.
    let without = made(parse(&document(&[runner(0.8), runner(0.9)].join(", "))).expect("a document"), 1.0);
    let mut charts = ShownCharts::default();
    charts.update(&without, &[kind], &mut Unbounded);
    assert_eq!(charts.chart(kind, &without, 300.0, &scheme).expect("a chart").lines.len(), 1);
    let mut charts = ShownCharts::default();
    charts.update(&source, &[kind], &mut Unbounded);
    let alone = charts.chart(kind, &source, 300.0, &scheme).expect("a chart");
    assert!(alone.lines.is_empty() && alone.message.contains("nobody else"), "{}", alone.message);
}
