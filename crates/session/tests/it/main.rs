//! The session as a document that is changed: taking back, pinned paths.

#![allow(clippy::expect_used, reason = "a test")]

mod commands;
mod glides;
mod stored;
mod tales;

use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::objective::view::View;
use thalweg_core::run::race::Race;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Color, Layer, LookAt, Runner, Scenario, Start, Stop, ViewState};
use thalweg_session::{Command, Edit, Playback, RunnerEdit, Session, can_pin};

fn lesson() -> Session {
    let mut session =
        Session::new(thalweg_scenario::open_preset("ill-conditioned-quadratic").expect("a lesson"));
    session.compute(|| false);
    session
}

/// All positions of all runners, as bits.
fn paths(race: &Race) -> Vec<Vec<[u64; 2]>> {
    let path = |samples: &[thalweg_core::run::trajectory::Sample]| {
        samples.iter().map(|sample| [sample.position.x, sample.position.y].map(f64::to_bits)).collect()
    };
    race.runs().iter().map(|run| path(run.trajectory().samples())).collect()
}

fn lr(value: f64) -> Command {
    Edit::Runner(0, RunnerEdit::Set("lr".into(), Value::Number(value))).into()
}

/// Commands of every kind, each of which changes the scenario.
fn changes(session: &Session) -> Vec<Command> {
    let surface = surfaces::find("Rosenbrock").expect("known");
    let show = session.scenario().show.clone();
    let layers = show.layers.with(Layer::Model, true);
    vec![
        Edit::SetSurface("kappa".into(), Value::Number(30.0)).into(),
        Edit::SetStart(Start::At([1.0, 0.5])).into(),
        Edit::SetView(View::square(7.0)).into(),
        Edit::SetSteps(17).into(),
        Edit::SetStop(Stop { gradient: 0.1, ..Stop::default() }).into(),
        Edit::SetTitle("another".to_owned()).into(),
        Edit::AddRunner(optimizers::find("Adam").expect("known")).into(),
        lr(0.001),
        Edit::Runner(1, RunnerEdit::Set("momentum".into(), Value::Number(0.3))).into(),
        Edit::Runner(0, RunnerEdit::Hide(true)).into(),
        Edit::Runner(1, RunnerEdit::Duplicate).into(),
        Edit::Runner(0, RunnerEdit::Remove).into(),
        Edit::Runner(0, RunnerEdit::Choose(optimizers::find("Bfgs").expect("known"))).into(),
        Edit::Pin("before".to_owned()).into(),
        Edit::RenamePinned(0, "then".to_owned()).into(),
        Edit::RemovePinned(0).into(),
        Edit::LookAt(LookAt::Start).into(),
        Edit::Show(Box::new(ViewState { layers, ..show })).into(),
        Edit::ChooseSurface(surface).into(),
        Command::Open(Box::new(thalweg_scenario::open_preset("saddle").expect("a lesson")), None),
        Command::Reset,
    ]
}

/// Every change can be taken back and done again, one after the other, and the race is each time
/// what a fresh session of that scenario computes.
#[test]
fn every_change_is_taken_back_and_done_again() {
    let mut session = lesson();
    let mut stations = vec![session.scenario().clone()];
    for command in changes(&session) {
        session.apply(command.clone());
        session.settle();
        if *session.scenario() == stations[stations.len() - 1] {
            assert!(matches!(command, Command::Reset), "{command:?} changes nothing");
            continue;
        }
        stations.push(session.scenario().clone());
    }
    let check = |session: &mut Session, station: &Scenario| {
        assert_eq!(session.scenario(), station);
        session.compute(|| false);
        let mut fresh = Session::new(station.clone());
        fresh.compute(|| false);
        assert_eq!(paths(session.race()), paths(fresh.race()));
        let pinned_runs =
            |session: &Session| session.pinned_runs().map(|(_, pin)| paths(pin.race())).collect::<Vec<_>>();
        assert_eq!(pinned_runs(session), pinned_runs(&fresh));
    };
    for station in stations.iter().rev().skip(1) {
        session.apply(Command::Undo);
        check(&mut session, station);
    }
    assert!(session.undoable().is_none() && session.redoable().is_some());
    for station in &stations[1..] {
        session.apply(Command::Redo);
        check(&mut session, station);
    }
    assert!(session.redoable().is_none());
}

/// A drag is one change, and what comes after it forgets what was taken back.
#[test]
fn a_drag_is_one_change() {
    let mut session = lesson();
    let before = session.scenario().clone();
    for step in 1..50 {
        session.apply(lr(0.001 * f64::from(step)));
    }
    session.settle();
    let dragged = session.scenario().clone();
    session.apply(Command::Undo);
    assert_eq!(*session.scenario(), before);
    session.apply(Command::Redo);
    assert_eq!(*session.scenario(), dragged);
    session.apply(Command::Undo);
    session.apply(Edit::SetTitle("new".to_owned()));
    assert!(session.redoable().is_none());
}

/// What changes nothing of the scenario leaves no trace: playing, seeking, a value that is refused.
#[test]
fn what_changes_nothing_is_not_kept() {
    let mut session = lesson();
    for command in [
        Playback::Toggle.into(),
        Playback::Seek(20).into(),
        Playback::StepBy(3).into(),
        Playback::SetSpeed(100.0).into(),
        lr(f64::NAN),
        lr(-1.0),
        Edit::Runner(9, RunnerEdit::Remove).into(),
        Edit::LookAt(LookAt::Point([f64::NAN, 0.0])).into(),
        Command::Undo,
        Command::Redo,
    ] {
        session.apply(command.clone());
        assert!(session.undoable().is_none(), "{command:?}");
    }
    assert_eq!(session.cursor(), 23);
}

/// To take back the opening of a file gives the file before, and what Reset goes back to.
#[test]
fn opening_is_taken_back_with_its_file() {
    let mut session = lesson();
    session.mark_saved(session.scenario().clone(), "/tmp/first.ron".into());
    session.apply(lr(0.001));
    session.settle();
    let unsaved = session.scenario().clone();
    let other = thalweg_scenario::open_preset("saddle").expect("a lesson");
    session.apply(Command::Open(Box::new(other.clone()), Some("/tmp/second.ron".into())));
    session.settle();
    assert!(!session.is_changed());
    session.apply(Command::Undo);
    assert_eq!(*session.scenario(), unsaved);
    assert_eq!(session.file(), Some("/tmp/first.ron".as_ref()));
    assert!(session.is_changed());
    session.apply(Command::Redo);
    assert_eq!((session.scenario(), session.file()), (&other, Some("/tmp/second.ron".as_ref())));
}

/// What was saved stays saved when a change is taken back.
#[test]
fn saving_is_not_taken_back() {
    let mut session = lesson();
    session.apply(lr(0.001));
    session.settle();
    session.mark_saved(session.scenario().clone(), "/tmp/saved.ron".into());
    let saved = session.scenario().clone();
    session.apply(Command::Undo);
    assert!(session.is_changed());
    assert_eq!((session.opened(), session.file()), (&saved, Some("/tmp/saved.ron".as_ref())));
}

/// Pinned paths stay what they were, whatever is changed, and come back from the document.
#[test]
fn ghosts_stay_what_they_were() {
    let mut session = lesson();
    session.apply(Edit::Runner(1, RunnerEdit::Hide(true)));
    let shown = paths(session.race())[..1].to_vec();
    session.apply(Edit::Pin("before".to_owned()));
    for command in [
        lr(0.001),
        Edit::SetStart(Start::At([1.0, 0.5])).into(),
        Edit::SetSteps(9).into(),
        Edit::ChooseSurface(surfaces::find("Saddle").expect("known")).into(),
    ] {
        session.apply(command);
        session.compute(|| false);
        let (pin, pinned) = session.pinned_runs().next().expect("pinned");
        assert_eq!((pin.name.as_str(), paths(pinned.race())), ("before", shown.clone()));
    }
    let read =
        thalweg_scenario::parse(&thalweg_scenario::to_ron(session.scenario())).expect("what was written");
    assert_eq!(read, *session.scenario());
    let mut again = Session::new(read);
    again.compute(|| false);
    let (_, pinned) = again.pinned_runs().next().expect("pinned");
    assert_eq!(paths(pinned.race()), shown);
    again.apply(Edit::RemovePinned(0));
    assert_eq!(again.pinned_runs().count(), 0);
}

/// Each pinned race is drawn in a way of its own, which it keeps when others go and come.
#[test]
fn pinned_races_keep_their_marks() {
    let mut session = lesson();
    let marks =
        |session: &Session| session.pinned_runs().map(|(_, pinned)| pinned.mark()).collect::<Vec<_>>();
    for _ in 0..4 {
        session.apply(Edit::Pin(String::new()));
        session.settle();
    }
    assert_eq!(marks(&session), [0, 1, 2, 3]);
    session.apply(Edit::RemovePinned(1));
    session.settle();
    assert_eq!(marks(&session), [0, 2, 3]);
    session.apply(Command::Undo);
    assert_eq!(marks(&session), [0, 1, 2, 3]);
    session.apply(Command::Redo);
    session.apply(Edit::Pin(String::new()));
    assert_eq!(marks(&session), [0, 2, 3, 1]);
    session.apply(Command::Open(Box::new(session.scenario().clone()), None));
    assert_eq!(marks(&session), [0, 1, 2, 3]);
}

/// The pinned runner that stands for another one: by name and colour, by name, by colour, by place.
#[test]
fn a_pinned_runner_stands_for_its_likeness() {
    let mut scenario = lesson().scenario().clone();
    let model = scenario.runners[0].clone();
    let runner = |label: &str, color| Runner { label: label.to_owned(), color, ..model.clone() };
    scenario.runners = vec![
        runner("a", Color::Blue),
        runner("b", Color::Orange),
        runner("a", Color::Green),
        runner("c", Color::Sky),
    ];
    let mut session = Session::new(scenario);
    session.apply(Edit::Pin("pin".to_owned()));
    let (_, pinned) = session.pinned_runs().next().expect("pinned");
    let all: Vec<u64> = pinned.runners().map(|(.., version)| version).collect();
    for (label, color, place, expected) in [
        ("a", Color::Green, 0, Some(2)),
        ("b", Color::Green, 0, Some(1)),
        ("new", Color::Sky, 0, Some(3)),
        ("new", Color::Ink, 1, Some(1)),
        ("new", Color::Ink, 4, None),
    ] {
        let found = pinned.counterpart(&runner(label, color), place).map(|(.., version)| version);
        assert_eq!(found, expected.map(|index: usize| all[index]), "{label} {color:?} {place}");
    }
}

/// There is an end to the room for pinned paths.
#[test]
fn pins_end_where_the_room_does() {
    let mut session = lesson();
    for _ in 0..20 {
        session.apply(Edit::Pin(String::new()));
    }
    assert_eq!(session.pinned_runs().count(), thalweg_scenario::MAX_PINNED);
    assert!(!can_pin(session.scenario()));
    let mut session = lesson();
    session.apply(Edit::SetSteps(1_000_000));
    for _ in 0..20 {
        session.apply(Edit::Pin(String::new()));
    }
    assert!(session.scenario().total_steps() <= thalweg_scenario::MAX_TOTAL_STEPS);
    assert!(session.pinned_runs().count() == 4 && !can_pin(session.scenario()));
}

/// What is kept for one run must never pass for that of another: no number comes twice, whatever is
/// opened.
#[test]
fn runs_of_another_scenario_have_other_numbers() {
    let mut session = lesson();
    session.apply(Edit::Pin("long".to_owned()));
    let long = session.scenario().clone();
    session.apply(Edit::SetSteps(9));
    session.apply(Edit::RemovePinned(0));
    session.apply(Edit::Pin("short".to_owned()));
    let short = session.scenario().clone();
    let mut seen: Vec<u64> = Vec::new();
    let open = |scenario: &Scenario| Command::Open(Box::new(scenario.clone()), None);
    for command in [open(&long), open(&short), open(&short), open(&long)] {
        session.apply(command);
        let pinned_runs: Vec<u64> = session
            .pinned_runs()
            .flat_map(|(_, pinned)| pinned.runners().map(|(.., version)| version))
            .collect();
        let runners = 0..session.scenario().runners.len();
        let fresh: Vec<u64> = runners.map(|index| session.run_version(index)).chain(pinned_runs).collect();
        assert!(
            fresh.len() >= 3 && fresh.iter().all(|version| !seen.contains(version)),
            "{fresh:?} {seen:?}"
        );
        seen.extend(fresh);
    }
}

/// To go back to what was opened is not to open something else: what was saved since stays saved.
#[test]
fn going_back_over_a_reset_keeps_what_was_saved() {
    let mut session = lesson();
    session.apply(lr(0.001));
    session.settle();
    session.apply(Command::Reset);
    session.settle();
    session.apply(lr(0.002));
    session.settle();
    session.mark_saved(session.scenario().clone(), "/tmp/saved.ron".into());
    let saved = session.scenario().clone();
    for _ in 0..3 {
        session.apply(Command::Undo);
    }
    assert_eq!(session.opened(), &saved);
    assert!(session.is_changed());
}
