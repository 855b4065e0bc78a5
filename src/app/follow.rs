//! What following a link of the notes does.

use super::context::Action;
use super::keys;
use super::markdown::view::LinkLook;
use std::collections::HashMap;
use thalweg_scenario::{NotesLink, Scenario, changed_by, find_preset, link_faults, open_preset};
use thalweg_session::{Command, Edit, Playback, Session};

/// What following the link does, in this order; none for an address.
///
/// # Errors
/// It cannot be followed: why.
pub fn actions(session: &Session, destination: &str) -> Option<Result<Vec<Action>, String>> {
    Some(NotesLink::read(destination)?.and_then(|link| match link {
        NotesLink::Change(lines) => change(session, &lines),
        NotesLink::Lesson(name) => Ok(vec![Action::Lesson(name)]),
        NotesLink::Page(page) => {
            let mut show = session.scenario().show.clone();
            show.page = page;
            Ok(vec![Action::Do(Edit::Show(Box::new(show)).into())])
        }
        NotesLink::Step(step) => {
            let stop = session.is_playing().then_some(Playback::Toggle);
            Ok(stop.into_iter().chain([Playback::Seek(step)]).map(|move_| Action::Do(move_.into())).collect())
        }
        NotesLink::Key(name) => {
            keys::named(&name, session).map(|action| vec![action]).ok_or_else(|| no_key(&name))
        }
    }))
}

fn change(session: &Session, lines: &[String]) -> Result<Vec<Action>, String> {
    let (changed, places) = changed_by(session.scenario(), lines)?;
    let runner = places.iter().find_map(|place| place.runner);
    let focus = runner.filter(|runner| *runner != session.focus()).map(Command::Focus);
    let glide = Command::Glide(Box::new(changed));
    let commands = focus.into_iter().chain([glide]).map(Action::Do);
    Ok(commands.chain([Action::Point(places)]).collect())
}

fn no_key(name: &str) -> String {
    format!("no key is called `{name}`; the list of keys (?) has them")
}

/// How the links of a document look, kept while it stays: each is found by trying what it does.
#[derive(Default)]
pub struct KeptLooks {
    of: Option<Scenario>,
    looks: HashMap<String, (LinkLook, String)>,
    faults: Option<Vec<String>>,
}

impl KeptLooks {
    /// The looks of the links of `scenario`: what was found for another is dropped.
    pub fn of(&mut self, scenario: &Scenario) -> &mut Self {
        if self.of.as_ref() != Some(scenario) {
            *self = Self { of: Some(scenario.clone()), ..Self::default() };
        }
        self
    }

    /// How a link looks, and what is said of it.
    pub fn look(&mut self, destination: &str) -> (LinkLook, String) {
        let Some(scenario) = &self.of else { return (LinkLook::Reference, destination.to_owned()) };
        if let Some(look) = self.looks.get(destination) {
            return look.clone();
        }
        let look = look(scenario, destination);
        self.looks.insert(destination.to_owned(), look.clone());
        look
    }

    /// What is wrong with the links of its notes.
    pub fn faults(&mut self) -> &[String] {
        let of = &self.of;
        self.faults.get_or_insert_with(|| of.as_ref().map(link_faults).unwrap_or_default())
    }
}

/// How a link looks, and what is said of it.
fn look(scenario: &Scenario, destination: &str) -> (LinkLook, String) {
    match NotesLink::read(destination) {
        None => (LinkLook::Reference, destination.to_owned()),
        Some(Err(fault)) => (LinkLook::Broken, fault),
        Some(Ok(NotesLink::Change(lines))) => match changed_by(scenario, &lines) {
            Ok((changed, _)) if changed == *scenario => (LinkLook::Task, "It is so now".to_owned()),
            Ok(_) => (LinkLook::Task, format!("{} (Ctrl+Z takes it back)", lines.join(", "))),
            Err(fault) => (LinkLook::Broken, fault),
        },
        Some(Ok(NotesLink::Lesson(name))) => {
            let title = find_preset(name).and_then(|_| open_preset(name).ok()).map(|lesson| lesson.title);
            (LinkLook::Reference, format!("The lesson \"{}\"", title.as_deref().unwrap_or(name)))
        }
        Some(Ok(NotesLink::Page(page))) => (LinkLook::Reference, page.doc().to_owned()),
        Some(Ok(NotesLink::Step(step))) => (LinkLook::Reference, format!("Goes to step {step}")),
        Some(Ok(NotesLink::Key(name))) => match keys::says(&name) {
            Some(does) => (LinkLook::Key, format!("The key {name}: {does}. A click does the same")),
            None => (LinkLook::Broken, no_key(&name)),
        },
    }
}
