//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file being written. Its place is taken by [`Output::finish`]; until then, and for good if
/// that never comes, what was there before stays as it was.
#[derive(Debug)]
pub struct Output {
    content: BufWriter<FilePlace>,
}

#[derive(Debug)]
enum FilePlace {
    /// A file beside the one that it will replace.
    Beside(NamedTempFile, PathBuf),
    /// A device or a pipe, which cannot be replaced.
    Direct(File),
}

impl Write for FilePlace {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            // Not through the temporary file, whose errors tell a name that nobody asked for.
            Self::Beside(file, _) => file.as_file_mut().write(bytes),
            Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside(file, _) => file.as_file_mut().flush(),
            Self::Direct(file) => file.flush(),
        }
    }
}

impl Output {
    /// Whether it becomes a file only when it is finished; a device or a pipe gets all at once.
    pub fn is_a_file(&self) -> bool {
        matches!(self.content.get_ref(), FilePlace::Beside(..))
    }

    /// Prepares to write the file at `path`, and finds out whether that is possible.
    ///
    /// # Errors
    /// It is not: the folder is not there or not ours, or `path` is itself a folder.
    pub fn create(path: &Path) -> io::Result<Self> {
        // What a link points to is replaced, not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let before = fs::metadata(&target).ok();
        if before.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder"));
        }
        if let Some(before) = &before
            && !before.is_file()
        {
            let file = fs::OpenOptions::new().write(true).open(&target)?;
            return Ok(Self { content: BufWriter::new(FilePlace::Direct(file)) });
        }
        if before.as_ref().is_some_and(|before| before.permissions().readonly()) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".thalweg-").suffix(".tmp");
        #[cfg(unix)]
        {
            // A new file gets what the user's mask leaves of this, as any other program's would.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(|error| plain(&error))?;
        if let Some(before) = before {
            file.as_file().set_permissions(before.permissions())?;
        }
        Ok(Self { content: BufWriter::new(FilePlace::Beside(file, target)) })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The disk is full, or the place was taken away meanwhile; nothing is left behind.
    pub fn finish(self) -> io::Result<()> {
        match self.content.into_inner().map_err(io::IntoInnerError::into_error)? {
            FilePlace::Beside(file, target) => {
                file.as_file().sync_all()?;
                file.persist(&target).map_err(|error| error.error)?;
                // The new name lasts through a power failure once the folder is on the disk as
                // well. Not every system can do that, and the file is written all the same.
                if let Some(folder) = target.parent().and_then(|folder| File::open(folder).ok()) {
                    folder.sync_all().ok();
                }
                Ok(())
            }
            FilePlace::Direct(mut file) => file.flush(),
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

/// The error without the name of the temporary file, which nobody asked for.
fn plain(error: &io::Error) -> io::Error {
    let message = error.to_string();
    let cause = message.split(" at path ").next().unwrap_or_default();
    io::Error::new(error.kind(), cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
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
        let mut output = Output::create(&link).expect("writable");
        output.write_all(b"new").expect("written");
        output.finish().expect("put in place");
        assert_eq!(fs::read_to_string(&real).expect("there"), "new");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o662);
        assert!(Output::create(Path::new("/dev/null")).and_then(Output::finish).is_ok());
    }
}
