//! Files that nobody sees until they are whole.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use tempfile::TempPath;

/// A file that is not to be seen before it is whole: one without a name where the system knows such files, else one
/// with a hidden name beside the place that it will take. As long as it is being written, it is locked: what bears
/// such a name and is not locked was left behind by a program that was killed.
#[derive(Debug)]
pub struct HiddenFile {
    content: File,
    /// The hidden name, which goes with this; none for a file without a name.
    name: Option<TempPath>,
}

const PREFIX: &str = ".thalweg-";
const SUFFIX: &str = ".tmp";

impl HiddenFile {
    /// An empty one in `folder`, from where what killed programs have left is removed.
    ///
    /// # Errors
    /// The folder is not there, or nothing can be written in it.
    pub fn create(folder: &Path) -> io::Result<Self> {
        remove_leftovers(folder);
        if let Some(content) = nameless(folder) {
            return Ok(Self { content, name: None });
        }
        loop {
            let file = Self::with_name(folder)?;
            // Somebody may have taken it for a leftover before it was locked.
            if fs::symlink_metadata(file.name().unwrap_or(folder)).is_ok() {
                return Ok(file);
            }
        }
    }

    fn with_name(folder: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            // A new file gets what the user's mask leaves of this, as any other program's would.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let (content, name) = builder.tempfile_in(folder).map_err(|error| plain(&error))?.into_parts();
        // Not every disk knows locks; then what is left behind stays.
        let _ = content.try_lock();
        Ok(Self { content, name: Some(name) })
    }

    /// What is written.
    pub fn content(&self) -> &File {
        &self.content
    }

    /// The hidden name, if it needs one.
    pub fn name(&self) -> Option<&Path> {
        self.name.as_deref()
    }

    /// Takes its place, and that of the file that is there.
    ///
    /// # Errors
    /// It cannot be had; nothing is left behind.
    pub fn put(self, target: &Path) -> io::Result<()> {
        match self.name {
            Some(name) => name.persist(target).map_err(|error| error.error),
            None => name_it(&self.content, target),
        }
    }
}

/// A file in `folder` without a name: if the program ends, it is gone.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    // Its name comes by way of this.
    if !Path::new(OWN_FILES).is_dir() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let content = open(folder, flags, Mode::from_raw_mode(0o666)).ok().map(File::from)?;
    content.try_lock().ok()?;
    Some(content)
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

/// Where a program finds the files that it has opened.
#[cfg(target_os = "linux")]
const OWN_FILES: &str = "/proc/self/fd";

/// Gives a file without a name the name `target`.
#[cfg(target_os = "linux")]
fn name_it(content: &File, target: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use rustix::io::Errno;
    use std::os::fd::AsRawFd;
    let own = Path::new(OWN_FILES).join(content.as_raw_fd().to_string());
    let link = |name: &Path| linkat(CWD, &own, CWD, name, AtFlags::SYMLINK_FOLLOW);
    match link(target) {
        Err(Errno::EXIST) => (),
        linked => return linked.map_err(io::Error::from),
    }
    // A name that is there cannot be given away but by renaming: for a moment the file has a hidden one.
    for attempt in 0_u32.. {
        let name = target.with_file_name(format!("{PREFIX}{}-{attempt}{SUFFIX}", std::process::id()));
        match link(&name) {
            Err(Errno::EXIST) => (),
            Err(error) => return Err(error.into()),
            Ok(()) => return TempPath::try_from_path(name)?.persist(target).map_err(|error| error.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(not(target_os = "linux"))]
fn name_it(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes the unfinished files of programs that were killed: nobody holds a lock on them.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().filter(is_hidden_file).map(|entry| entry.path()) {
        if File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            // If it cannot be removed, it is not ours.
            let _ = fs::remove_file(path);
        }
    }
}

fn is_hidden_file(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let name = name.as_encoded_bytes();
    let is_named_so = name.starts_with(PREFIX.as_bytes()) && name.ends_with(SUFFIX.as_bytes());
    // Neither a link nor a pipe is.
    is_named_so && entry.file_type().is_ok_and(|kind| kind.is_file())
}

/// The error without the name of the hidden file, which nobody asked for.
fn plain(error: &io::Error) -> io::Error {
    let message = error.to_string();
    let cause = message.split(" at path ").next().unwrap_or_default();
    io::Error::new(error.kind(), cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::path::PathBuf;

    fn names(folder: &Path) -> Vec<PathBuf> {
        let mut names: Vec<_> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        names.sort();
        names
    }

    /// With a hidden name, as where the system knows no file without one, and without.
    #[test]
    fn a_hidden_file_takes_its_place_when_it_is_put_there() {
        for is_named in [false, true] {
            let folder = tempfile::tempdir().expect("a folder");
            let target = folder.path().join("a.csv");
            for (round, content) in ["one", "two"].into_iter().enumerate() {
                let file = if is_named {
                    HiddenFile::with_name(folder.path())
                } else {
                    HiddenFile::create(folder.path())
                };
                let file = file.expect("writable");
                file.content().write_all(content.as_bytes()).expect("written");
                let hidden = usize::from(file.name().is_some());
                assert_eq!(names(folder.path()).len(), round + hidden);
                file.put(&target).expect("free");
                assert_eq!(fs::read_to_string(&target).expect("there"), content);
                assert_eq!(names(folder.path()), std::slice::from_ref(&target));
            }
            drop(HiddenFile::create(folder.path()).expect("writable"));
            assert_eq!(names(folder.path()), std::slice::from_ref(&target));
        }
    }

    #[test]
    fn only_what_nobody_writes_any_more_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in [".thalweg-Xy1.tmp", ".thalweg-7-0.tmp", ".thalweg-notes", "thalweg-1.tmp"] {
            fs::write(at(name), "half").expect("written");
        }
        let other = HiddenFile::with_name(folder.path()).expect("writable");
        drop(HiddenFile::create(folder.path()).expect("writable"));
        let mut left =
            vec![at(".thalweg-notes"), at("thalweg-1.tmp"), other.name().expect("it has a name").to_owned()];
        left.sort();
        assert_eq!(names(folder.path()), left);
    }
}
