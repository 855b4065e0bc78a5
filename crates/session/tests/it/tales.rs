//! Stories: scenes forwards and back, what is kept aside, where the cursor stands and plays to, and guesses.

use std::sync::Arc;
use thalweg_core::objective::view::View;
use thalweg_scenario::{PRESETS, Scenario, changed_by, open_preset, scene_document};
use thalweg_session::{Command, Edit, Guess, GuessVerdict, Playback, Session, StoredSession, Story};

fn story(name: &str) -> Session {
    let mut session = Session::new(open_preset(name).expect("a story"));
    session.compute(|| false);
    session
}

/// Lets time pass until nothing glides.
fn wait(session: &mut Session) {
    while session.is_gliding() {
        session.tick(0.2);
        session.compute(|| false);
    }
}

fn go(session: &mut Session, scene: usize) {
    session.apply(Command::Scene(scene));
    wait(session);
}

fn place(session: &Session) -> usize {
    session.story().expect("a story").place()
}

#[test]
fn every_scene_is_reached_from_every_other_as_it_was_written() {
    for name in ["story-one-variable", "story-landscapes", "story-newton"] {
        let base = open_preset(name).expect("a story");
        let mut session = story(name);
        let count = base.scenes.len();
        for scene in [1, 0, count - 1, 2, count - 1, 0] {
            go(&mut session, scene);
            let mut goal = scene_document(&base, scene);
            if base.scenes[scene].ask.is_some() {
                goal.show.layers = goal.show.layers.with(thalweg_scenario::Layer::Future, false);
            }
            assert_eq!(*session.scenario(), goal, "{name}: {scene}");
            assert!(!session.is_changed());
            assert_eq!(session.cursor(), base.scenes[scene].step, "{name}: {scene}");
        }
    }
}

#[test]
fn what_was_changed_is_kept_aside_and_comes_back() {
    let mut session = story("story-one-variable");
    go(&mut session, 2);
    session.apply(Edit::SetSteps(33));
    session.settle();
    assert!(session.is_changed());
    let mine = session.scenario().clone();
    go(&mut session, 3);
    assert!(!session.is_changed(), "the next scene begins as it was written");
    go(&mut session, 2);
    assert_eq!(*session.scenario(), mine);
    // Going back to what was written, and taking a scene back.
    session.apply(Command::Reset);
    wait(&mut session);
    assert!(!session.is_changed());
    go(&mut session, 3);
    session.apply(Command::Undo);
    assert_eq!(place(&session), 2, "to take a scene back is to go back");
}

#[test]
fn a_stretch_plays_by_itself_after_the_glide() {
    let mut session = story("story-one-variable");
    session.apply(Command::Scene(1));
    assert!(session.is_playing() && session.cursor() == 0);
    wait(&mut session);
    for _ in 0..200 {
        session.tick(0.1);
    }
    assert_eq!((session.cursor(), session.is_playing()), (60, false));
    session.apply(Playback::Seek(5));
    go(&mut session, 4);
    assert_eq!(session.cursor(), 10);
}

#[test]
fn a_story_is_saved_as_a_story_and_a_changed_scene_by_itself() {
    let base = open_preset("story-one-variable").expect("a story");
    let mut session = story("story-one-variable");
    go(&mut session, 5);
    assert_eq!(session.document_to_save(), base);
    session.apply(Edit::SetSteps(33));
    let saved = session.document_to_save();
    assert!(saved.scenes.is_empty() && saved.steps == 33);
    session.mark_saved(saved.clone(), "mine.ron".into());
    assert!(session.story().is_none() && !session.is_changed());
    assert_eq!(*session.scenario(), saved);
}

#[test]
fn guesses_are_judged_when_the_answer_is_shown() {
    let base = open_preset("story-landscapes").expect("a story");
    let mut tale = Story::of(&base).expect("it has scenes");
    let now = Arc::clone(tale.goal());
    tale.guess(Guess::Place([0.0, 0.0]));
    assert!(tale.guesses().is_empty(), "nothing is asked yet");
    let _ = tale.turn(3, &now);
    assert!(tale.asks_for_place());
    tale.guess(Guess::Choice(0));
    for place in [[1.0, 0.0], [-1.0, 0.1], [f64::NAN, 0.0], [0.0, 0.0]] {
        tale.guess(Guess::Place(place));
    }
    tale.take_back();
    assert_eq!(tale.guesses(), [Guess::Place([1.0, 0.0]), Guess::Place([-1.0, 0.1])]);
    let view = View { x: (-2.0, 2.0), y: (-1.0, 1.0) };
    assert_eq!(tale.verdict([-1.0, 0.0], view), None, "not yet");
    tale.reveal();
    let verdict = tale.verdict([-1.0, 0.0], view);
    assert!(
        matches!(verdict, Some(GuessVerdict::Places { nearest, near: 1 }) if (nearest - 0.025).abs() < 1e-12)
    );
    tale.guess(Guess::Place([5.0, 5.0]));
    assert_eq!(tale.guesses().len(), 2, "who has seen it does not guess");
    let none: Option<Story> = Story::of(&Scenario::of_ones_own());
    assert!(none.is_none());
    let line = ["2.hidden=true".to_owned()];
    assert!(changed_by(&base, &line).is_ok());
}

/// Wherever it is opened from: the document of a file may be that of a later scene.
#[test]
fn a_story_begins_at_its_first_scene() {
    let stories = PRESETS.iter().map(|preset| open_preset(preset.name).expect("a lesson"));
    let stories: Vec<_> = stories.filter(|document| !document.scenes.is_empty()).collect();
    assert!(stories.len() >= 8);
    for document in stories {
        let opened = Session::new(document.clone());
        let stored = StoredSession::new(document.clone());
        let started = Session::resumed(stored, thalweg_session::Runtime::synchronous());
        for session in [&opened, &started] {
            assert_eq!((place(session), session.is_changed()), (0, false), "{}", document.title);
            assert_eq!(*session.scenario(), scene_document(&document, 0), "{}", document.title);
            // As the scene says, and not only where it is turned to.
            let scene = &document.scenes[0];
            assert_eq!((session.cursor(), session.is_playing()), (scene.step, scene.until > scene.step));
        }
    }
}

/// What somebody made of a scene is no scene: it comes back at rest, where the author's plays by itself.
#[test]
fn a_stored_scene_that_was_changed_does_not_play() {
    let mut session = story("story-adaptive");
    let plays = |session: &Session| {
        Session::resumed(session.stored(None), thalweg_session::Runtime::synchronous()).is_playing()
    };
    assert!(plays(&session));
    session.apply(Edit::SetSteps(777));
    assert!(!plays(&session));
}

/// What was stored comes back as it was, at its scene: the first one does not begin anew on top of it.
#[test]
fn a_stored_scene_comes_back_as_it_was() {
    let mut session = story("story-edge-of-stability");
    go(&mut session, 2);
    let (document, at) = (session.scenario().clone(), place(&session));
    let resumed = Session::resumed(session.stored(None), thalweg_session::Runtime::synchronous());
    assert_eq!((resumed.scenario(), place(&resumed), resumed.is_changed()), (&document, at, false));
    let mut other = Session::new(Scenario::of_ones_own());
    other.resume(session.stored(None));
    assert_eq!((other.scenario(), place(&other)), (&document, at));
}

/// Scenes that change nothing have one document; saving tells them apart all the same.
#[test]
fn saving_leaves_a_story_where_it_is_told() {
    let base = open_preset("story-noise").expect("a story");
    assert!(base.scenes[1..].iter().any(|scene| scene.set.is_empty()), "a scene that changes nothing");
    let mut session = story("story-noise");
    for scene in 0..base.scenes.len() {
        go(&mut session, scene);
        session.mark_saved(session.document_to_save(), "a.ron".into());
        assert_eq!(place(&session), scene);
    }
}

/// A scene that begins at a step which is not computed yet begins there all the same, and plays on from it.
#[test]
fn a_scene_begins_at_its_step_before_that_is_computed() {
    let document = thalweg_scenario::parse(
        r#"(surface: Rosenbrock(), steps: 60, runners: [(optimizer: GradientDescent(lr: 1e-3))],
            scenes: [(title: "One"), (title: "Two", set: ["1.lr=2e-3"], step: 10, until: 40)])"#,
    );
    let mut session = Session::new(document.expect("a document"));
    session.apply(Command::Scene(1));
    while session.is_gliding() {
        session.tick(0.2);
    }
    session.tick(0.001);
    assert_eq!(session.cursor(), 10);
    session.compute(|| false);
    session.tick(1e-6);
    assert!((10..40).contains(&session.cursor()), "{}", session.cursor());
    session.tick(100.0);
    assert_eq!(session.cursor(), 40);
}
