//! A link, written.

use super::link_flag::written_flags;
use super::link_limits::{LINK_VERSION, MAX_LINK};
use super::link_options::LinkOptions;
use super::packed_text::packed;
use crate::document::scenario::Scenario;
use crate::document_text::to_compact_ron;
use crate::file_value::FileValue;
use crate::file_values::{values, values_mut};
use crate::presets::lesson_of;
use crate::table_name::name_within;
use crate::text::place::MAX_BYTES;
use std::fmt;

/// A document that makes a longer link than is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTooLong {
    /// How many characters the link would have.
    pub length: usize,
    /// What takes most of them, and how many, if something does.
    pub largest: Option<(String, usize)>,
}

impl fmt::Display for LinkTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.length;
        write!(f, "this document makes a link of {length} characters, and at most {MAX_LINK} are allowed")?;
        if let Some((what, length)) = &self.largest {
            write!(f, "; {what} take {length} of them")?;
        }
        f.write_str(". Save it as a file instead, and give that away")
    }
}

impl std::error::Error for LinkTooLong {}

/// The link of a document, from `#` on. A built-in lesson goes by its name; everything else is in the link, data too.
///
/// # Errors
/// The link would have more than [`MAX_LINK`] characters, or hold more than a document may have.
pub fn link_of(scenario: &Scenario, options: &LinkOptions) -> Result<String, LinkTooLong> {
    let document = if let Some(lesson) = lesson_of(scenario) {
        format!("lesson={}", lesson.name)
    } else {
        let text = to_compact_ron(scenario);
        let document = packed_document(&text);
        if text.len() > MAX_BYTES || document.len() > MAX_LINK {
            return Err(too_long(scenario, document.len()));
        }
        document
    };
    let link = format!("#{document}{}", written_flags(options));
    if link.len() > MAX_LINK { Err(too_long(scenario, link.len())) } else { Ok(link) }
}

/// An address with the link that stands behind it, whatever stood there.
pub fn at_address(base: &str, link: &str) -> String {
    let base = base.split_once('#').map_or(base, |(base, _)| base);
    format!("{base}{link}")
}

/// HTML that shows what is at an address within a page.
pub fn embed_code(address: &str, title: &str) -> String {
    let (address, title) = (escaped(address), escaped(title));
    format!(
        "<iframe src=\"{address}\" title=\"{title}\" width=\"800\" height=\"500\" style=\"border: 0\" \
         allow=\"clipboard-write; fullscreen\" loading=\"lazy\"></iframe>"
    )
}

/// A slide of reveal.js with what is at an address behind it.
pub fn slide_code(address: &str) -> String {
    let address = escaped(address);
    format!("<section data-background-iframe=\"{address}\" data-background-interactive></section>")
}

/// A text as an attribute of HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

fn packed_document(text: &str) -> String {
    format!("s={LINK_VERSION}.{}", packed(text))
}

/// What makes the link long: the part without which it would be shortest, if that is a good part of it.
fn too_long(scenario: &Scenario, length: usize) -> LinkTooLong {
    let mut without = Vec::new();
    for file in values(scenario).filter_map(FileValue::of) {
        let mut bare = scenario.clone();
        let few = file.shortened();
        for value in values_mut(&mut bare)
            .filter(|value| FileValue::of(value).is_some_and(|other| other.name == file.name))
        {
            value.clone_from(&few);
        }
        without.push((format!("the rows of {}", name_within(file.name)), bare));
    }
    if !scenario.notes.is_empty() {
        without.push(("the notes".to_owned(), Scenario { notes: String::new(), ..scenario.clone() }));
    }
    if !scenario.pinned_runs.is_empty() {
        let bare = Scenario { pinned_runs: Vec::new(), ..scenario.clone() };
        without.push(("the pinned paths".to_owned(), bare));
    }
    without.push(("the runners".to_owned(), Scenario { runners: Vec::new(), ..scenario.clone() }));
    let taken = without.into_iter().map(|(what, bare)| {
        let rest = packed_document(&to_compact_ron(&bare)).len();
        (what, length.saturating_sub(rest))
    });
    let largest = taken.max_by_key(|(_, taken)| *taken).filter(|(_, taken)| *taken > length / 4);
    LinkTooLong { length, largest }
}
