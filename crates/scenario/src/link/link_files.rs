//! The files of a document in a link: there are none.

use crate::file_source::{DataFile, FileSource};
use crate::text::printable::printable;

/// The source of files of a link: a link reads no file of whoever opens it.
pub struct LinkFiles;

impl FileSource for LinkFiles {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        Err(format!(
            "{}: this file is not in the link, and a link reads no files; the rows have to stand in the document, \
             `Table(name: \"points.csv\", csv: \"...\")`, as `thalweg link` writes them",
            printable(name)
        ))
    }
}
