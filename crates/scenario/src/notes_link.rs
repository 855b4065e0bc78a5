//! Links of a scenario's notes that act in the window: what a task asks for, other lessons, pages, steps and keys.

use crate::assignment::{ChangedPlace, assign};
use crate::document::page::Page;
use crate::document::scenario::Scenario;
use crate::file_source::NoFiles;
use crate::presets::{Preset, find, names};
use crate::text::markdown::MARKDOWN;
use crate::text::unknown::{hint, shortened};
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// What a link of the notes does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotesLink {
    /// `do:2.lr=0.2;start=(1,2)`: changes the document, by one [assignment](crate::assign) after the other.
    Change(Vec<String>),
    /// `lesson:NAME`: opens a built-in lesson.
    Lesson(&'static str),
    /// `page:NAME`: shows a page of the right panel.
    Page(Page),
    /// `step:12`: moves the cursor.
    Step(u32),
    /// `key:NAME`: does what a key does.
    Key(String),
}

/// What separates the assignments of one link.
const SEPARATOR: char = ';';

impl NotesLink {
    /// What the destination of a link says, if it is one of those that act: any other is an address.
    ///
    /// # Errors
    /// It acts, and cannot: what was found and what is allowed.
    pub fn read(destination: &str) -> Option<Result<Self, String>> {
        let (scheme, rest) = destination.split_once(':')?;
        Some(match scheme {
            "do" => Ok(Self::Change(rest.split(SEPARATOR).map(|line| line.trim().to_owned()).collect())),
            "lesson" => find(rest)
                .map(|Preset { name, .. }| Self::Lesson(name))
                .ok_or_else(|| format!("there is no lesson `{}`{}", shortened(rest), hint(rest, names()))),
            "page" => {
                let pages = Page::NAMES.iter().map(|page| page.name);
                let place = pages.clone().position(|name| name == rest);
                place.and_then(|place| Page::ALL.get(place)).map(|page| Self::Page(*page)).ok_or_else(|| {
                    let known: Vec<_> = pages.collect();
                    format!("there is no page `{}`; there are {}", shortened(rest), known.join(", "))
                })
            }
            "step" => rest
                .parse()
                .map(Self::Step)
                .map_err(|_| format!("`{}` is no number of a step", shortened(rest))),
            "key" if rest.is_empty() => Err("a key has a name, as in `key:Space`".to_owned()),
            "key" => Ok(Self::Key(rest.to_owned())),
            _ => return None,
        })
    }
}

/// The document that the assignments make of `scenario`, and the places that have their values.
///
/// # Errors
/// One of them does not fit the document: why.
pub fn changed_by(scenario: &Scenario, lines: &[String]) -> Result<(Scenario, Vec<ChangedPlace>), String> {
    let (mut changed, mut places) = (scenario.clone(), Vec::new());
    for line in lines {
        places.extend(assign(&mut changed, line, &mut NoFiles)?);
    }
    Ok((changed, places))
}

/// The destinations of the links in a text in Markdown, each with the place of the whole link.
pub fn links(notes: &str) -> Vec<(Range<usize>, String)> {
    let events = Parser::new_ext(notes, MARKDOWN).into_offset_iter();
    let found = events.filter_map(|(event, place)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some((place, dest_url.into_string())),
        _ => None,
    });
    found.collect()
}

/// What is wrong with the links of a scenario's notes, each fault with its line in the notes. A document with such
/// faults opens all the same: whatever is changed of it, what its notes say stays readable.
pub fn link_faults(scenario: &Scenario) -> Vec<String> {
    faults_of(&scenario.notes, scenario)
}

/// What is wrong with the links of a text that speaks of a scenario.
pub(crate) fn faults_of(notes: &str, scenario: &Scenario) -> Vec<String> {
    let fault = |destination: &str| match NotesLink::read(destination)? {
        Ok(NotesLink::Change(lines)) => changed_by(scenario, &lines).err(),
        Ok(NotesLink::Step(step)) if step > scenario.steps => {
            Some(format!("the last step is {}", scenario.steps))
        }
        read => read.err(),
    };
    let found = links(notes).into_iter().filter_map(|(place, destination)| {
        let fault = fault(&destination)?;
        let line = notes.get(..place.start).unwrap_or_default().matches('\n').count() + 1;
        Some(format!("line {line} of the notes: the link `{}`: {fault}", shortened(&destination)))
    });
    found.collect()
}
