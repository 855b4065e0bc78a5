//! Files that appear whole or not at all.

use super::hidden_file::HiddenFile;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file being written. Its place is taken by [`Output::finish`]; until then, and for good if
/// that never comes, what was there before stays as it was.
#[derive(Debug)]
pub struct Output {
    content: BufWriter<FilePlace>,
}

#[derive(Debug)]
enum FilePlace {
    /// A file that nobody sees yet, and the place that it will take.
    Hidden(HiddenFile, PathBuf),
    /// A device or a pipe, which cannot be replaced.
    Direct(File),
}

impl Write for FilePlace {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Hidden(file, _) => file.content().write(bytes),
            Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Hidden(file, _) => file.content().flush(),
            Self::Direct(file) => file.flush(),
        }
    }
}

impl Output {
    /// Whether it becomes a file only when it is finished; a device or a pipe gets all at once.
    pub fn is_a_file(&self) -> bool {
        matches!(self.content.get_ref(), FilePlace::Hidden(..))
    }

    /// The name under which the unfinished file stands in its folder, where the system knows no files without a
    /// name: whoever ends the program on the way removes it.
    pub fn unfinished(&self) -> Option<&Path> {
        match self.content.get_ref() {
            FilePlace::Hidden(file, _) => file.name(),
            FilePlace::Direct(_) => None,
        }
    }

    /// Prepares to write the file at `path`, and finds out whether that is possible. What killed programs have
    /// left unfinished in the folder is removed.
    ///
    /// # Errors
    /// It is not: the folder is not there or not ours, or `path` is itself a folder.
    pub fn create(path: &Path) -> io::Result<Self> {
        let before = fs::metadata(path).ok();
        if before.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder"));
        }
        if let Some(before) = &before
            && !before.is_file()
        {
            let file = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self { content: BufWriter::new(FilePlace::Direct(file)) });
        }
        if before.as_ref().is_some_and(|before| before.permissions().readonly()) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        // What a link points to is replaced or made, not the link.
        let target = linked(path)?;
        let file = HiddenFile::create(folder_of(&target))?;
        if let Some(before) = before {
            file.content().set_permissions(before.permissions())?;
        }
        Ok(Self { content: BufWriter::new(FilePlace::Hidden(file, target)) })
    }

    /// Brings the content onto the disk, where it survives a power failure; it has no place yet.
    ///
    /// # Errors
    /// The disk is full.
    pub fn sync(&mut self) -> io::Result<()> {
        self.content.flush()?;
        match self.content.get_ref() {
            FilePlace::Hidden(file, _) => file.content().sync_all(),
            FilePlace::Direct(_) => Ok(()),
        }
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The disk is full, or the place was taken away meanwhile; nothing is left behind.
    pub fn finish(mut self) -> io::Result<()> {
        self.sync()?;
        match self.content.into_inner().map_err(io::IntoInnerError::into_error)? {
            FilePlace::Hidden(file, target) => {
                file.put(&target)?;
                // The new name lasts through a power failure once the folder is on the disk as
                // well. Not every system can do that, and the file is written all the same.
                if let Ok(folder) = File::open(folder_of(&target)) {
                    folder.sync_all().ok();
                }
                Ok(())
            }
            FilePlace::Direct(_) => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.content.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.content.flush()
    }
}

/// The folder that a file stands in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// As many links as a system follows.
const MOST_LINKS: usize = 40;

/// The file that `path` names, through all links, whether it is there or not.
fn linked(path: &Path) -> io::Result<PathBuf> {
    if let Ok(there) = fs::canonicalize(path) {
        return Ok(there);
    }
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("the links lead in a circle"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::fixtures::names;

    fn written(path: &Path, content: &str) -> io::Result<()> {
        let mut output = Output::create(path)?;
        output.write_all(content.as_bytes())?;
        output.finish()
    }

    #[test]
    fn a_file_is_replaced_when_it_is_finished_and_not_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        fs::write(&path, "old").expect("written");
        let mut output = Output::create(&path).expect("writable");
        output.write_all(b"new").expect("written");
        output.flush().expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "old");
        output.finish().expect("put in place");
        assert_eq!(fs::read_to_string(&path).expect("there"), "new");
        drop(Output::create(&path).expect("writable"));
        assert_eq!(fs::read_to_string(&path).expect("there"), "new");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn what_cannot_be_written_is_an_error_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Output::create(folder.path()).is_err());
        let error = Output::create(&folder.path().join("no/a.csv")).expect_err("no such folder");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(!error.to_string().contains(".thalweg"), "{error}");
        assert!(error.to_string().contains("os error 2") || cfg!(not(unix)), "{error}");
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o662)).expect("set");
        symlink(&real, &link).expect("linked");
        written(&link, "new").expect("put in place");
        assert_eq!(fs::read_to_string(&real).expect("there"), "new");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o662);
        assert!(Output::create(Path::new("/dev/null")).and_then(Output::finish).is_ok());
    }

    /// A link whose file is not there (yet) is followed too: the file that it names is made.
    #[cfg(unix)]
    #[test]
    fn the_file_that_a_link_names_is_made() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("inner")).expect("made");
        symlink("inner/real", at("first")).expect("linked");
        symlink(at("first"), at("second")).expect("linked");
        written(&at("second"), "new").expect("put in place");
        assert_eq!(fs::read_to_string(at("inner/real")).expect("made"), "new");
        assert_eq!(names(folder.path()), ["first", "inner", "second"]);
        assert!(fs::symlink_metadata(at("first")).expect("there").is_symlink());
        // Into a folder that is not there, and in a circle.
        symlink("nowhere/real", at("lost")).expect("linked");
        assert_eq!(written(&at("lost"), "new").expect_err("no folder").kind(), io::ErrorKind::NotFound);
        symlink("b", at("a")).expect("linked");
        symlink("a", at("b")).expect("linked");
        assert!(written(&at("a"), "new").is_err());
        assert_eq!(names(&at("inner")), ["real"]);
    }
}
