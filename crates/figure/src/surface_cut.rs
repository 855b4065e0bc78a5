//! The cut through the surface along a direction, with its tangent and its parabola, as a chart.

use crate::charts::chart::{Chart, ChartDot, ChartHeading, ChartLine, HeadingKey};
use crate::charts::scale::ChartScale;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::ticks::TickRule;
use thalweg_analysis::local::direction::SurfaceCut;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;

/// Heights beyond this are not drawn.
const MOST: f64 = 1e12;

/// How far to either side of the point a cut goes that is drawn beside this part of the plane: a quarter of it.
pub fn cut_reach(view: &View) -> f64 {
    (view.x.1 - view.x.0).min(view.y.1 - view.y.0) / 4.0
}

/// The chart of a cut that goes as far as `reach` to either side, at a point whose Hessian has this spectrum.
pub fn cut_chart(cut: &SurfaceCut, reach: f64, spectrum: &Spectrum, scheme: &Scheme) -> Chart<'static> {
    let heights = cut.samples.iter().map(|(_, f)| *f).filter(|f| f.is_finite() && f.abs() < MOST);
    let (low, high) = heights.fold((cut.value, cut.value), |(low, high), f| (low.min(f), high.max(f)));
    // A flat cut still has a height.
    let air = (0.12 * (high - low)).max(1e-9 * cut.value.abs().max(1e-3));
    // Turning the dial must not stretch what is all but straight: the strongest curvature sets the scale.
    let strongest = spectrum.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let least = 0.3 * strongest * reach * reach;
    let air = air.max(0.5 * (least - (high - low)));
    let (low, high) = (low - air, high + air);
    let is_drawn = reach > 0.0 && reach.is_finite() && low.abs() < MOST && high.abs() < MOST;
    let key = |text, about, color| HeadingKey { text, about, color };
    let heading = ChartHeading {
        title: "cut along d:".to_owned(),
        about: "f along the line through the point, over the distance t; a quarter of the view each way"
            .to_owned(),
        keys: vec![
            key("f", "The surface itself", scheme.ink),
            key("tangent", "What the slope alone says", scheme.quiet),
            key("parabola", "What slope and curvature say", scheme.model),
        ],
        note: None,
    };
    let mut chart = Chart {
        heading,
        told: "Cut through the surface with tangent and parabola".to_owned(),
        view: if is_drawn { View { x: (-reach, reach), y: (low, high) } } else { View::square(1.0) },
        scale: ChartScale::Linear,
        ticks: [TickRule::Even(4.0), TickRule::Even(3.0)],
        bands: Vec::new(),
        rules: Vec::new(),
        lines: Vec::new(),
        dots: Vec::new(),
        notes: Vec::new(),
        has_names: false,
        message: if is_drawn { "" } else { "f is too large to be drawn here" },
    };
    if is_drawn {
        let line = |name: &str, pieces: Vec<Vec<[f64; 2]>>, stroke: Stroke| ChartLine {
            name: name.to_owned(),
            pieces: pieces.into(),
            here: f64::INFINITY,
            behind: stroke,
            ahead: Some(stroke),
            values: None,
            is_over_steps: false,
        };
        // Beyond the frame a line goes on as far as numbers are drawn.
        let far = 100.0 * (high - low);
        let along = |height: &dyn Fn(f64) -> f64| {
            let at = |(t, _): &(f64, f64)| [*t, height(*t).within(low - far, high + far)];
            vec![cut.samples.iter().map(at).collect::<Vec<_>>()]
        };
        let pieces = cut.samples.split(|(_, f)| !f.is_finite()).filter(|piece| piece.len() > 1);
        let at = |(t, f): &(f64, f64)| [*t, f.within(low - far, high + far)];
        let surface = pieces.map(|piece| piece.iter().map(at).collect()).collect();
        let dashed = Stroke::new(2.0, scheme.model).dashed(&[5.0, 3.0]);
        chart.lines = vec![
            line("tangent", along(&|t| cut.tangent(t)), Stroke::new(1.2, scheme.quiet)),
            line("parabola", along(&|t| cut.parabola(t)), dashed),
            line("f", surface, Stroke::new(1.6, scheme.ink)),
        ];
        chart.dots = vec![ChartDot { at: [0.0, cut.value], color: scheme.ink, is_open: false }];
    }
    chart
}
