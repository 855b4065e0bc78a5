//! Lines and columns in a text, and whether bytes are a text at all.

use super::diagnostic::Diagnostic;
use super::place_counter::PlaceCounter;

/// The most bytes in a file that is read: a scenario's document, or a table.
pub const MAX_BYTES: usize = 1 << 20;

/// `text` without the byte order mark that some editors and spreadsheets put in front, also where two programs
/// did.
pub fn unmarked(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Line and column, from 1, of the byte at `offset`, as an editor counts them: columns count characters, and a line
/// ends with LF, CR or both.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    PlaceCounter::new(text).at(offset)
}

/// The text that `bytes` are, without a byte order mark. `what` has at most [`MAX_BYTES`]: "a scenario".
///
/// # Errors
/// There are more bytes than allowed, or they are no UTF-8.
pub fn decoded<'b>(bytes: &'b [u8], what: &str) -> Result<&'b str, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let message = format!("this is larger than {} KiB, the most that {what} may have", MAX_BYTES / 1024);
        return Err(Diagnostic { line: 1, column: 1, message });
    }
    str::from_utf8(bytes).map(unmarked).map_err(|error| {
        let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
        let (line, column) = place(unmarked(&before), usize::MAX);
        let message = "this is not text in UTF-8; save the file with that encoding".to_owned();
        Diagnostic { line, column, message }
    })
}
