//! Texts packed for links: raw deflate (RFC 1951), and of that base64 with the letters of URLs, without padding
//! (RFC 4648, section 5).

use super::link_fault::LinkFault;
use crate::text::place::MAX_BYTES;
use base64::DecodeError;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{Engine, GeneralPurpose};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

const LETTERS: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, NO_PAD);

/// How hard the shortest text is looked for; 10 is the most. The same text gives the same link everywhere.
const EFFORT: u8 = 10;

/// The text, packed.
pub fn packed(text: &str) -> String {
    LETTERS.encode(compress_to_vec(text.as_bytes(), EFFORT))
}

/// The text that is packed in this, of at most [`MAX_BYTES`]: what is longer is not unpacked.
///
/// # Errors
/// It is damaged, or holds no text, or too long a text.
pub fn unpacked(packed: &str) -> Result<String, LinkFault> {
    // Some programs pad on their own.
    let packed = packed.trim_end_matches('=');
    let bytes = LETTERS.decode(packed).map_err(|error| match error {
        DecodeError::InvalidByte(at, _) => {
            let found = packed.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}');
            LinkFault::Letter { at: at + 1, found }
        }
        // No number of bytes has so many letters, or such a last one.
        DecodeError::InvalidLength(_) | DecodeError::InvalidLastSymbol(..) | DecodeError::InvalidPadding => {
            LinkFault::CutOff
        }
    })?;
    let text = decompress_to_vec_with_limit(&bytes, MAX_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkFault::TooLarge,
        TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => LinkFault::CutOff,
        _ => LinkFault::Damaged,
    })?;
    String::from_utf8(text).map_err(|_| LinkFault::Damaged)
}
