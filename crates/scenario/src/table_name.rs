//! The names of tables of data: a file's, in full, or that of a table which stands in the document.

use crate::text::line::{line_fault, one_line};
use crate::text::unknown::shortened;
use thalweg_core::data;

/// The most characters in the name of a table that stands in a document.
const MOST: usize = 60;
/// What separates folders, on some system.
const SEPARATORS: [char; 2] = ['/', '\\'];

/// The name of a file without its folders, as either system writes them.
pub fn base_name(name: &str) -> &str {
    name.rsplit(SEPARATORS).next().unwrap_or(name)
}

/// Whether a table of this name is that of a file: files have full names, which begin with a separator or a drive, on
/// whatever system that was.
pub fn is_file_of_data(name: &str) -> bool {
    name.starts_with(SEPARATORS) || name.chars().nth(1) == Some(':')
}

/// Whether a table of this name stands in the document itself: it is neither a file's nor a built-in set.
pub fn stands_in_document(name: &str) -> bool {
    !is_file_of_data(name) && data::find(name).is_none()
}

/// The name under which a table stands in a document: that of its file, without the folders, which are nobody else's
/// business.
pub fn name_within(name: &str) -> String {
    let within = one_line(base_name(name).trim(), MOST).trim().to_owned();
    if name_fault(&within).is_none() {
        return within;
    }
    // A drive's, a built-in set's, or none.
    one_line(&format!("table {}", within.replace(':', " ")), MOST).trim().to_owned()
}

/// Why a table in a document cannot be called so, if it cannot.
pub fn name_fault(name: &str) -> Option<String> {
    let found = shortened(name);
    if name.is_empty() || name.trim() != name {
        return Some("takes a name, without blanks around it".to_owned());
    }
    if data::find(name).is_some() {
        return Some(format!("cannot be `{found}`, which is a built-in set"));
    }
    if name.contains(SEPARATORS) || is_file_of_data(name) {
        return Some("takes a name without folders".to_owned());
    }
    line_fault(name, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn files_are_told_from_what_stands_in_the_document() {
        for name in ["/home/ada/a.csv", "\\\\server\\a.csv", "C:\\a.csv", "d:/a.csv", "Line", "Blobs"] {
            assert!(!stands_in_document(name), "{name}");
        }
        for name in ["a.csv", "my points", "folder/a.csv", ""] {
            assert!(stands_in_document(name), "{name}");
        }
        for (name, within) in [
            ("/home/ada/a.csv", "a.csv"),
            ("C:\\Users\\Ada\\my points.csv", "my points.csv"),
            ("/data/Line", "table Line"),
            ("/data/c:", "table c"),
            ("/data/", "table"),
        ] {
            assert_eq!(name_within(name), within);
        }
    }

    proptest! {
        #[test]
        fn every_name_has_one_that_a_document_takes(name in any::<String>(), path in "[/\\\\:a-c \t\n]{0,90}") {
            for name in [name, path] {
                let within = name_within(&name);
                prop_assert_eq!(name_fault(&within), None, "{:?}", within);
                prop_assert!(stands_in_document(&within));
                // Again, it is the same.
                prop_assert_eq!(name_within(&within), within);
            }
        }
    }
}
