//! What the address says: which document, and how it is shown.

use super::page_state::lesson;
use egui::Theme;
use thalweg_scenario::{Scenario, open_preset};

/// What a hash asks for.
#[derive(Clone, Debug, Default)]
pub struct PageLink {
    /// The hash itself.
    pub hash: String,
    /// The document, or why there is none; none where the hash names none.
    pub document: Option<Result<Scenario, String>>,
    /// Whether it is a plot within another page.
    pub is_embedded: bool,
    /// Whether it plays from the start.
    pub plays: bool,
    /// The step to begin at.
    pub step: Option<u32>,
    /// The theme, whatever the browser's is.
    pub theme: Option<Theme>,
}

impl PageLink {
    /// Reads a hash, with its `#` or without.
    pub fn read(hash: &str) -> Self {
        let mut link = Self { hash: hash.to_owned(), ..Self::default() };
        for part in hash.trim_start_matches('#').split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key {
                "lesson" => link.document = Some(open_preset(value).map_err(|error| error.to_string())),
                "embed" => link.is_embedded = true,
                "play" => link.plays = true,
                "step" => link.step = value.parse().ok(),
                "theme" => link.theme = theme(value),
                _ => {}
            }
        }
        link
    }

    /// The hash of a document at a step, with the flags of this one.
    pub fn written(&self, scenario: &Scenario, step: Option<u32>) -> String {
        let document = lesson(scenario).map_or_else(String::new, |lesson| format!("lesson={lesson}"));
        let flags = self.hash.trim_start_matches('#').split('&').filter(|part| {
            let key = part.split_once('=').map_or(*part, |(key, _)| key);
            !["lesson", "s", "step", ""].contains(&key)
        });
        let step = step.filter(|step| *step > 0).map(|step| format!("step={step}"));
        let parts = [document].into_iter().chain(flags.map(str::to_owned)).chain(step);
        format!("#{}", parts.collect::<Vec<_>>().join("&"))
    }
}

/// The theme of this name.
pub fn theme(name: &str) -> Option<Theme> {
    match name {
        "dark" => Some(Theme::Dark),
        "light" => Some(Theme::Light),
        _ => None,
    }
}
