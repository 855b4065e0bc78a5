//! The page's address, which follows what is open.

use super::page::HostPage;
use serde_json::json;
use thalweg_scenario::{LinkOptions, link_of};
use thalweg_session::{Session, StoredSession};

/// What the page's address says.
pub struct PageAddress {
    /// The flags that the page was opened with, which stay.
    options: LinkOptions,
    /// What was open when it was told last.
    told: StoredSession,
}

impl PageAddress {
    /// An address that says what is open already.
    pub fn new(options: LinkOptions, session: &Session) -> Self {
        Self { options: LinkOptions { step: None, ..options }, told: session.stored(None) }
    }

    /// The page has gone to another address, which says what is open now.
    pub fn follow(&mut self, session: &Session) {
        self.told = session.stored(None);
    }

    /// Tells the page where what is open has another link. One that would be too long is left out: what is kept comes
    /// back all the same.
    pub fn tell(&mut self, page: &HostPage, session: &Session) {
        let now = session.stored(None);
        if !now.is_newer_than(&self.told) {
            return;
        }
        let is_same = now.scenario == self.told.scenario;
        let is_opened = now.opened != self.told.opened;
        self.told = now;
        if !is_same {
            let link = link_of(session.scenario(), &self.options).unwrap_or_else(|_| "#".to_owned());
            page.tell(json!({ "event": "link", "hash": link, "push": is_opened }));
        }
    }

    /// What is open at its step; none where that would be too long.
    pub fn link(&self, session: &Session) -> Option<String> {
        let step = Some(session.cursor()).filter(|step| *step > 0);
        link_of(session.scenario(), &LinkOptions { step, ..self.options.clone() }).ok()
    }
}
