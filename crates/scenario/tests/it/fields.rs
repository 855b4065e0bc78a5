//! What the tables of fields say: what no document may hold, what differs, and what undo calls it.

use std::sync::Arc;
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::method::gradient;
use thalweg_core::objective::view::View;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::find;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    Draw, Field, Invalidates, LookAt, MAX_LABEL, MAX_RUNNERS, MapAxis, MapView, Page, PinnedRun, Record,
    Runner, Scenario, Start, StartCloud, Stop, Subject, ViewState, changes, open_preset, parse, refused,
    to_ron, undo_words,
};

fn runner(name: &str, index: usize) -> Runner {
    Runner::new(Chosen::with_defaults(find(optimizers::ALL, name).unwrap()), index)
}

fn scenario() -> Scenario {
    let mut scenario = Scenario::new(find(surfaces::ALL, "Quadratic").unwrap());
    scenario.runners = vec![runner("Adam", 0), runner("Momentum", 1)];
    scenario
}

/// A way to change a scenario.
type Mutation = fn(&mut Scenario);

#[test]
fn what_no_document_may_hold_is_refused() {
    let cases: &[(Mutation, &str)] = &[
        (|s| s.title = "a\nb".to_owned(), "the title takes one line"),
        (|s| s.title = "x".repeat(121), "the title has 121 characters; at most 120"),
        (|s| s.start = Start::At([0.0, f64::NAN]), "the start takes two finite numbers"),
        (|s| s.view.x = (1.0, 1.0), "smaller number first"),
        (|s| s.steps = 0, "`steps` takes a whole number from 1 to 1000000"),
        (|s| s.stop.gradient = -1.0, "`gradient` takes a finite number of at least 0"),
        (|s| s.stop.divergence = f64::INFINITY, "`divergence` takes a finite number above 0"),
        (|s| s.stop.patience = 1_000_001, "`patience` takes a whole number from 0 to 1000000"),
        (|s| s.cloud = Some(StartCloud { count: 201, ..StartCloud::within(s.view) }), "`count` takes"),
        (|s| s.surface.values[0] = Value::Number(f64::NAN), "takes a finite number"),
        (|s| s.runners[1].label = "x".repeat(MAX_LABEL + 1), "a label has 61 characters"),
        (|s| s.runners[0].optimizer.values[0] = Value::Number(-1.0), "`lr` takes a finite number above 0"),
        (|s| s.runners = (0..=MAX_RUNNERS).map(|index| runner("Adam", index)).collect(), "found 33 runners"),
        (|s| (s.steps, s.runners) = (1_000_000, vec![runner("Adam", 0); 11]), "at most 10000000 in all"),
        (|s| s.gradient = Chosen::with_defaults(find(gradient::ALL, "Minibatch").unwrap()), "mean over data"),
        (|s| s.show.look_at = LookAt::Point([f64::INFINITY, 0.0]), "`look_at` takes two finite numbers"),
        (|s| s.show.tolerance = 0.0, "`tolerance` takes a finite number above 0"),
        (
            |s| {
                let x = Some(MapAxis { key: "lr".to_owned(), from: 1.0, to: 0.5 });
                s.show.map = MapView { x, ..MapView::default() };
            },
            "goes from the smaller number to the larger one",
        ),
        (
            |s| {
                let pin = PinnedRun::pin("before".to_owned(), s);
                let of = Arc::new(Scenario { steps: 0, ..(*pin.of).clone() });
                s.pinned_runs = vec![PinnedRun { of, ..pin }];
            },
            "`steps` takes a whole number",
        ),
    ];
    assert_eq!(refused(&scenario()), None);
    for (change, words) in cases {
        let mut broken = scenario();
        change(&mut broken);
        let told = refused(&broken).unwrap_or_else(|| panic!("not refused, should say: {words}"));
        assert!(told.contains(words), "{told}, without: {words}");
        // The reader is of the same opinion.
        assert!(parse(&to_ron(&broken)).is_err(), "{words}");
    }
}

#[test]
fn what_differs_is_told_with_its_words() {
    let cases: &[(Mutation, &str, Subject, Invalidates, &str)] = &[
        (|s| s.title = "a".to_owned(), "title", Subject::Scenario, Invalidates::Nothing, "the title"),
        (|s| s.steps = 7, "steps", Subject::Scenario, Invalidates::Runs, "the number of steps"),
        (
            |s| s.stop = Stop { patience: 3, ..s.stop },
            "stop",
            Subject::Scenario,
            Invalidates::Runs,
            "when runs end",
        ),
        (|s| s.view = View::square(9.0), "view", Subject::Scenario, Invalidates::Picture, "the view"),
        (
            |s| s.start = Start::Random(Draw::within(s.view)),
            "start",
            Subject::Scenario,
            Invalidates::Runs,
            "the start",
        ),
        (
            |s| s.cloud = Some(StartCloud::within(s.view)),
            "cloud",
            Subject::Scenario,
            Invalidates::Cloud,
            "the cloud of starts",
        ),
        (
            |s| s.show = ViewState { page: Page::named("Map"), ..ViewState::default() },
            "show",
            Subject::Scenario,
            Invalidates::Picture,
            "what is shown",
        ),
        (
            |s| assert!(s.surface.set("kappa", Value::Number(7.0))),
            "surface",
            Subject::Scenario,
            Invalidates::Surface,
            "a setting of the surface",
        ),
        (|s| drop(s.runners.pop()), "runners", Subject::Scenario, Invalidates::Runners, "removing a runner"),
        (
            |s| s.pinned_runs.push(PinnedRun::pin("before".to_owned(), s)),
            "ghosts",
            Subject::Scenario,
            Invalidates::PinnedRuns,
            "pinning the paths",
        ),
        (
            |s| s.runners[1] = Runner { color: s.runners[1].color, ..runner("Adam", 1) },
            "optimizer",
            Subject::Runner(1),
            Invalidates::Run,
            "the method of Adam",
        ),
        (
            |s| s.runners[0].hidden = true,
            "hidden",
            Subject::Runner(0),
            Invalidates::Picture,
            "hiding or showing of Adam",
        ),
        (
            |s| assert!(s.runners[0].optimizer.set("lr", Value::Number(0.5))),
            "optimizer",
            Subject::Runner(0),
            Invalidates::Run,
            "the length of a step per unit of gradient of Adam",
        ),
    ];
    assert_eq!(changes(&scenario(), &scenario()), []);
    for (change, key, subject, invalidates, words) in cases {
        let (old, mut new) = (scenario(), scenario());
        change(&mut new);
        let found = changes(&old, &new);
        let [found] = &found[..] else { panic!("one change expected for {key}: {found:?}") };
        assert_eq!((found.key, found.subject, found.invalidates), (*key, *subject, *invalidates));
        assert_eq!(undo_words(&old, &new), *words);
    }
    let mut both = scenario();
    for runner in &mut both.runners {
        assert!(runner.optimizer.set("lr", Value::Number(0.5)));
    }
    assert_eq!(undo_words(&scenario(), &both), "2 runners");
    assert_eq!(undo_words(&scenario(), &open_preset("saddle").unwrap()), "opening another scenario");
}

/// The default that a table states is the one that the struct has, and what a field is set to is what it has.
#[test]
fn tables_and_structs_agree() {
    fn check<R: Record + Clone>(blank: &R, states_defaults: bool) {
        for (index, field) in R::fields().iter().enumerate() {
            assert!(!field.doc.is_empty() && !field.doc.ends_with('.'), "{}", field.key);
            assert_eq!(R::fields().iter().position(|other| other.key == field.key), Some(index));
            let Some(param) = field.param() else { continue };
            if states_defaults {
                assert_eq!(field.value(blank), Some(param.default_value()), "{}", field.key);
            }
            for value in [Value::Number(1.0), Value::Switch(true), Value::Choice(1)] {
                let mut changed = blank.clone();
                let is_set = field.set(&mut changed, &value);
                assert_eq!(is_set, param.accepts(&value), "{}", field.key);
                assert_eq!(is_set, field.value(&changed) == Some(value), "{}", field.key);
                let others = R::fields().iter().filter(|other| other.key != field.key);
                assert!(
                    others.into_iter().all(|other: &Field<R>| other.is_same(blank, &changed)),
                    "{}",
                    field.key
                );
            }
        }
    }
    let scenario = scenario();
    check(&scenario, true);
    check(&scenario.stop, true);
    check(&ViewState::default(), true);
    check(&MapView::default(), true);
    check(&StartCloud::within(scenario.view), true);
    check(&Draw::within(scenario.view), true);
    check(&scenario.runners[0], true);
    check(&MapAxis { key: "lr".to_owned(), from: 0.25, to: 2.0 }, false);
    check(&PinnedRun::pin("before".to_owned(), &scenario), true);
}
