//! Figures as TeX: what any file must keep to, for all lessons; and that pdfTeX, where it is there, sets them.

use crate::shown::{lesson, page};
use std::path::Path;
use std::process::{Command, Stdio};
use thalweg_figure::figure::Figure;
use thalweg_figure::pictures::Pictures;
use thalweg_figure::scheme::{Scheme, Theme};
use thalweg_figure::write::tex::{TexPaper, tex};
use thalweg_figure::write::tex_measure::TexMeasure;
use thalweg_scenario::{ChartKind, PRESETS};
use thalweg_session::Session;

const SCALE: f64 = 0.9;

fn written(figure: &Figure, theme: Theme) -> String {
    let scheme = Scheme::new(theme);
    tex(figure, &TexPaper { title: "A picture", scheme, scale: SCALE, ground: Some(scheme.ground) })
}

fn with_pictures<T>(session: &Session, theme: Theme, work: impl Fn(&Pictures<'_>) -> T) -> T {
    work(&Pictures { session, theme, measure: &TexMeasure { scale: SCALE }, kept: None })
}

/// What TeX needs at least: all that is opened is closed, in order, and no letter that it has no font for.
fn check(name: &str, text: &str) {
    assert!(text.len() < 200_000, "{name} has {} bytes", text.len());
    let mut open = Vec::new();
    for part in text.split('\\').skip(1) {
        let word = |start: &str| part.strip_prefix(start).and_then(|rest| rest.split('}').next());
        if let Some(kind) = word("begin{").filter(|kind| *kind != "document") {
            open.push(kind);
        } else if let Some(kind) = word("end{").filter(|kind| *kind != "document") {
            assert_eq!(open.pop(), Some(kind), "{name}");
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
    let mut depth = 0_i32;
    for (before, letter) in text.chars().zip(text.chars().skip(1)) {
        depth += if before == '\\' { 0 } else { i32::from(letter == '{') - i32::from(letter == '}') };
        assert!(depth >= 0, "{name}: a brace is closed that was not opened");
        assert!(letter.is_ascii(), "{name}: {letter}");
    }
    assert_eq!(depth, 0, "{name}: a brace stays open");
    assert!(text.matches('$').count().is_multiple_of(2), "{name}: a formula stays open");
    // TeX counts to 16,383 points, and `inf` is no number to it.
    assert!(!text.contains("inf"), "{name} has something nowhere");
    for length in text.split("bp").filter_map(|before| before.rsplit(['(', ',', '=', '{', ' ']).next()) {
        assert!(
            length.parse::<f64>().is_ok_and(|length| length.abs() < 6000.0) || length.contains('\n'),
            "{name}: {length}"
        );
    }
}

#[test]
fn every_lesson_is_sane_tex() {
    for (index, preset) in PRESETS.iter().enumerate() {
        let session = lesson(preset.name, [0.0, 0.4, 1.0][index % 3]);
        let theme = [Theme::Print, Theme::Light, Theme::Dark][index % 3];
        with_pictures(&session, theme, |pictures| {
            let plane = written(&pictures.plane(page([360.0, 260.0])), theme);
            check(preset.name, &plane);
            let is_graph = session.race().problem().objective.is_univariate();
            let surface = if is_graph { ["% graph", "% zero"] } else { ["% surface", "shader=interp"] };
            for part in
                surface.into_iter().chain(["% start", "xmin=", "ylabel={$", "\\definecolor{thalwegink}"])
            {
                assert!(plane.contains(part), "{}: no {part}", preset.name);
            }
            for kind in ChartKind::ALL {
                let figure = pictures.chart(kind, page([240.0, 170.0]), true).unwrap();
                check(&format!("{} of {}", kind.name(), preset.name), &written(&figure, theme));
            }
            let rest = [pictures.data(page([240.0, 200.0])), pictures.eigenbasis(page([240.0, 200.0]))];
            for figure in rest.into_iter().flatten() {
                check(preset.name, &written(&figure, theme));
            }
        });
    }
}

/// Logarithms are PGFPlots' own: its coordinates are losses.
#[test]
fn a_chart_has_the_values_of_its_axes() {
    let session = lesson("zigzag", 1.0);
    let text = with_pictures(&session, Theme::Print, |pictures| {
        written(&pictures.chart(ChartKind::named("Loss"), page([240.0, 170.0]), true).unwrap(), Theme::Print)
    });
    assert!(text.contains("ymode=log"));
    // The first step of the first runner, as the run has it.
    let loss = session.runners().next().unwrap().1.trajectory().at(1).unwrap().loss;
    let (_, data) = text.split_once("% lines").unwrap();
    let point = data.split("(1,").nth(1).unwrap().split(')').next().unwrap();
    assert!((point.parse::<f64>().unwrap() / loss - 1.0).abs() < 0.01, "{point} for {loss}");
}

/// A figure by itself, and a slide of Beamer with three of them; where there is no pdfTeX, that is not tried.
#[test]
fn pdftex_sets_a_picture_alone_and_on_a_slide() {
    let set = |folder: &Path, name: &str| {
        let mut command = Command::new("pdflatex");
        command.args(["-interaction=nonstopmode", "-halt-on-error", name]).current_dir(folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()
    };
    let folder = std::env::temp_dir().join(format!("thalweg-tex-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let session = lesson("momentum-taken-apart", 0.4);
    with_pictures(&session, Theme::Dark, |pictures| {
        let figures = [
            ("plane.tex", pictures.plane(page([300.0, 200.0]))),
            ("loss.tex", pictures.chart(ChartKind::named("Loss"), page([240.0, 170.0]), true).unwrap()),
            ("dial.tex", pictures.dial(nalgebra::Vector2::zeros()).unwrap()),
        ];
        for (name, figure) in figures {
            std::fs::write(folder.join(name), written(&figure, Theme::Dark)).unwrap();
        }
    });
    let slide = "\\documentclass{beamer}\\usepackage{pgfplots}\\begin{document}\\begin{frame}{Three}\
                 \\scalebox{0.4}{\\input{plane.tex}}\\scalebox{0.4}{\\input{loss.tex}\\input{dial.tex}}\
                 \\end{frame}\\end{document}";
    std::fs::write(folder.join("slide.tex"), slide).unwrap();
    for name in ["plane.tex", "slide.tex"] {
        match set(&folder, name) {
            Ok(status) => {
                let log = std::fs::read(folder.join(name).with_extension("log")).unwrap_or_default();
                assert!(status.success(), "{name}:\n{}", String::from_utf8_lossy(&log));
            }
            Err(error) => eprintln!("{name} was not set: {error}"),
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
