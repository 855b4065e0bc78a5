//! A few figures, compared to the letter with what is kept in `tests/snapshots`. With `UPDATE_SNAPSHOTS=1` in the
//! environment they are written anew instead: look at what changed before you keep it.

use crate::shown::{lesson, page, pictures};
use crate::text::text;
use std::path::Path;
use thalweg_figure::figure::Figure;
use thalweg_figure::scheme::Theme;
use thalweg_scenario::ChartKind;

const SIZE: [f64; 2] = [240.0, 180.0];

fn compare(name: &str, figure: &Figure) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.txt"));
    let now = text(figure);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(now.lines()).find(|(kept, now)| kept != now);
    assert!(kept == now, "{name} is another one; the first line that differs, before and now: {differs:?}");
}

#[test]
fn planes_are_what_they_were() {
    for (preset, part, theme) in
        [("zigzag", 0.5, Theme::Light), ("saddle", 1.0, Theme::Dark), ("before-and-after", 0.5, Theme::Print)]
    {
        let session = lesson(preset, part);
        compare(&format!("plane-{preset}"), &pictures(&session, theme).plane(page(SIZE)));
    }
}

#[test]
fn the_graph_is_what_it_was() {
    let session = lesson("one-variable-newton", 0.05);
    compare("graph-newton", &pictures(&session, Theme::Light).plane(page(SIZE)));
}

#[test]
fn the_relief_is_what_it_was() {
    let session = lesson("saddle", 1.0);
    compare("relief-saddle", &pictures(&session, Theme::Dark).relief(page(SIZE)));
}

#[test]
fn the_eigenbasis_is_what_it_was() {
    let session = lesson("momentum-damps-zigzag", 0.5);
    compare("eigenbasis", &pictures(&session, Theme::Light).eigenbasis(page(SIZE)).unwrap());
}

#[test]
fn charts_are_what_they_were() {
    for (preset, chart, part, theme) in [
        ("before-and-after", "Loss", 0.5, Theme::Light),
        ("loss-by-component", "Components", 0.2, Theme::Print),
        ("rmsprop-at-its-edge", "Sharpness", 1.0, Theme::Dark),
        ("zigzag", "Decay", 0.5, Theme::Light),
        ("one-variable-period-doubling", "Cobweb", 0.1, Theme::Light),
        ("one-variable-period-doubling", "Bifurcation", 0.1, Theme::Print),
    ] {
        let session = lesson(preset, part);
        let figure = pictures(&session, theme).chart(ChartKind::named(chart), page(SIZE), true).unwrap();
        compare(&format!("chart-{}", chart.to_lowercase()), &figure);
    }
}

#[test]
fn the_local_pictures_are_what_they_were() {
    let session = lesson("momentum-plane", 0.2);
    compare("phase-plane", &pictures(&session, Theme::Light).phase_plane(page(SIZE)).unwrap());
    let session = lesson("directional-curvature", 0.0);
    let pictures = pictures(&session, Theme::Dark);
    compare("cut", &pictures.cut(page(SIZE)).unwrap());
    compare("dial", &pictures.dial(nalgebra::Vector2::zeros()).unwrap());
}
