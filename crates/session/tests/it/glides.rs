//! Glides: what is on the way from one document to another, and that a glide is one change.

use thalweg_core::math::within::Within;
use thalweg_scenario::{Scenario, changed_by, open_preset, refused};
use thalweg_session::{Command, Edit, Playback, Session, between};

fn lesson(name: &str) -> Scenario {
    open_preset(name).expect("a lesson")
}

fn changed(scenario: &Scenario, line: &str) -> Scenario {
    changed_by(scenario, &[line.to_owned()]).expect(line).0
}

fn rate(session: &Session, runner: usize) -> f64 {
    session.scenario().runners[runner].optimizer.number("lr").expect("a rate")
}

#[test]
fn numbers_lie_between_and_the_rest_is_there_at_once() {
    let from = lesson("your-own-function");
    let to = changed(&changed(&changed(&from, "surface.a=0"), "1.lr=10"), "start=(1,-0.9)");
    let to = changed(&changed(&to, "steps=50"), "2.hidden=true");
    let half = between(&from, &to, 0.5);
    let rate = half.runners[0].optimizer.number("lr").expect("a rate");
    assert!((rate - 1.0).abs() < 1e-12, "half of the way from 0.1 to 10, as a rate is dragged: {rate}");
    let typed = half.surface.typed().expect("a typed function");
    assert_eq!(typed.constants().find(|(name, _)| *name == "a"), Some(("a", 0.25)));
    assert_eq!(half.start.point(), [2.0, 0.0]);
    assert_eq!((half.steps, half.runners[1].hidden), (50, true));
    assert_eq!(between(&from, &to, 1.0), to);
    let back = Scenario { steps: 200, ..changed(&between(&from, &to, 0.0), "2.hidden=false") };
    assert_eq!(back, from, "at the beginning only what has no between is as it will be");
}

#[test]
fn everything_between_two_lessons_is_a_document() {
    for (one, other) in
        [("zigzag", "newton"), ("classic-five", "warm-restarts"), ("saddle", "saddle-on-axis")]
    {
        let (from, to) = (lesson(one), lesson(other));
        for part in 0..=10 {
            assert_eq!(refused(&between(&from, &to, f64::from(part) / 10.0)), None, "{one} to {other}");
        }
    }
}

#[test]
fn a_glide_is_one_change() {
    let mut session = Session::new(lesson("ill-conditioned-quadratic"));
    let before = session.scenario().clone();
    let goal = changed(&before, "1.lr=0.0198");
    session.apply(Command::Glide(Box::new(goal.clone())));
    let mut rates = vec![rate(&session, 0)];
    while session.is_gliding() {
        session.tick(0.1);
        // As the window does after each frame.
        session.settle();
        rates.push(rate(&session, 0));
    }
    assert!(rates.len() > 6 && rates.is_sorted() && rates[0] == 0.018, "{rates:?}");
    assert_eq!(*session.scenario(), goal);
    assert_eq!(session.undoable(), Some("the length of a step per unit of gradient of gradient descent"));
    session.apply(Command::Undo);
    assert_eq!(*session.scenario(), before, "all of it is taken back at once");
    assert_eq!(session.undoable(), None);
    session.apply(Command::Redo);
    assert_eq!(*session.scenario(), goal);
}

#[test]
fn what_comes_meanwhile_finds_the_glide_at_its_end() {
    let mut session = Session::new(lesson("ill-conditioned-quadratic"));
    let goal = changed(session.scenario(), "1.lr=0.0198");
    session.apply(Command::Glide(Box::new(goal.clone())));
    session.tick(0.2);
    session.apply(Playback::Toggle);
    assert!(session.is_gliding(), "playing does not end it");
    session.apply(Edit::SetSteps(77));
    assert!(!session.is_gliding());
    assert_eq!(*session.scenario(), Scenario { steps: 77, ..goal.clone() });
    session.apply(Command::Undo);
    assert_eq!(*session.scenario(), goal, "the glide is a change of its own");
}

#[test]
fn a_glide_to_where_it_is_is_none() {
    let mut session = Session::new(lesson("zigzag"));
    let here = session.scenario().clone();
    session.apply(Command::Glide(Box::new(here)));
    assert!(!session.is_gliding() && session.undoable().is_none());
}

#[test]
fn a_lesson_begins_with_its_focus_and_its_speed() {
    let session = Session::new(lesson("classic-five"));
    assert_eq!((session.focus(), session.speed()), (1, 38.0), "300 steps in some eight seconds");
    let mut session = session;
    let mut other = lesson("rosenbrock");
    other.show.speed = 100.0;
    session.apply(Command::Open(Box::new(other), None));
    assert_eq!((session.focus(), session.speed()), (0, 100.0));
    session.apply(Command::Open(Box::new(lesson("rosenbrock")), None));
    assert_eq!(session.speed(), 375.0);
    assert_eq!(0.5.within(1.0, 2.0), 1.0, "the slowest is a step a second");
}
