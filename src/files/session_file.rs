//! The file that a session is kept in between two starts, and the one before it beside it. Needs no window.
//!
//! It is written whole or not at all. Reading never waits and never fails: what is damaged is put aside under
//! another name, nothing is deleted, and the one before is tried.

use super::atomic_file::Output;
use super::regular_file::read_regular;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use thalweg_session::StoredSession;

/// The most bytes of a session: some twenty tables of 10,000 rows.
pub const MAX_SESSION: usize = 1 << 26;

/// How many things that could not be read are told by name.
const MOST_TOLD: usize = 4;

/// What came back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restored {
    /// The session, if there is one that can be read.
    pub session: Option<StoredSession>,
    /// What is not as it was, in words, the most important first.
    pub told: Vec<String>,
}

/// Reads the session at `path`, or else the one before it.
pub fn restore(path: &Path) -> Restored {
    let mut restored = Restored::default();
    for (path, name) in [(path.to_owned(), "The last session"), (before(path), "The session before it")] {
        match read(&path) {
            Ok(None) => {}
            Ok(Some((session, missed))) => {
                if !restored.told.is_empty() {
                    restored.told.push(format!("{name} is here in its place."));
                }
                if !missed.is_empty() {
                    let kept = put_aside_copy(&path);
                    let more = missed.len().saturating_sub(MOST_TOLD);
                    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
                    restored.told.push(format!(
                        "Not all of the last session could be read: {}{more}. The rest is here{kept}.",
                        missed[..missed.len().min(MOST_TOLD)].join("; ")
                    ));
                }
                restored.session = Some(session);
                return restored;
            }
            Err(why) => {
                let kept = match put_aside(&path) {
                    Ok(aside) => format!("it is kept as {}", aside.display()),
                    Err(error) => format!("it stays where it is ({error})"),
                };
                let (name, path) = (name, path.display());
                restored.told.push(format!("{name} could not be read: {path}: {why}; {kept}."));
            }
        }
    }
    restored
}

/// Reads a session without putting anything aside; none where there is no file.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn read(path: &Path) -> Result<Option<(StoredSession, Vec<String>)>, String> {
    let bytes = match read_regular(path, MAX_SESSION) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            return Ok(None);
        }
        Err(error) => return Err(error.to_string()),
    };
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    if bytes.len() > MAX_SESSION {
        return Err(format!("it is larger than {} MiB", MAX_SESSION >> 20));
    }
    let text = str::from_utf8(&bytes).map_err(|_| "it is not text in UTF-8".to_owned())?;
    StoredSession::from_text(text).map(Some)
}

/// Writes the session to `path`, whole or not at all. What was there before stays beside it, as
/// [`before`] says.
///
/// # Errors
/// The disk is full, or the folder cannot be made or written; the file is as it was.
pub fn write(path: &Path, session: &StoredSession) -> io::Result<()> {
    make_room(path)?;
    let mut output = Output::create(path)?;
    output.write_all(session.to_text().as_bytes())?;
    if path.exists() {
        copy_or_link(path, &before(path))?;
    }
    output.finish()
}

/// Makes sure that there can be a file at `path`: its folder is made, and what is no file is put aside. A pipe would be
/// waited for, and a folder cannot be replaced.
///
/// # Errors
/// The folder cannot be made or written.
pub fn make_room(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A link to nowhere might lead into a folder that is not there.
    let is_in_the_way = match fs::metadata(path) {
        Ok(metadata) => !metadata.is_file(),
        Err(_) => fs::symlink_metadata(path).is_ok(),
    };
    if is_in_the_way {
        put_aside(path)?;
    }
    Ok(())
}

/// Where the session is kept that was at `path` before it was written last: `app.before.ron` beside `app.ron`.
pub fn before(path: &Path) -> PathBuf {
    path.with_extension("before.ron")
}

/// Gives the file at `path` a further name, which the file loses when it is replaced and this one does not. What
/// had that name loses it.
///
/// # Errors
/// The folder cannot be written.
pub fn copy_or_link(path: &Path, name: &Path) -> io::Result<()> {
    let between = name.with_extension("new");
    let is_gone = fs::remove_file(&between);
    is_gone.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    // Not every file system has links.
    if fs::hard_link(path, &between).is_err() {
        fs::copy(path, &between)?;
    }
    if fs::metadata(name).is_ok_and(|metadata| !metadata.is_file()) {
        put_aside(name)?;
    }
    fs::rename(&between, name)?;
    // Where both are one file already, renaming leaves both names.
    fs::remove_file(&between)
        .or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Gives what is at `path` a name that nothing has: `app.damaged-1.ron`.
fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = free_name(path);
    fs::rename(path, &aside)?;
    Ok(aside)
}

/// Keeps a copy of the session at `path`, of which not all could be read, and says where.
fn put_aside_copy(path: &Path) -> String {
    let aside = free_name(path);
    match copy_or_link(path, &aside) {
        Ok(()) => format!(", and the file as it was is kept as {}", aside.display()),
        Err(_) => String::new(),
    }
}

fn free_name(path: &Path) -> PathBuf {
    let names = (1_u32..).map(|number| path.with_extension(format!("damaged-{number}.ron")));
    names.into_iter().find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::fixtures::{names, session};

    #[test]
    fn a_session_comes_back_and_the_one_before_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("made/for it/app.ron");
        assert_eq!(restore(&path), Restored::default());
        for title in ["one", "two", "three"] {
            write(&path, &session(title)).expect("written");
            assert_eq!(restore(&path), Restored { session: Some(session(title)), told: Vec::new() });
        }
        assert_eq!(restore(&before(&path)).session, Some(session("two")));
        // Written once more as it is, and with what a killed program left.
        fs::write(before(&path).with_extension("new"), "left").expect("written");
        write(&path, &session("three")).expect("written");
        assert_eq!(names(path.parent().expect("a folder")), ["app.before.ron", "app.ron"]);
        // It went away between two renames of a system without links.
        fs::remove_file(&path).expect("there");
        assert_eq!(restore(&path).session, Some(session("three")));
    }

    /// Whatever is in its place: said, put aside, and the one before comes back; the next one can be written.
    #[test]
    fn whatever_is_in_its_place_is_put_aside() {
        type Damage = (&'static str, fn(&Path));
        let mut kinds: Vec<Damage> = vec![
            ("empty", |path| fs::write(path, "").expect("written")),
            ("garbage", |path| fs::write(path, [0, 159, 146, 150, 255]).expect("written")),
            ("text", |path| fs::write(path, "no session").expect("written")),
            ("truncated", |path| {
                let whole = session("one").to_text();
                fs::write(path, &whole[..whole.len() / 2]).expect("written");
            }),
            ("folder", |path| fs::create_dir(path).expect("made")),
            ("huge", |path| {
                let file = fs::File::create(path).expect("made");
                file.set_len(1 << 40).expect("a hole");
            }),
        ];
        #[cfg(unix)]
        {
            kinds.push(("pipe", |path| {
                let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
                assert!(made.success());
            }));
            kinds.push(("dangling link", |path| {
                std::os::unix::fs::symlink("/nowhere/at/all", path).expect("linked");
            }));
            kinds.push(("device", |path| std::os::unix::fs::symlink("/dev/zero", path).expect("linked")));
        }
        for (kind, make) in kinds {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("app.ron");
            make(&path);
            let restored = restore(&path);
            assert!(restored.session.is_none() && restored.told.len() == 1, "{kind}: {restored:?}");
            assert!(restored.told[0].contains("app.damaged-1.ron"), "{kind}: {restored:?}");
            assert_eq!(names(folder.path()), ["app.damaged-1.ron"], "{kind}");
            write(&path, &session("two")).expect(kind);
            write(&path, &session("three")).expect(kind);
            fs::remove_file(&path).expect("there");
            make(&path);
            let restored = restore(&path);
            assert_eq!(restored.session, Some(session("two")), "{kind}");
            assert!(restored.told[0].contains("app.damaged-2.ron"), "{kind}: {restored:?}");
            // In its place while the program goes on.
            fs::remove_file(before(&path)).expect("there");
            make(&path);
            write(&path, &session("four")).expect(kind);
            assert_eq!(restore(&path).session, Some(session("four")), "{kind}");
        }
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("no folder");
        fs::write(&file, "").expect("written");
        assert!(write(&file.join("app.ron"), &session("one")).is_err());
    }
}
