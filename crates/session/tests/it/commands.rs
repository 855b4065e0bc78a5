//! Every command there is: the state that it leads to is that of the resulting document, whether it is reached
//! by the command, by opening the document, or by taking back and doing again.
//!
//! The examples are chains of exhaustive matches: a new command does not compile until it has one here.

use nalgebra::Vector2;
use thalweg_core::catalogue::{modifiers, optimizers, schedules, surfaces};
use thalweg_core::method::gradient::{EXACT, NOISE};
use thalweg_core::objective::view::View;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Color, Layer, LookAt, Scenario, Start, Stop};
use thalweg_session::{Command, Edit, Guess, Playback, RunnerEdit, Session};

/// Documents on which each edit changes something: a model with everything that a document can have, a typed
/// function, and a story that asks.
const DOCUMENTS: [&str; 3] = [
    r#"(surface: LogisticRegression(), start: (0.5, 0.5), gradient: Minibatch(size: 8, seed: 3), steps: 40,
        cloud: (count: 5, seed: 1), runners: [
            (optimizer: Momentum(lr: 0.3), with: [ClipNorm(max: 0.5), Sharpness(rho: 0.1)], schedule: Cosine(total: 30), gradient: Minibatch(size: 4, seed: 1)),
            (optimizer: Adam(lr: 0.1)),
            (optimizer: GradientDescent(lr: 0.2))],
        ghosts: [(name: "before", of: (surface: Saddle(), start: (1, 1), steps: 20,
            runners: [(optimizer: GradientDescent(lr: 0.05))]))])"#,
    r#"(surface: Formula(f: "a*x^2 + y^2", a: 2), start: (1, 1), steps: 30,
        runners: [(optimizer: GradientDescent(lr: 0.1)), (optimizer: Bfgs())])"#,
    r#"(surface: Saddle(), start: (1, 0.1), steps: 30,
        runners: [(optimizer: GradientDescent(lr: 0.1)), (optimizer: Momentum(lr: 0.1))],
        scenes: [(title: "One"), (title: "Two", set: ["1.lr=0.2"],
            ask: (words: "Which way?", choices: ["up", "down"], answer: 2))])"#,
];

fn next_edit(edit: Option<&Edit>, document: &Scenario) -> Option<Edit> {
    Some(match edit {
        None => Edit::ChooseSurface(surfaces::find("Rosenbrock").expect("known")),
        Some(Edit::ChooseSurface(_)) => Edit::SetSurface("standardize".into(), Value::Switch(true)),
        Some(Edit::SetSurface(..)) => Edit::SetConstant("a".to_owned(), 3.0),
        Some(Edit::SetConstant(..)) => Edit::SetStart(Start::At([-1.0, 0.5])),
        Some(Edit::SetStart(_)) => Edit::SetCloud(None),
        Some(Edit::SetCloud(_)) => Edit::ChooseGradient(&NOISE),
        Some(Edit::ChooseGradient(_)) => Edit::SetGradient("size".into(), Value::Number(2.0)),
        Some(Edit::SetGradient(..)) => Edit::SetView(View::square(7.0)),
        Some(Edit::SetView(_)) => Edit::FitView,
        Some(Edit::FitView) => Edit::SetSteps(17),
        Some(Edit::SetSteps(_)) => Edit::SetStop(Stop { divergence: 0.9, ..Stop::default() }),
        Some(Edit::SetStop(_)) => Edit::SetTitle("another".to_owned()),
        Some(Edit::SetTitle(_)) => Edit::SetNotes("**other** words".to_owned()),
        Some(Edit::SetNotes(_)) => Edit::Become(Box::new(Scenario { steps: 23, ..document.clone() })),
        Some(Edit::Become(_)) => Edit::AddRunner(optimizers::find("Yogi").expect("known")),
        Some(Edit::AddRunner(_)) => Edit::Solo(0),
        Some(Edit::Solo(_)) => Edit::MoveRunner(0, 1),
        Some(Edit::MoveRunner(..)) => Edit::Runner(0, RunnerEdit::Remove),
        Some(Edit::Runner(..)) => Edit::SetRates(vec![(0, 0.01), (1, 0.02)]),
        Some(Edit::SetRates(_)) => Edit::LookAt(LookAt::Start),
        Some(Edit::LookAt(_)) => {
            let mut show = document.show.clone();
            show.layers = show.layers.with(Layer::Model, true);
            Edit::Show(Box::new(show))
        }
        Some(Edit::Show(_)) => Edit::Pin("now".to_owned()),
        Some(Edit::Pin(_)) => Edit::RenamePinned(0, "then".to_owned()),
        Some(Edit::RenamePinned(..)) => Edit::RemovePinned(0),
        Some(Edit::RemovePinned(_)) => return None,
    })
}

fn next_runner_edit(edit: Option<&RunnerEdit>) -> Option<RunnerEdit> {
    Some(match edit {
        None => RunnerEdit::Remove,
        Some(RunnerEdit::Remove) => RunnerEdit::Duplicate,
        Some(RunnerEdit::Duplicate) => RunnerEdit::Rename("renamed".to_owned()),
        Some(RunnerEdit::Rename(_)) => RunnerEdit::Recolor(Color::Ink),
        Some(RunnerEdit::Recolor(_)) => RunnerEdit::Hide(true),
        Some(RunnerEdit::Hide(_)) => RunnerEdit::Choose(optimizers::find("Lion").expect("known")),
        Some(RunnerEdit::Choose(_)) => RunnerEdit::Set("lr".into(), Value::Number(0.07)),
        Some(RunnerEdit::Set(..)) => RunnerEdit::ChooseSchedule(schedules::find("Step").expect("known")),
        Some(RunnerEdit::ChooseSchedule(_)) => RunnerEdit::SetSchedule("total".into(), Value::Number(9.0)),
        Some(RunnerEdit::SetSchedule(..)) => {
            let schedule = schedules::find("Sequence").expect("known");
            RunnerEdit::ReplaceSchedule(Box::new(Chosen::with_defaults(schedule)))
        }
        Some(RunnerEdit::ReplaceSchedule(_)) => RunnerEdit::ChooseGradient(Some(&EXACT)),
        Some(RunnerEdit::ChooseGradient(_)) => RunnerEdit::SetGradient("seed".into(), Value::Number(9.0)),
        Some(RunnerEdit::SetGradient(..)) => RunnerEdit::MakeRule(optimizers::find("Nesterov")),
        Some(RunnerEdit::MakeRule(_)) => {
            RunnerEdit::AddModifier(modifiers::find("WeightDecay").expect("known"))
        }
        Some(RunnerEdit::AddModifier(_)) => RunnerEdit::RemoveModifier(0),
        Some(RunnerEdit::RemoveModifier(_)) => RunnerEdit::MoveModifier(1, 0),
        Some(RunnerEdit::MoveModifier(..)) => return None,
    })
}

fn next_playback(playback: Option<&Playback>) -> Option<Playback> {
    Some(match playback {
        None => Playback::Toggle,
        Some(Playback::Toggle) => Playback::StepBy(3),
        Some(Playback::StepBy(_)) => Playback::Seek(9),
        Some(Playback::Seek(_)) => Playback::Rewind,
        Some(Playback::Rewind) => Playback::Restart,
        Some(Playback::Restart) => Playback::Line(1),
        Some(Playback::Line(_)) => Playback::NextLine,
        Some(Playback::NextLine) => Playback::PreviousLine,
        Some(Playback::PreviousLine) => Playback::SetSpeed(100.0),
        Some(Playback::SetSpeed(_)) => return None,
    })
}

fn next_command(command: Option<&Command>, document: &Scenario) -> Option<Command> {
    let edit = |edit: Option<Edit>| edit.map(Command::Edit);
    match command {
        None => edit(next_edit(None, document)),
        Some(Command::Edit(Edit::Runner(index, change))) => match next_runner_edit(Some(change)) {
            Some(change) => edit(Some(Edit::Runner(*index, change))),
            None => edit(next_edit(Some(&Edit::Runner(*index, change.clone())), document)),
        },
        Some(Command::Edit(change)) => {
            edit(next_edit(Some(change), document)).or_else(|| next_playback(None).map(Command::Playback))
        }
        Some(Command::Playback(playback)) => {
            Some(next_playback(Some(playback)).map_or(Command::Focus(2), Command::Playback))
        }
        Some(Command::Focus(_)) => {
            let there = Scenario { steps: 21, ..document.clone() };
            Some(Command::Glide(Box::new(there)))
        }
        Some(Command::Glide(_)) => Some(Command::Scene(1)),
        Some(Command::Scene(_)) => Some(Command::Guess(Guess::Choice(0))),
        Some(Command::Guess(_)) => Some(Command::TakeBackGuess),
        Some(Command::TakeBackGuess) => Some(Command::Reveal),
        Some(Command::Reveal) => {
            let other = thalweg_scenario::open_preset("saddle").expect("a lesson");
            Some(Command::Open(Box::new(other), None))
        }
        Some(Command::Open(..)) => Some(Command::Reset),
        Some(Command::Reset) => Some(Command::Undo),
        Some(Command::Undo) => Some(Command::Redo),
        Some(Command::Redo) => None,
    }
}

fn all_commands(document: &Scenario) -> Vec<Command> {
    let first = next_command(None, document);
    std::iter::successors(first, |command| next_command(Some(command), document)).collect()
}

fn session(document: &Scenario) -> Session {
    let mut session = Session::new(document.clone());
    session.compute(|| false);
    // The view is another than that of the document as it was opened, and the cursor stands somewhere.
    session.apply(Edit::SetView(View::square(3.0)));
    session.settle();
    session.apply(Playback::Seek(25));
    session.apply(Command::Focus(1));
    session
}

/// All that is computed of a document, to the bit.
#[derive(Debug, PartialEq)]
struct SessionState {
    race: Vec<Vec<[u64; 2]>>,
    cloud: Vec<Vec<[u64; 2]>>,
    pinned: Vec<Vec<[u64; 2]>>,
    horizon: u32,
    finish: u32,
    position: [u64; 2],
}

fn state(session: &mut Session) -> SessionState {
    session.compute(|| false);
    let path = |run: &Run| {
        let samples = run.trajectory().samples();
        samples.iter().map(|sample| [sample.position.x, sample.position.y].map(f64::to_bits)).collect()
    };
    let cloud = session.multi_start().map_or(&[][..], |(cloud, _)| cloud.runs());
    let position = session.position();
    SessionState {
        race: session.race().runs().iter().map(path).collect(),
        cloud: cloud.iter().map(path).collect(),
        pinned: session.pinned_runs().flat_map(|(_, pin)| pin.race().runs().iter().map(path)).collect(),
        horizon: session.horizon(),
        finish: session.finish_line(),
        position: [position.x, position.y].map(f64::to_bits),
    }
}

/// The state of a session in which the document was opened, looked at as this one is.
fn fresh(session: &Session) -> SessionState {
    let mut fresh = Session::new(session.scenario().clone());
    fresh.compute(|| false);
    fresh.apply(Command::Focus(session.focus()));
    fresh.apply(Playback::Seek(session.cursor()));
    state(&mut fresh)
}

fn check(session: &mut Session, command: &Command) {
    let steps = session.scenario().steps;
    assert!(session.cursor() <= steps, "{command:?}: {} of {steps}", session.cursor());
    let (state, fresh) = (state(session), fresh(session));
    assert!(state == fresh, "{command:?}: not what the document says\n{state:?}\n{fresh:?}");
    assert!(session.focused().is_some() || session.scenario().runners.is_empty(), "{command:?}");
}

#[test]
fn every_command_leads_to_what_the_document_says() {
    let mut effective = std::collections::HashSet::new();
    let mut all = 0;
    for text in DOCUMENTS {
        let document = thalweg_scenario::parse(text).expect("a document");
        let commands = all_commands(&document);
        all = commands.len();
        for (number, command) in commands.into_iter().enumerate() {
            let mut session = session(&document);
            // There is something to take back and to do again.
            if matches!(command, Command::Redo) {
                session.apply(Command::Undo);
            }
            // Something is asked, and somebody has guessed.
            if matches!(command, Command::Guess(_) | Command::TakeBackGuess | Command::Reveal) {
                session.apply(Command::Scene(1));
                glide(&mut session);
                session.apply(Command::Guess(Guess::Choice(1)));
            }
            let told = |session: &Session| {
                session.story().map(|story| (story.place(), story.guesses().len(), story.is_asking()))
            };
            let (before, ids, told_before) = (session.scenario().clone(), ids(&session), told(&session));
            let cursor = (session.cursor(), session.is_playing(), session.speed(), session.line());
            session.apply(command.clone());
            glide(&mut session);
            session.settle();
            check(&mut session, &command);
            let is_changed = *session.scenario() != before;
            let moved = (session.cursor(), session.is_playing(), session.speed(), session.line()) != cursor;
            if is_changed || moved || told(&session) != told_before || session.focus() != 1 {
                effective.insert(number);
            }
            if matches!(command, Command::Playback(_) | Command::Focus(_)) {
                assert!(!is_changed, "{command:?} changes the document");
            }
            if !is_changed || matches!(command, Command::Undo | Command::Redo) {
                continue;
            }
            let after = session.scenario().clone();
            session.apply(Command::Undo);
            assert_eq!(*session.scenario(), before, "{command:?} is not taken back");
            assert_eq!(self::ids(&session), ids, "{command:?}: the runners are the same again");
            check(&mut session, &command);
            session.apply(Command::Redo);
            assert_eq!(*session.scenario(), after, "{command:?} is not done again");
            check(&mut session, &command);
        }
    }
    let idle: Vec<_> = (0..all).filter(|number| !effective.contains(number)).collect();
    assert!(idle.is_empty(), "without effect on any document: {idle:?} of {all}");
}

/// Lets time pass until nothing glides.
fn glide(session: &mut Session) {
    while session.is_gliding() {
        session.tick(0.1);
    }
}

fn ids(session: &Session) -> Vec<thalweg_session::RunnerId> {
    (0..session.scenario().runners.len()).filter_map(|index| session.id(index)).collect()
}

/// What does not change how a runner runs leaves its run alone, wherever the runner stands afterwards.
#[test]
fn only_what_is_another_run_begins_anew() {
    let document = thalweg_scenario::parse(DOCUMENTS[0]).expect("a document");
    for (edit, kept) in [
        (Edit::SetTitle("another".to_owned()), vec![Some(0), Some(1), Some(2)]),
        (Edit::Runner(0, RunnerEdit::Recolor(Color::Ink)), vec![Some(0), Some(1), Some(2)]),
        (Edit::Runner(1, RunnerEdit::Set("lr".into(), Value::Number(0.5))), vec![Some(0), None, Some(2)]),
        (Edit::Runner(0, RunnerEdit::Remove), vec![Some(1), Some(2)]),
        (Edit::Runner(0, RunnerEdit::Duplicate), vec![Some(0), None, Some(1), Some(2)]),
        (Edit::AddRunner(optimizers::find("Yogi").expect("known")), vec![Some(0), Some(1), Some(2), None]),
        (Edit::Solo(1), vec![Some(0), Some(1), Some(2)]),
        (Edit::MoveRunner(0, 2), vec![Some(1), Some(2), Some(0)]),
        (Edit::MoveRunner(2, 1), vec![Some(0), Some(2), Some(1)]),
        (Edit::SetSteps(9), vec![None, None, None]),
    ] {
        let mut session = session(&document);
        let versions = |session: &Session| -> Vec<u64> {
            (0..session.scenario().runners.len()).map(|index| session.run_version(index)).collect()
        };
        let (ids, before) = (ids(&session), versions(&session));
        session.apply(edit.clone());
        let found: Vec<_> =
            versions(&session).iter().map(|version| before.iter().position(|old| old == version)).collect();
        assert_eq!(found, kept, "{edit:?}");
        // Who is looked at stays so, or makes way for a newcomer.
        let focus = session.id(session.focus()).expect("a runner");
        let added = session.scenario().runners.len() > document.runners.len();
        assert_eq!(ids.contains(&focus), !added, "{edit:?}");
        assert!(added || focus == ids[1], "{edit:?}");
    }
}

/// Whoever comes to others of the same name gets a number, which stays true whatever it is made; who is shown alone is
/// shown with the others again.
#[test]
fn runners_are_told_apart_by_their_names() {
    let adam = optimizers::find("Adam").expect("known");
    let mut session =
        session(&thalweg_scenario::parse("(surface: Saddle, runners: [])").expect("a document"));
    session.apply(Edit::AddRunner(adam));
    session.apply(Edit::AddRunner(adam));
    session.apply(Edit::Runner(1, RunnerEdit::Duplicate));
    session.apply(Edit::Runner(0, RunnerEdit::Duplicate));
    let names = |session: &Session| -> Vec<String> {
        session.scenario().runners.iter().map(|runner| runner.name().into_owned()).collect()
    };
    assert_eq!(names(&session), ["Adam", "Adam 4", "Adam 2", "Adam 3"]);
    session.apply(Edit::Runner(2, RunnerEdit::Choose(optimizers::find("RmsProp").expect("known"))));
    assert_eq!(names(&session)[2], "RMSProp 2");
    session.apply(Edit::Runner(3, RunnerEdit::Rename("mine".to_owned())));
    session.apply(Edit::Runner(3, RunnerEdit::Duplicate));
    session.apply(Edit::Runner(3, RunnerEdit::Rename("α = {lr}".to_owned())));
    session.apply(Edit::Runner(3, RunnerEdit::Duplicate));
    assert_eq!(session.scenario().runners[4].label, "α = {lr}");
    assert_eq!(names(&session)[5], "mine 2");
    let hidden = |session: &Session| -> Vec<bool> {
        session.scenario().runners.iter().map(|runner| runner.hidden).collect()
    };
    session.apply(Edit::Solo(1));
    assert_eq!(hidden(&session), [true, false, true, true, true, true]);
    session.apply(Edit::Solo(1));
    assert_eq!(hidden(&session), [false; 6]);
}

/// Fitted once the view is the lesson's; once more, it has the paths in it, but not what has diverged.
#[test]
fn the_view_is_fitted_to_the_lesson_and_then_to_the_paths() {
    let document = "(surface: Quadratic(kappa: 4), view: (x: (-1, 1), y: (-1, 1)), start: (3, 0.5), steps: 20, runners: [\
                    (optimizer: GradientDescent(lr: 0.1)), (optimizer: GradientDescent(lr: 9)), \
                    (optimizer: Momentum(lr: 0.4, momentum: 0.9), hidden: true)])";
    let mut session = Session::new(thalweg_scenario::parse(document).expect("a document"));
    while !session.compute(|| false) {}
    let home = session.scenario().view;
    let fit = session.fit();
    session.apply(fit);
    let wide = session.scenario().view;
    assert!(wide.has(Vector2::new(3.0, 0.5)) && wide.x.0 < -20.0 && wide.x.1 < 100.0, "{wide:?}");
    let fit = session.fit();
    session.apply(fit);
    assert_eq!(session.scenario().view, home);
    session.apply(Edit::Solo(0));
    let fit = session.fit();
    session.apply(fit);
    let near = session.scenario().view;
    assert!(near.x.0 == -1.0 && (3.0..3.5).contains(&near.x.1) && near.y == (-1.0, 1.0), "{near:?}");
    session.apply(Edit::SetView(View::square(0.5)));
    let fit = session.fit();
    session.apply(fit);
    assert_eq!(session.scenario().view, home);
}
