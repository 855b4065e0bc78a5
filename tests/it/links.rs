//! Links on the command line: a document goes into a link and comes back, with the same bits.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

fn thalweg_in(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("THALWEG_PAGE")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit status"), text(output.stdout), text(output.stderr))
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let (status, out, err) = thalweg_in(folder, arguments);
    assert_eq!((status, &*err), (0, ""), "{arguments:?}: {out}");
    out
}

#[test]
fn a_link_runs_as_its_preset_does_without_its_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let rows: Vec<_> = (0..40).map(|row| format!("{row},{},{}\n", row * row % 7, row % 3)).collect();
    fs::write(folder.path().join("points.csv"), rows.concat()).expect("written");
    let preset = "(title: \"Mine\", surface: LinearRegression(data: \"points.csv\"), steps: 30, \
                  runners: [(optimizer: Adam(lr: 0.1)), (optimizer: GradientDescent(lr: 0.002))])";
    fs::write(folder.path().join("mine.ron"), preset).expect("written");
    let link =
        done(folder.path(), &["link", "mine.ron", "--base", "https://example.org/thalweg/", "--step", "12"]);
    let link = link.trim_end();
    assert!(link.starts_with("https://example.org/thalweg/#s=1.") && link.ends_with("&step=12"), "{link}");
    let table = done(folder.path(), &["run", "mine.ron", "--csv", "-"]);
    assert_eq!(done(elsewhere.path(), &["run", link, "--csv", "-"]), table);
    let (_, hash) = link.split_once('#').expect("a hash");
    assert_eq!(done(elsewhere.path(), &["run", &format!("#{hash}"), "--csv", "-"]), table);
    // What is changed for this time is in the link.
    let faster = done(folder.path(), &["link", "mine.ron", "--set", "1.lr=0.2"]);
    let changed = done(folder.path(), &["run", "mine.ron", "--set", "1.lr=0.2", "--csv", "-"]);
    assert_eq!(done(elsewhere.path(), &["run", faster.trim_end(), "--csv", "-"]), changed);
    assert_ne!(changed, table);
    // The other commands take links, too; a picture of one is of its step and in its theme.
    for command in ["check", "inspect", "theory", "map", "code"] {
        let mut arguments = vec![command, link];
        arguments.extend(["--size", "3x3"].iter().filter(|_| command == "map"));
        assert!(!done(elsewhere.path(), &arguments).is_empty(), "{command}");
    }
    let dark = link.to_owned() + "&theme=dark";
    let poster = done(elsewhere.path(), &["render", &dark, "--out", "-", "--format", "svg"]);
    let same = ["render", "mine.ron", "--step", "12", "--theme", "dark", "--out", "-", "--format", "svg"];
    assert_eq!(poster, done(folder.path(), &same));
    // A link of a link is the same link, with what is asked for.
    assert_eq!(done(elsewhere.path(), &["link", &format!("#{hash}")]).trim_end(), format!("#{hash}"));
    let again = done(elsewhere.path(), &["link", &dark, "--base", "t.html", "--embed", "--step", "3"]);
    assert_eq!(again.trim_end(), format!("t.html#{}", hash.replace("&step=12", "&embed&step=3&theme=dark")));
}

#[test]
fn lessons_go_by_their_names() {
    let here = Path::new(".");
    assert_eq!(done(here, &["link", "zigzag"]), "#lesson=zigzag\n");
    assert_eq!(
        done(
            here,
            &[
                "link",
                "zigzag",
                "--for",
                "html",
                "--base",
                "https://a.org/",
                "--play",
                "--hide",
                "cards,side"
            ]
        ),
        "<iframe src=\"https://a.org/#lesson=zigzag&amp;embed&amp;play&amp;hide=cards,side\" title=\"The zig-zag and its \
         right angles\" width=\"800\" height=\"500\" style=\"border: 0\" allow=\"clipboard-write; fullscreen\" \
         loading=\"lazy\"></iframe>\n"
    );
    assert_eq!(
        done(
            here,
            &["link", "zigzag", "--for", "reveal", "--base", "thalweg/", "--scene", "2", "--density", "2"]
        ),
        "<section data-background-iframe=\"thalweg/#lesson=zigzag&amp;embed&amp;scene=2&amp;density=2\" \
         data-background-interactive></section>\n"
    );
    let address = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .args(["link", "zigzag", "--poster"])
        .env("THALWEG_PAGE", "https://b.org/#old")
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&address.stdout), "https://b.org/#lesson=zigzag&poster\n");
}

#[test]
fn a_scene_of_a_story_goes_by_its_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |preset: &str, set: &[&str]| {
        let more = set.iter().flat_map(|line| ["--set", line]);
        let arguments: Vec<_> = ["run", preset, "--csv", "-"].into_iter().chain(more).collect();
        done(folder.path(), &arguments)
    };
    let scene = run("#lesson=story-one-variable&scene=4", &[]);
    assert_eq!(scene, run("story-one-variable", &["1.lr=1.9"]));
    assert_ne!(scene, run("story-one-variable", &[]));
    let link = "#lesson=story-one-variable&scene=4";
    assert_eq!(done(folder.path(), &["link", link]).trim_end(), link);
    let (status, _, err) = thalweg_in(folder.path(), &["run", "#lesson=story-one-variable&scene=9"]);
    assert_eq!(status, 0);
    assert!(err.contains("`&scene=9` is passed over: the number of scenes is 8"), "{err}");
}

#[test]
fn what_is_wrong_with_a_link_is_told() {
    let here = Path::new(".");
    for (arguments, status, says) in [
        (&["run", "#s=1.0yguLUpLTE61"][..], 1, "#s=1.0yguLUpLTE61: the link ends too early"),
        (&["check", "https://example.org/#lesson=zigzga"], 1, "did you mean `zigzag`?"),
        (&["theory", "https://example.org/"], 1, "https://example.org/: the link names no document"),
        (&["run", "#s=7.abc"], 1, "the link is of version 7"),
        (&["link", "zigzag", "--theme", "pink"], 2, "--theme pink: write light or dark"),
        (&["link", "zigzag", "--step", "-1"], 2, "--step -1: write a whole number from 0 to 1000000"),
        (&["link", "zigzag", "--hide", "roof"], 2, "--hide roof: write some of cards, side, charts, bar"),
        (&["link", "zigzag", "--base", "a b"], 2, "--base a b: an address has no blanks in it"),
        (
            &["link", "zigzag", "--for", "html"],
            2,
            "name the address of the page that shows Thalweg, with --base URL",
        ),
        (&["#lesson=zigzag", "run"], 2, "behind the preset `#lesson=zigzag`"),
    ] {
        let (found, _, err) = thalweg_in(here, arguments);
        assert_eq!(found, status, "{arguments:?}: {err}");
        assert!(err.contains(says) && err.lines().count() <= 2, "{arguments:?}: {err}");
    }
    let (status, out, err) = thalweg_in(here, &["check", "#lesson=zigzag&warp&step=x"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(
        out.starts_with("#lesson=zigzag&warp&step=x: ok\n") && out.contains("does not know `&warp`"),
        "{out}"
    );
    assert!(out.contains("`&step=x` is passed over"), "{out}");
}

/// A name that a file has is that file, also where it looks like a link.
#[cfg(unix)]
#[test]
fn a_file_that_is_called_like_a_link_is_opened_as_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("#lesson=zigzag"), "(surface: Saddle, runners: [])").expect("written");
    assert!(done(folder.path(), &["inspect", "#lesson=zigzag"]).starts_with("Saddle"));
    let (status, _, err) = thalweg_in(folder.path(), &["run", "#lesson=zigzag", "--csv", "#lesson=zigzag"]);
    assert!(status == 1 && err.contains("an input of this command"), "{err}");
}
