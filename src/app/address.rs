//! What the address bar of a page says: the link of what is open, quietly.

use super::story::linked_scene;
use thalweg_scenario::{LinkOptions, link_of};
use thalweg_session::{Session, StoredSession};

/// Follows what is open.
#[derive(Debug)]
pub struct Address {
    /// The link that was told last.
    hash: Option<String>,
    seen: StoredSession,
    opening: u64,
}

/// Another link than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// The link, from `#` on. Of a document that is too long for one, no more than how it is shown.
    pub hash: String,
    /// Whether another document was opened, so that Back is to return; else the same was changed.
    pub push: bool,
}

impl Address {
    /// What is open is what the address says already.
    pub fn new(session: &Session) -> Self {
        Self { hash: None, seen: session.stored(None), opening: session.opening() }
    }

    /// The address has become another one, which says what is open now.
    pub fn follow(&mut self, session: &Session) {
        *self = Self::new(session);
    }

    /// The link of what is open, where that is another than before. It is written only when something has changed,
    /// and not while a hand is on it (`is_held`). Of another document, the link has none of the flags that were
    /// the first one's alone: step, scene, play.
    pub fn update(
        &mut self,
        session: &Session,
        options: &mut LinkOptions,
        is_held: bool,
    ) -> Option<AddressChange> {
        let now = session.stored(None);
        let push = session.opening() != self.opening;
        let scene = linked_scene(session, options.scene.filter(|_| !push));
        if is_held || !(now.is_newer_than(&self.seen) || scene != options.scene) {
            return None;
        }
        (self.seen, self.opening) = (now, session.opening());
        if push || scene != options.scene {
            *options = LinkOptions { step: None, scene, play: false, ..std::mem::take(options) };
        }
        let hash = link_of(&session.document_to_save(), options).unwrap_or_else(|_| flags(options));
        let is_new = self.hash.replace(hash.clone()).is_none_or(|told| told != hash);
        is_new.then_some(AddressChange { hash, push })
    }
}

/// A link that says no more than how something is shown.
fn flags(options: &LinkOptions) -> String {
    let flags = thalweg_scenario::link::link_flag::written_flags(options);
    format!("#{}", flags.trim_start_matches('&'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_scenario::{Link, open_preset};
    use thalweg_session::{Command, Edit, Playback};

    #[test]
    fn the_address_names_the_scene() {
        let mut session = Session::new(open_preset("story-one-variable").expect("a story"));
        let mut options = Link::read("#lesson=story-one-variable&step=3&theme=dark").options;
        let mut address = Address::new(&session);
        assert_eq!(address.update(&session, &mut options, false), None);
        let mut told = |session: &mut Session, scene| {
            session.apply(Command::Scene(scene));
            session.arrive();
            let change = address.update(session, &mut options, false).expect("another scene");
            assert!(!change.push);
            change.hash
        };
        // The step was that of the first scene.
        assert_eq!(told(&mut session, 4), "#lesson=story-one-variable&scene=5&theme=dark");
        assert_eq!(told(&mut session, 0), "#lesson=story-one-variable&theme=dark");
        session.apply(Edit::SetSteps(7));
        session.apply(Command::Reset);
        session.arrive();
        assert_eq!(address.update(&session, &mut options, false), None);
    }

    #[test]
    fn the_address_follows_what_is_open_and_nothing_else() {
        let mut session = Session::new(open_preset("zigzag").expect("a lesson"));
        let mut options = Link::read("#lesson=zigzag&step=20&theme=dark").options;
        let mut address = Address::new(&session);
        assert_eq!(address.update(&session, &mut options, false), None);
        session.apply(Playback::Seek(3));
        assert_eq!(address.update(&session, &mut options, false), None);
        // A drag is one change, at its end.
        for steps in 100..150 {
            session.apply(Edit::SetSteps(steps));
            assert_eq!(address.update(&session, &mut options, true), None);
        }
        let changed = address.update(&session, &mut options, false).expect("a change");
        assert!(!changed.push && changed.hash.ends_with("&step=20&theme=dark"), "{changed:?}");
        let document = Link::read(&changed.hash).document.expect("a document");
        assert_eq!(document.scenario, *session.scenario());
        assert_eq!(address.update(&session, &mut options, false), None);
        session.apply(Command::Undo);
        session.settle();
        let back = address.update(&session, &mut options, false);
        assert_eq!(back.map(|back| back.hash), Some("#lesson=zigzag&step=20&theme=dark".to_owned()));
        // Another document is another entry, without the step of the first one.
        session.apply(Command::Open(Box::new(open_preset("saddle").expect("a lesson")), None));
        let opened = address.update(&session, &mut options, false);
        assert_eq!(opened, Some(AddressChange { hash: "#lesson=saddle&theme=dark".to_owned(), push: true }));
        // Back has opened what the address says.
        session.apply(Command::Open(Box::new(open_preset("zigzag").expect("a lesson")), None));
        address.follow(&session);
        assert_eq!(address.update(&session, &mut options, false), None);
        // What is too long for a link leaves how it is shown.
        let mut state = 1_u64;
        let letter = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + ((state >> 33) % 26) as u8)
        };
        let mut long = open_preset("zigzag").expect("a lesson");
        long.notes = (0..32_000).map(letter).collect();
        session.apply(Command::Open(Box::new(long), None));
        let hash = address.update(&session, &mut options, false).expect("a change").hash;
        assert_eq!(hash, "#theme=dark");
    }
}
