//! A program that is killed while it saves, and a disk that is full: what was there is there, or what is new, whole.
//!
//! `THALWEG_KILLS=1000` kills that often.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use thalweg::files::disk::{load, save};
use thalweg::files::session_file;
use thalweg_scenario::{PRESETS, Scenario};
use thalweg_session::StoredSession;
use thalweg_testing::SplitMix;

/// Where the child writes.
const FOLDER: &str = "THALWEG_WRITES_IN";
const PRESET: &str = "mine.ron";
const SESSION: &str = "app.ron";

/// What is saved in turn: a short document, and one that takes many writes.
fn documents() -> [Scenario; 2] {
    let short = thalweg_scenario::open_preset(PRESETS[0].name).expect("a lesson");
    let long = Scenario { notes: "A line of the notes.\n".repeat(1500), ..short.clone() };
    [short, long]
}

/// A child that does one of the tests below, which are ignored otherwise, in `folder`.
fn child(test: &str, folder: &Path, before: &str) -> Command {
    let mut command = Command::new("sh");
    let program = std::env::current_exe().expect("this program");
    command.args(["-c", &format!("{before} exec \"$0\" \"$@\"")]).arg(program);
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads", "1"]);
    command.env(FOLDER, folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn what_is_killed_while_it_saves_leaves_old_or_new() {
    let kills: u64 = std::env::var("THALWEG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10);
    let folder = tempfile::tempdir().expect("a folder");
    let (preset, session) = (folder.path().join(PRESET), folder.path().join(SESSION));
    let documents = documents();
    save(&preset, &documents[0]).expect("saved");
    session_file::write(&session, &StoredSession::new(documents[0].clone())).expect("written");
    let mut random = SplitMix::new(kills);
    let mut seen = [false; 2];
    for _ in 0..kills {
        let mut child: Child = child("kills::saves_for_ever", folder.path(), "").spawn().expect("a child");
        // It says a line after each document: at a random one, it is in the middle of the next.
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let said = lines.map_while(Result::ok).filter(|line| line.ends_with("saved"));
        let moment = random.between((1.0, 12.0)) as usize;
        assert_eq!(said.take(moment).count(), moment, "the child ended by itself");
        child.kill().expect("killed");
        child.wait().expect("ended");
        let found = load(&preset).expect("a whole document");
        let place = documents.iter().position(|document| *document == found);
        seen[place.expect("one of the two")] = true;
        let (found, missed) = session_file::read(&session).expect("a whole session").expect("there is one");
        assert!(missed.is_empty() && documents.iter().any(|of| StoredSession::new(of.clone()) == found));
    }
    assert!(seen == [true; 2] || kills < 10, "the kills always found the same document");
}

#[test]
#[ignore = "killed by the test above"]
fn saves_for_ever() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    for document in documents().iter().cycle() {
        save(folder.join(PRESET), document).expect("saved");
        session_file::write(&folder.join(SESSION), &StoredSession::new(document.clone())).expect("written");
        // The parent is gone: then it is time to go, too.
        if writeln!(std::io::stdout(), "saved").is_err() {
            return;
        }
    }
}

#[test]
fn a_full_disk_is_told_and_what_was_there_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let (preset, session) = (folder.path().join(PRESET), folder.path().join(SESSION));
    let [short, _] = documents();
    save(&preset, &short).expect("saved");
    session_file::write(&session, &StoredSession::new(short.clone())).expect("written");
    // No file may grow beyond a few blocks: writing fails as on a disk that is full.
    let limit = "trap '' XFSZ; ulimit -f 16;";
    let output = child("kills::finds_the_disk_full", folder.path(), limit).output().expect("a child");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(load(&preset).expect("the old document"), short);
    let found = session_file::read(&session).expect("the old session");
    assert_eq!(found, Some((StoredSession::new(short.clone()), Vec::new())));
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert!(left <= 3, "{left} files: preset, session, and the session before");
    let error = save("/dev/full", &short).expect_err("nothing fits there").to_string();
    assert!(error.contains("/dev/full"), "{error}");
}

#[test]
#[ignore = "run by the test above, with a limit for the size of files"]
fn finds_the_disk_full() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let [_, long] = documents();
    let preset = folder.join(PRESET);
    let error = save(&preset, &long).expect_err("the document does not fit").to_string();
    assert!(error.contains(PRESET) && !error.contains(".thalweg"), "{error}");
    assert!(session_file::write(&folder.join(SESSION), &StoredSession::new(long)).is_err());
}
