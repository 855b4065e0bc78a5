//! A link, read.

use super::link_fault::LinkFault;
use super::link_files::LinkFiles;
use super::link_flag::read_flag;
use super::link_limits::{LINK_VERSION, MAX_LINK};
use super::link_options::LinkOptions;
use super::packed_text::unpacked;
use crate::document::scenario::Scenario;
use crate::document_text::{parse, parse_with};
use crate::presets::{Preset, find, names};
use crate::text::unknown::{hint, shortened};
use percent_encoding::percent_decode_str;

/// A link, read: what it opens, and how that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it opens, or why nothing.
    pub document: Result<LinkDocument, LinkFault>,
    /// How it is shown, also where nothing can be opened.
    pub options: LinkOptions,
    /// What was passed over in it, a sentence each.
    pub remarks: Vec<String>,
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkDocument {
    /// The document.
    pub scenario: Scenario,
    /// The built-in lesson that the link names, if it names one.
    pub lesson: Option<&'static str>,
}

/// Whether a text is given as a link: an address, or what stands behind `#` in one.
///
/// ```
/// use thalweg_scenario::is_link;
/// assert!(is_link("#lesson=zigzag") && is_link("https://example.org/thalweg/#lesson=zigzag"));
/// assert!(!is_link("zigzag") && !is_link("lessons/valley.ron"));
/// ```
pub fn is_link(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('#') || text.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Link {
    /// Reads a link: an address with `#`, or what stands behind that. Nothing but the text is read, and whatever it
    /// is, it is read in a time that its length bounds.
    ///
    /// ```
    /// use thalweg_scenario::Link;
    /// let link = Link::read("https://example.org/#lesson=zigzag&embed&step=20");
    /// assert_eq!(link.document.unwrap().lesson, Some("zigzag"));
    /// assert!(link.options.embed && link.options.step == Some(20));
    /// ```
    pub fn read(text: &str) -> Self {
        let hash = hash_of(text);
        let hash = percent_decode_str(&hash).decode_utf8_lossy();
        let mut link = Self {
            document: Err(LinkFault::NoDocument),
            options: LinkOptions::default(),
            remarks: Vec::new(),
        };
        let mut documents = 0;
        let mut is_foreign = false;
        for part in hash.split('&') {
            // An address copied from a page's source has `&amp;`.
            let part = part.strip_prefix("amp;").unwrap_or(part);
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key {
                "" => {}
                "s" | "lesson" if documents > 0 => documents += 1,
                "s" => (link.document, documents) = (read_document(value, hash.len()), 1),
                "lesson" => (link.document, documents) = (read_lesson(value), 1),
                _ => {
                    let remark = read_flag(&mut link.options, key, value);
                    is_foreign |= remark.is_some();
                    link.remarks.extend(remark);
                }
            }
        }
        if documents > 1 {
            link.document = Err(LinkFault::TwoDocuments);
        } else if documents == 0 && is_foreign {
            link.document = Err(LinkFault::Foreign { found: shortened(&hash) });
        }
        link
    }
}

/// What stands behind `#`, without what mail and chat programs put around and into it.
fn hash_of(text: &str) -> String {
    let hash = text.split_once('#').map_or_else(|| if is_link(text) { "" } else { text }, |(_, hash)| hash);
    let is_noise =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}');
    let hash: String = hash.chars().filter(|c| !is_noise(*c)).collect();
    hash.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']).to_owned()
}

fn read_document(value: &str, length: usize) -> Result<LinkDocument, LinkFault> {
    let found = || shortened(value);
    let (version, packed) = value.split_once('.').ok_or_else(|| LinkFault::NoVersion { found: found() })?;
    let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    match version.parse::<u32>() {
        _ if !is_number => return Err(LinkFault::NoVersion { found: found() }),
        Ok(0) => return Err(LinkFault::NoVersion { found: found() }),
        Ok(version) if version == LINK_VERSION => {}
        // What has more digits than a version ever will is newer still.
        _ => return Err(LinkFault::Newer { version: shortened(version) }),
    }
    if length > MAX_LINK {
        return Err(LinkFault::TooLong { length });
    }
    let scenario = parse_with(&unpacked(packed)?, &mut LinkFiles).map_err(LinkFault::Refused)?;
    Ok(LinkDocument { scenario, lesson: None })
}

fn read_lesson(name: &str) -> Result<LinkDocument, LinkFault> {
    let Some(Preset { name, text, .. }) = find(name) else {
        let (found, hint) = (shortened(name), hint(name, names()));
        let message = format!("the link is to the lesson `{found}`, which this program does not have{hint}");
        return Err(LinkFault::NoLesson { message });
    };
    let scenario = parse(text).map_err(LinkFault::Refused)?;
    Ok(LinkDocument { scenario, lesson: Some(name) })
}
