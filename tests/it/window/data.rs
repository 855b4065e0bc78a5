//! The data beside the plot and the gradient's noise, driven through the window's accessibility tree.

use super::harness::{
    Bench, apply, open_scenario, open_sized as open_scenario_sized, reopen as reopen_scenario,
};
use egui::{Key, Vec2, vec2};
use egui_kittest::kittest::Queryable;
use thalweg_core::objective::view::View;
use thalweg_scenario::Scenario;
use thalweg_session::{Command, Edit, Playback, RunnerEdit};

const BOUNDARIES: &str = "Data with the runners' boundaries";
const CURVES: &str = "Data with the runners' curves";
const BLOCK: &str = "Gradient of this step";

fn read(text: &str) -> Scenario {
    thalweg_scenario::parse(text).expect("a scenario")
}

fn open(text: &str) -> Bench {
    open_scenario(read(text))
}

fn open_sized(text: &str, size: Vec2) -> Bench {
    open_scenario_sized(read(text), size)
}

fn reopen(harness: &mut Bench, text: &str) {
    reopen_scenario(harness, read(text));
}

fn shows(harness: &Bench, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

const LOGISTIC: &str = r#"(surface: LogisticRegression(), gradient: Minibatch(size: 8, seed: 3), steps: 60,
    runners: [(optimizer: GradientDescent(lr: 0.5)),
              (label: "batch", optimizer: GradientDescent(lr: 0.5), gradient: Exact)])"#;
const SADDLE: &str = "(surface: Saddle(), runners: [(optimizer: GradientDescent(lr: 0.01))])";

#[test]
fn data_are_shown_where_there_are_some() {
    let mut window = open(LOGISTIC);
    assert!(shows(&window, BOUNDARIES) && shows(&window, "data: Blobs, 64 rows"));
    assert!(shows(&window, "this step's batch") && shows(&window, "of 64 wrong"));
    reopen(&mut window, SADDLE);
    assert!(!shows(&window, BOUNDARIES) && !shows(&window, CURVES) && !shows(&window, BLOCK));
    reopen(
        &mut window,
        r#"(surface: LinearRegression(data: "BadlyScaled", standardize: true),
            runners: [(optimizer: GradientDescent(lr: 0.1))])"#,
    );
    assert!(shows(&window, CURVES) && shows(&window, "data: BadlyScaled, 64 rows, standardized"));
    assert!(shows(&window, "squared error") && !shows(&window, "this step's batch"));
}

/// Where there is little room, the share alone stands beside a name, and no entry of the key is broken.
#[test]
fn a_narrow_key_has_names_and_whole_lines() {
    let lesson = thalweg_scenario::open_preset("cross-entropy-of-a-sigmoid").expect("a lesson");
    let mut window = open_scenario_sized(lesson, vec2(900.0, 560.0));
    for size in [vec2(900.0, 560.0), vec2(910.0, 512.0), vec2(683.0, 384.0)] {
        window.set_size(size);
        window.run_steps(4);
        assert!(shows(&window, "data: "), "{size}");
        assert!(!shows(&window, "wrong: "), "{size}");
        for class in ["class 0", "class 1"] {
            let rect = window.get_by_label(class).rect();
            assert!(rect.height() < 22.0, "{size}: {class} at {rect}");
        }
    }
}

#[test]
fn the_view_menu_hides_the_data() {
    let mut window = open(LOGISTIC);
    window.get_by_label("View").click();
    window.run_steps(3);
    window.get_by_label("Data").click();
    window.run_steps(3);
    assert!(!shows(&window, BOUNDARIES));
}

#[test]
fn the_errors_move_with_the_race() {
    let mut window = open(LOGISTIC);
    let wrong = |window: &Bench, words: &str| window.query_all_by_label_contains(words).count();
    // The default start points away from the data: nearly all is wrong, and at the end hardly anything.
    assert_eq!(wrong(&window, "60 of 64 wrong"), 2);
    window.key_press(Key::End);
    window.run_steps(3);
    assert_eq!(wrong(&window, "60 of 64 wrong"), 0);
    assert_eq!(wrong(&window, "of 64 wrong"), 2);
}

#[test]
fn the_block_tells_the_predicted_and_the_measured_error() {
    let mut window = open(LOGISTIC);
    assert!(shows(&window, BLOCK) && shows(&window, "8 of 64 examples, epoch 1, batch 1 of 8"));
    assert!(shows(&window, "predicted") && shows(&window, "measured over 400"));
    assert!(shows(&window, "σ/√B · √((n-B)/(n-1))"));
    apply(&mut window, Playback::Seek(19));
    assert!(shows(&window, "8 of 64 examples, epoch 3, batch 4 of 8"));
    // The other runner's gradient is exact.
    window.key_press(Key::Num2);
    apply(&mut window, Command::Focus(1));
    assert!(!shows(&window, BLOCK) && !shows(&window, "this step's batch"));
    reopen(
        &mut window,
        "(surface: Saddle(), gradient: Noise(sigma: 0.5, seed: 1), runners: [(optimizer: GradientDescent(lr: 0.01))])",
    );
    assert!(shows(&window, BLOCK) && shows(&window, "σ·√2") && shows(&window, "0.7071"));
}

#[test]
fn a_paused_window_with_data_does_not_repaint() {
    let mut window = open(LOGISTIC);
    // The picture of a mean over data is sampled over many frames; on a slow machine over more.
    assert!((0..1000).any(|_| window.run_ok().is_some()), "it never comes to rest");
    let frames = window.run();
    assert!(frames <= 2, "{frames} frames without a reason");
}

/// Everything that could panic, in both themes, at the start, on the way and at the end, in a small
/// window.
#[test]
fn odd_states_are_drawn_without_panic() {
    let mut window = open_sized(LOGISTIC, vec2(900.0, 560.0));
    for (surface, gradient, lr) in [
        ("LogisticRegression(l2: 1e300)", "Minibatch(size: 1)", 1e-3),
        ("LogisticRegression(data: \"Separable\")", "Minibatch(size: 1, replacement: true)", 1e9),
        ("LogisticRegression(data: \"Separable\", standardize: true)", "Noise(sigma: 1e12)", 1.0),
        ("SigmoidSquaredError(data: \"Outliers\")", "Minibatch(size: 9999, replacement: true)", 1e300),
        ("ZeroOne()", "Minibatch(size: 63)", 1.0),
        ("TinyNet(standardize: true)", "Minibatch(size: 5)", 1e300),
        ("LinearRegression(data: \"BadlyScaled\")", "Minibatch(size: 2)", 1.0),
        ("LinearRegression(data: \"Correlated\", l2: 1e12)", "Noise(sigma: 0.0)", 1e300),
        ("Rosenbrock()", "Noise(sigma: 1e300)", 1.0),
    ] {
        let scenario = read(&format!(
            "(surface: {surface}, gradient: {gradient}, steps: 40, stop: (divergence: 1e308),
              runners: [(optimizer: GradientDescent(lr: {lr:e})), (optimizer: Adam(lr: {lr:e}))])"
        ));
        apply(&mut window, Command::Open(Box::new(scenario.clone()), None));
        window.key_press(Key::T);
        for step in [1, 40] {
            apply(&mut window, Playback::Seek(step));
        }
        apply(&mut window, Edit::SetStart(thalweg_scenario::Start::At([0.0, 0.0])));
        for index in [0, 1] {
            apply(&mut window, Edit::Runner(index, RunnerEdit::Hide(true)));
        }
        apply(&mut window, Edit::SetView(View::square(1e9)));
        apply(&mut window, Command::Open(Box::new(Scenario { runners: Vec::new(), ..scenario }), None));
    }
}
