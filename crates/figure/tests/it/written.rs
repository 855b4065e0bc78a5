//! Figures as files.

use crate::shown::{lesson, page};
use thalweg_figure::pictures::Pictures;
use thalweg_figure::scheme::{Scheme, Theme};
use thalweg_figure::write::canvas::Canvas;
use thalweg_figure::write::paper::Paper;
use thalweg_figure::write::pdf::pdf;
use thalweg_figure::write::svg::svg;
use thalweg_figure::write::typeface::Typeface;
use thalweg_scenario::PRESETS;

/// Every lesson's plane in every format: small, with a group for each layer, and the same bits twice.
#[test]
fn every_lesson_is_written() {
    let typeface = Typeface::new();
    for preset in PRESETS {
        let name = preset.name;
        let session = lesson(name, 0.4);
        let figure = Pictures { session: &session, theme: Theme::Light, measure: &typeface, kept: None }
            .plane(page([800.0, 600.0]));
        let paper = Paper { title: name, ground: Some(Scheme::new(Theme::Light).ground) };
        let drawn = svg(&figure, &paper, &typeface);
        assert!(drawn.len() < 400_000, "{name}: {} bytes", drawn.len());
        let is_wrong = |line: &str| !line.starts_with("<image") && line.contains("NaN");
        assert!(!drawn.lines().any(is_wrong), "{name}");
        for layer in &figure.layers {
            assert!(drawn.contains(&format!("<g id=\"{}\"", layer.name.replace(' ', "-"))), "{name}");
        }
        let file = pdf(&figure, &paper, &typeface).unwrap();
        assert!(file.starts_with(b"%PDF-") && file.len() < 400_000, "{name}: {} bytes", file.len());
        assert!(file == pdf(&figure, &paper, &typeface).unwrap(), "{name}");
        let mut canvas = Canvas::new(figure.page, 1.0, &paper, &typeface).unwrap();
        canvas.draw(&figure);
        let pixels = canvas.pixels();
        assert_eq!([pixels.width, pixels.height], [800, 600]);
        if let Some(folder) = std::env::var_os("WRITTEN") {
            let folder = std::path::PathBuf::from(folder);
            std::fs::write(folder.join(format!("{name}.svg")), drawn).unwrap();
            std::fs::write(folder.join(format!("{name}.pdf")), file).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), pixels.png(1.0).unwrap()).unwrap();
        }
    }
}
