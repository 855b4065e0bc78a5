//! Where the files come from that a document names.

/// Where the files come from that a document names: a folder, what a page has loaded, a session that was kept.
pub trait FileSource {
    /// The file that a document calls `name`.
    ///
    /// # Errors
    /// There is none, or it cannot be read; the message begins with the file's name.
    fn read(&mut self, name: &str) -> Result<DataFile, String>;
}

/// A file that a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// What the file is called from anywhere, as `/home/ada/points.csv` is.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The source of a document that has no files beside it.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl FileSource for NoFiles {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        Err(format!("{name}: cannot be read: there are no files beside this scenario"))
    }
}
