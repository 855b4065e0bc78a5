//! What can be wrong with a link.

use super::link_limits::{LINK_VERSION, MAX_LINK};
use crate::text::diagnostic::Diagnostic;
use crate::text::place::MAX_BYTES;
use std::fmt;

/// Why a link opens no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// It names none: there is nothing behind `#`, or only how something is to be shown.
    NoDocument,
    /// It is a link of something else.
    Foreign {
        /// What stands behind `#`, shortened.
        found: String,
    },
    /// It names more than one.
    TwoDocuments,
    /// It has more characters than a link may have.
    TooLong {
        /// How many it has.
        length: usize,
    },
    /// It was made by a program that is newer than this one.
    Newer {
        /// The version of the link.
        version: String,
    },
    /// It has no version, or none that there ever was.
    NoVersion {
        /// What stands there, shortened.
        found: String,
    },
    /// There is no lesson of this name.
    NoLesson {
        /// What was looked for, and the name that is near it.
        message: String,
    },
    /// A character that no link has.
    Letter {
        /// Which character of the document's part, from 1.
        at: usize,
        /// The character.
        found: char,
    },
    /// It ends too early.
    CutOff,
    /// It is not as it was made.
    Damaged,
    /// Unpacked, the document would be larger than a document may be.
    TooLarge,
    /// What it holds is no scenario.
    Refused(Vec<Diagnostic>),
}

impl fmt::Display for LinkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDocument => f.write_str(
                "the link names no document; behind `#` it has `s=1.` and a document, or `lesson=` and a name",
            ),
            Self::Foreign { found } => write!(
                f,
                "this is no link of Thalweg: behind `#` it has `{found}`, not `s=1.` and a document, or `lesson=` and \
                 a name"
            ),
            Self::TwoDocuments => {
                f.write_str("the link names two documents; it takes one, as `s=1.` or as `lesson=`")
            }
            Self::TooLong { length } => write!(
                f,
                "the link has {length} characters, and at most {MAX_LINK} are allowed: ask for the document as a file"
            ),
            Self::Newer { version } => write!(
                f,
                "the link is of version {version}, and this program reads version {LINK_VERSION}: open it with a newer \
                 Thalweg"
            ),
            Self::NoVersion { found } => write!(
                f,
                "behind `s=` the link has `{found}`; it takes the version and the document, `{LINK_VERSION}.` and what \
                 follows"
            ),
            Self::NoLesson { message } => f.write_str(message),
            Self::Letter { at, found } => write!(
                f,
                "the link is damaged: character {at} behind `s={LINK_VERSION}.` is `{}`, and only A-Z, a-z, 0-9, - and _ \
                 are allowed; copy the whole link once more",
                found.escape_debug()
            ),
            Self::CutOff => {
                f.write_str("the link ends too early: a part of it is missing; copy the whole link once more")
            }
            Self::Damaged => f.write_str(
                "the link is damaged: what stands in it was changed on its way; copy the whole link once more",
            ),
            Self::TooLarge => write!(
                f,
                "the document in the link is larger than {} KiB, the most that a scenario may have",
                MAX_BYTES / 1024
            ),
            Self::Refused(diagnostics) => {
                f.write_str("the document in the link has mistakes, or was changed on its way:")?;
                diagnostics.iter().try_for_each(|diagnostic| write!(f, "\n{diagnostic}"))
            }
        }
    }
}

impl std::error::Error for LinkFault {}
