//! Where the sessions of this user's windows are kept: a file for each window that is open at once, and the
//! sessions that others have taken the place of.

use super::earlier_session::EarlierSession;
use super::session_file::{copy_or_link, read};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How many sessions are kept that others have taken the place of.
const MOST_EARLIER: usize = 9;
/// More windows than anybody has open.
const MOST_WINDOWS: u32 = 64;

/// The place of one window's session, which is its own as long as this lives, and no longer: the system lets go
/// of the lock when the program ends, however it ends.
#[derive(Debug)]
pub struct SessionPlace {
    path: PathBuf,
    _lock: Option<File>,
}

impl SessionPlace {
    /// The first place in `folder` that no other window has: `app.ron`, or else `app-2.ron` and so on.
    pub fn in_folder(folder: &Path) -> Self {
        // Where it cannot be made, the first attempt to write says why.
        fs::create_dir_all(folder).ok();
        for number in 1..MOST_WINDOWS {
            let path =
                folder.join(if number == 1 { "app.ron".to_owned() } else { format!("app-{number}.ron") });
            match lock(&path.with_extension("lock")) {
                Ok(lock) => return Self { path, _lock: Some(lock) },
                Err(TryLockError::WouldBlock) => {}
                // Some systems have no locks.
                Err(TryLockError::Error(_)) => return Self { path, _lock: None },
            }
        }
        Self { path: folder.join("app-many.ron"), _lock: None }
    }

    /// The place in the folder where this system keeps what programs keep for a user; none where there is none.
    pub fn of_user() -> Option<Self> {
        user_folder().map(|folder| Self::in_folder(&folder))
    }

    /// The session's file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn lock(path: &Path) -> Result<File, TryLockError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK);
    }
    let file = options.open(path).map_err(TryLockError::Error)?;
    file.try_lock().map(|()| file)
}

/// The folder where this system keeps what programs keep for a user.
pub fn user_folder() -> Option<PathBuf> {
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    if cfg!(target_os = "macos") {
        return home.map(|home| home.join("Library/Application Support/thalweg"));
    }
    let (variable, within) =
        if cfg!(windows) { ("APPDATA", "AppData/Roaming") } else { ("XDG_DATA_HOME", ".local/share") };
    let given = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = given.or_else(|| home.map(|home| home.join(within)))?.join("thalweg");
    Some(if cfg!(windows) { folder.join("data") } else { folder })
}

/// The sessions beside the one at `path`, the latest first: those that others have taken the place of, those of
/// further windows, and the one at `path` itself where `with_own`.
pub fn earlier_sessions(path: &Path, with_own: bool) -> Vec<EarlierSession> {
    let Some(entries) = path.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return Vec::new() };
    let session = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let stem = name.strip_suffix(".ron")?;
        let is_session = stem == "app" || stem.starts_with("app-") || stem.starts_with("earlier-");
        // Damaged ones, and those before others, have a dot in it.
        if !is_session || stem.contains('.') || (!with_own && entry.path() == path) {
            return None;
        }
        Some((entry.metadata().ok()?.modified().ok()?, entry.path()))
    };
    let mut found: Vec<_> = entries.flatten().filter_map(session).collect();
    found.sort();
    found.reverse();
    let read = |(written, path): (SystemTime, PathBuf)| {
        let (session, _) = read(&path).ok()??;
        Some(EarlierSession { session, written })
    };
    found.into_iter().take(2 * MOST_EARLIER).filter_map(read).collect()
}

/// Keeps the session at `path` under a further name, since another is going to take its place. Those that were
/// kept so long ago that nobody has asked for them are let go.
///
/// # Errors
/// The folder cannot be written.
pub fn keep_as_earlier(path: &Path) -> io::Result<()> {
    let mut earlier: Vec<(u64, PathBuf)> = Vec::new();
    for entry in path.parent().into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten()
    {
        let name = entry.file_name().into_string().unwrap_or_default();
        let number = name.strip_prefix("earlier-").and_then(|name| name.strip_suffix(".ron"));
        earlier.extend(number.and_then(|number| number.parse().ok()).map(|number| (number, entry.path())));
    }
    earlier.sort();
    let content = fs::read(path)?;
    if earlier.last().is_some_and(|(_, latest)| fs::read(latest).is_ok_and(|latest| latest == content)) {
        return Ok(());
    }
    let next = earlier.last().map_or(1, |(number, _)| number + 1);
    copy_or_link(path, &path.with_file_name(format!("earlier-{next}.ron")))?;
    for (_, old) in earlier.iter().rev().skip(MOST_EARLIER - 1) {
        fs::remove_file(old)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::fixtures::session;
    use crate::files::session_file::{restore, write};

    #[test]
    fn each_window_has_a_place_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let one = SessionPlace::in_folder(folder.path());
        let two = SessionPlace::in_folder(folder.path());
        assert!(one.path().ends_with("app.ron") && two.path().ends_with("app-2.ron"));
        write(one.path(), &session("one")).expect("written");
        write(two.path(), &session("two")).expect("written");
        assert_eq!(restore(one.path()).session, Some(session("one")));
        let titles = |path: &Path, own| {
            earlier_sessions(path, own)
                .into_iter()
                .map(|earlier| earlier.session.scenario.title.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(titles(one.path(), false), ["two"]);
        assert_eq!(titles(one.path(), true).len(), 2);
        drop(one);
        assert!(SessionPlace::in_folder(folder.path()).path().ends_with("app.ron"));
        // What is left of a killed program is a lock that nobody holds.
        assert!(folder.path().join("app.lock").exists());
    }

    #[test]
    fn earlier_sessions_are_kept_but_not_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("app.ron");
        for number in 0..15 {
            write(&path, &session(&number.to_string())).expect("written");
            keep_as_earlier(&path).expect("kept");
            keep_as_earlier(&path).expect("the same need not be kept twice");
        }
        write(&path, &session("now")).expect("written");
        let number =
            |earlier: &EarlierSession| earlier.session.scenario.title.parse::<u32>().expect("a number");
        let mut titles: Vec<_> = earlier_sessions(&path, false).iter().map(number).collect();
        titles.sort_unstable();
        assert_eq!(titles, (6..15).collect::<Vec<_>>());
    }
}
