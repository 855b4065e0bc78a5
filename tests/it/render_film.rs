//! `thalweg render`: films with no display.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn render(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
    command.arg("render").args(arguments).stdin(Stdio::null());
    command
}

fn done(arguments: &[&str]) -> Output {
    render(arguments).output().expect("the program starts")
}

/// A film in a file; and what was said.
fn written(preset: &str, file: &Path, more: &[&str]) -> (Vec<u8>, String) {
    let name = file.to_str().expect("UTF-8");
    let done = done(&[&[preset, "--out", name, "--size", "160x120"], more].concat());
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{preset} {more:?}: {told}");
    (fs::read(file).expect("a file"), told)
}

fn refused(arguments: &[&str], status: i32, parts: &[&str]) {
    let done = done(arguments);
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {told}");
    for part in parts {
        assert!(told.contains(part), "{arguments:?}: {told}");
    }
}

/// The header of a Y4M film, and its pictures.
fn read_y4m(bytes: &[u8], picture: usize) -> (String, Vec<&[u8]>) {
    let end = bytes.iter().position(|byte| *byte == b'\n').expect("a header");
    let header = String::from_utf8(bytes[..end].to_vec()).expect("ASCII");
    let frames = bytes[end + 1..].chunks(6 + picture).map(|frame| {
        assert!(frame.starts_with(b"FRAME\n") && frame.len() == 6 + picture);
        &frame[6..]
    });
    (header, frames.collect())
}

/// The lesson zigzag makes 60 steps: 61 pictures, each another one as long as somebody moves; the last one stays.
#[test]
fn a_film_goes_through_a_pipe_with_a_picture_for_every_step() {
    let film = done(&["zigzag", "--out", "-", "--format", "y4m", "--size", "160x120"]);
    assert!(film.status.success() && film.stderr.is_empty(), "{}", String::from_utf8_lossy(&film.stderr));
    let (header, pictures) = read_y4m(&film.stdout, 3 * 160 * 120);
    assert!(header.starts_with("YUV4MPEG2 W160 H120 F8:1 "), "{header}");
    // A second and a half more than 61.
    assert_eq!(pictures.len(), 60 + 12);
    assert!(pictures[..20].windows(2).all(|pair| pair[0] != pair[1]));
    assert!(pictures[60..].windows(2).all(|pair| pair[0] == pair[1]));
    let part = ["zigzag", "--out", "-", "--format", "y4m", "--size", "160x120", "--from", "10", "--to", "20"];
    let part = done(&[&part[..], &["--fps", "4"]].concat());
    let (header, some) = read_y4m(&part.stdout, 3 * 160 * 120);
    assert!(header.contains(" F4:1 "), "{header}");
    assert_eq!(some[..11], pictures[10..=20]);
    assert_eq!(some.len(), 10 + 6);
}

/// The pictures of a GIF, and how long it lasts, in hundredths of a second.
fn read_gif(bytes: &[u8]) -> (usize, u32) {
    let mut decoder = gif::DecodeOptions::new().read_info(bytes).expect("a GIF");
    assert_eq!((decoder.width(), decoder.height()), (160, 120));
    let (mut count, mut time) = (0, 0);
    while let Some(frame) = decoder.read_next_frame().expect("a picture") {
        count += 1;
        time += u32::from(frame.delay);
    }
    (count, time)
}

#[test]
fn a_film_lasts_as_long_as_it_is_told_to() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("film.gif");
    let (gif, told) = written("zigzag", &file, &["--seconds", "3"]);
    let (count, time) = read_gif(&gif);
    assert!(
        told.is_empty() && (30..=61).contains(&count) && time.abs_diff(300) <= 5,
        "{count} {time} {told}"
    );
    let (gif, told) = written("rosenbrock", &file, &["--seconds", "2", "--fps", "60"]);
    let (count, time) = read_gif(&gif);
    assert!(count <= 100 && time.abs_diff(200) <= 5, "{count} {time}");
    assert!(told.contains("a picture takes") && told.contains("at most 50 pictures a second"), "{told}");
}

#[test]
fn the_same_preset_makes_the_same_film() {
    let folder = TempDir::new().expect("a folder");
    for (ending, sign) in [("gif", &b"GIF89a"[..]), ("apng", b"\x89PNG"), ("y4m", b"YUV4MPEG2 ")] {
        let file = folder.path().join(format!("film.{ending}"));
        for (preset, what) in [("outliers", "data"), ("momentum-plane", "phase-plane"), ("zigzag", "sheet")] {
            let more = ["--what", what, "--to", "12", "--theme", "dark"];
            let (film, told) = written(preset, &file, &more);
            assert!(film.starts_with(sign) && told.is_empty(), "{ending} {what}: {told}");
            assert!(film == written(preset, &file, &more).0, "{ending} {what}");
        }
    }
    let clear = written("zigzag", &folder.path().join("clear.apng"), &["--transparent", "--to", "5"]).0;
    assert!(clear.windows(4).any(|part| part == b"acTL"));
}

#[test]
fn what_makes_no_film_is_refused_with_a_reason() {
    refused(&["zigzag", "--out", "a.gif", "--step", "3"], 2, &["--step", "--from"]);
    refused(&["zigzag", "--out", "a.svg", "--fps", "3"], 2, &["--fps", ".svg", ".gif"]);
    refused(&["zigzag", "--out", "a.mp4", "--transparent"], 2, &["--transparent", ".apng"]);
    refused(&["zigzag", "--out", "a.gif", "--from", "9", "--to", "3"], 2, &["--from 9 --to 3"]);
    refused(&["zigzag", "--out", "a.gif", "--to", "61"], 2, &["--to 61", "60 steps"]);
    refused(&["zigzag", "--out", "a.gif", "--seconds", "0"], 2, &["0.1 to 3600"]);
    refused(&["zigzag", "--out", "a.gif", "--fps", "-1"], 2, &["0.01 to 1000"]);
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("a.gif");
    refused(&["zigzag", "--what", "map", "--out", file.to_str().expect("UTF-8")], 1, &["same at every step"]);
    assert!(!file.exists());
}

/// Through FFmpeg where it is; else, what is to be done.
#[test]
fn a_video_needs_ffmpeg_and_says_so() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("film.mp4");
    let name = file.to_str().expect("UTF-8");
    let arguments = ["zigzag", "--out", name, "--to", "5", "--size", "161x121"];
    let without = render(&arguments).env("PATH", folder.path()).output().expect("the program starts");
    let told = String::from_utf8_lossy(&without.stderr);
    assert_eq!(without.status.code(), Some(1), "{told}");
    assert!(told.contains("ffmpeg") && told.contains("install") && told.contains(".gif"), "{told}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let is_there =
        Command::new("ffmpeg").arg("-version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if is_there.is_ok_and(|status| status.success()) {
        let film = written("zigzag", &file, &["--to", "5"]).0;
        assert_eq!(&film[4..8], b"ftyp");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
