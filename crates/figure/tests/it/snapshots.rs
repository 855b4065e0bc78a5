//! A few figures, compared to the letter with what is kept in `tests/snapshots`. With `UPDATE_SNAPSHOTS=1` in the
//! environment they are written anew instead: look at what changed before you keep it.

use crate::shown::Made;
use crate::text::text;
use std::path::Path;
use thalweg_figure::eigenbasis;
use thalweg_figure::figure::Figure;
use thalweg_figure::plane::plane;
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::FixedMeasure;
use thalweg_scenario::open_preset;

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
        let made = Made::new(open_preset(preset).unwrap(), part, SIZE);
        compare(&format!("plane-{preset}"), &plane(&made.plane(theme), &FixedMeasure));
    }
}

#[test]
fn the_eigenbasis_is_what_it_was() {
    let made = Made::new(open_preset("momentum-damps-zigzag").unwrap(), 0.5, SIZE);
    let input = made.eigenbasis(Theme::Light).unwrap();
    compare("eigenbasis", &eigenbasis::eigenbasis(&input, &FixedMeasure));
}
