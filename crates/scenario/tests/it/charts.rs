//! The charts that a document shows: three names, or as before any of the three could be chosen, the last one's.

use thalweg_scenario::{ChartKind, parse, to_ron};

fn charts(show: &str) -> Result<[&'static str; 3], String> {
    let text = format!("(surface: Saddle(), runners: [], show: ({show}))");
    let scenario = parse(&text).map_err(|found| format!("{found:?}"))?;
    Ok(scenario.show.charts.map(ChartKind::name))
}

#[test]
fn charts_are_read_by_the_new_key_and_by_the_old_one() {
    for (show, wanted) in [
        ("", ["Loss", "GradientNorm", "Decay"]),
        ("chart: Sharpness", ["Loss", "GradientNorm", "Sharpness"]),
        ("charts: [Sharpness, Loss, Components]", ["Sharpness", "Loss", "Components"]),
    ] {
        assert_eq!(charts(show).as_ref(), Ok(&wanted), "{show}");
    }
    for (show, why) in [
        ("charts: [Loss, Decay]", "a list of three"),
        ("charts: [Loss, Decay, Lost]", "unknown chart `Lost`"),
        ("chart: Los", "did you mean `Loss`?"),
    ] {
        let error = charts(show).unwrap_err();
        assert!(error.contains(why), "{show}: {error}");
    }
}

/// A document that an older program can read is written as that program wrote it.
#[test]
fn what_is_usual_is_not_written() {
    for (charts, written) in [
        (ChartKind::USUAL, None),
        (
            [ChartKind::named("Loss"), ChartKind::named("GradientNorm"), ChartKind::named("Sharpness")],
            Some("chart: Sharpness"),
        ),
        (
            [ChartKind::named("Decay"), ChartKind::named("GradientNorm"), ChartKind::named("Loss")],
            Some("charts: [Decay, GradientNorm, Loss]"),
        ),
    ] {
        let mut scenario = parse("(surface: Saddle(), runners: [])").unwrap();
        scenario.show.charts = charts;
        let text = to_ron(&scenario).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(written.is_some(), text.contains("chart"), "{text}");
        assert!(text.replace("[ ", "[").replace(", ]", "]").contains(written.unwrap_or_default()), "{text}");
        assert_eq!(parse(&text).unwrap().show.charts, charts);
    }
}
