//! What of a scenario is shown, and how. Nothing in here changes a run.

use super::bottom_panel::BottomPanel;
use super::chart_kind::ChartKind;
use super::layer::Layers;
use super::look_at::LookAt;
use super::map_view::MapView;
use super::page::Page;
use super::x_axis::XAxis;
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, read_record, refused, write_line};
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

/// What the window shows: a part of the document, so that a lesson opens as its author left it.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewState {
    /// The page of the right panel.
    pub page: Page,
    /// What is drawn on the plane.
    pub layers: Layers,
    /// The point that the panels look at.
    pub look_at: LookAt,
    /// What is below the plane.
    pub below: BottomPanel,
    /// The charts, from left to right.
    pub charts: [ChartKind; 3],
    /// What lies along the horizontal axis of the charts that compare the runners.
    pub over: XAxis,
    /// The direction of the dial, in degrees counted from the x axis towards the y axis.
    pub dial: f64,
    /// A run has arrived where the gradient's length is at most this: what the maps, the table and
    /// the search for learning rates count the steps to. Above zero.
    pub tolerance: f64,
    /// The map over two parameters.
    pub map: MapView,
}

/// The tolerance of a document that gives none.
const TOLERANCE: f64 = 1e-3;

impl Default for ViewState {
    fn default() -> Self {
        Self {
            page: Page::named("Spectrum"),
            layers: Layers::default(),
            look_at: LookAt::Current,
            below: BottomPanel::Charts,
            charts: ChartKind::USUAL,
            over: XAxis::Steps,
            dial: 0.0,
            tolerance: TOLERANCE,
            map: MapView::default(),
        }
    }
}

const UNDO: &str = "what is shown";

static FIELDS: [Field<ViewState>; 10] = [
    Field::<ViewState>::choice(
        "page",
        "the page of the right panel",
        Page::NAMES,
        |view| view.page.index(),
        |view, index| view.page = Page::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::form(
        "layers",
        "what is drawn on the plane",
        Form {
            takes: "a list of layers, `[Future, Contours]`",
            default: "the layers that are marked",
            read: |reader, node, view| {
                Layers::read(reader, node).map(|layers| view.layers = layers).is_some()
            },
            write: |view, _| Some(view.layers.write()),
            is_same: |one, other| one.layers == other.layers,
            refused: |_| None,
        },
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::form(
        "look_at",
        "the point that the panels look at",
        Form {
            takes: "`Current`, `Start`, `NearestMinimum`, or a point, `(-2.5, 1)`",
            default: "`Current`: where the focused runner stands",
            read: |reader, node, view| LookAt::read(reader, node).map(|point| view.look_at = point).is_some(),
            write: |view, _| Some(view.look_at.write()),
            is_same: |one, other| one.look_at == other.look_at,
            refused: |view| view.look_at.refused(),
        },
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::choice(
        "below",
        "what is below the plane",
        BottomPanel::NAMES,
        |view| view.below as usize,
        |view, index| view.below = BottomPanel::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    // Documents from before any of the three could be chosen name the last one only; so are those written that
    // need no more.
    Field::<ViewState>::form(
        "chart",
        "the last of the three charts",
        Form {
            takes: "a chart",
            default: "`Decay`",
            read: |reader, node, view| {
                ChartKind::read(reader, node).map(|chart| view.charts[2] = chart).is_some()
            },
            write: |view, _| ChartKind::is_last_only(view.charts).then(|| view.charts[2].name().to_owned()),
            is_same: |one, other| one.charts == other.charts,
            refused: |_| None,
        },
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::form(
        "charts",
        "the three charts, from left to right; instead of `chart`",
        Form {
            takes: "a list of three charts",
            default: "`[Loss, GradientNorm, Decay]`",
            read: |reader, node, view| {
                ChartKind::read_all(reader, node).map(|charts| view.charts = charts).is_some()
            },
            write: |view, _| {
                let names = view.charts.map(ChartKind::name).join(", ");
                (!ChartKind::is_last_only(view.charts)).then(|| format!("[{names}]"))
            },
            is_same: |one, other| one.charts == other.charts,
            refused: |_| None,
        },
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::choice(
        "over",
        "what lies along the horizontal axis of the charts that compare the runners",
        XAxis::NAMES,
        |view| view.over as usize,
        |view, index| view.over = XAxis::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::number(
        Param::number(
            "dial",
            "φ",
            0.0,
            Range::ANY,
            (-180.0, 180.0),
            "the direction of the dial, counted from the x axis towards the y axis",
        )
        .unit("°"),
        |view| view.dial,
        |view, degrees| view.dial = degrees,
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::number(
        Param::number(
            "tolerance",
            "|∇f|",
            TOLERANCE,
            Range::POSITIVE,
            (1e-12, 1.0),
            "a run has arrived from where on the gradient's length is at most this, to its end: what maps, table and search count the steps to",
        )
        .log(),
        |view| view.tolerance,
        |view, tolerance| view.tolerance = tolerance,
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::form(
        "map",
        "the map over two parameters of the focused runner",
        Form {
            takes: "a map",
            default: "the map that suits the runner",
            read: |reader, node, view| read_record(reader, node, &mut view.map),
            write: |view, writer| Some(write_line(&view.map, &MapView::default(), writer)),
            is_same: |one, other| one.map == other.map,
            refused: |view| refused(&view.map),
        },
    )
    .invalidates(Invalidates::Picture, UNDO),
];

impl Record for ViewState {
    const WHAT: &'static str = "what is shown";
    const FORM: &'static str = "`(page: Model, layers: [Future, Contours])`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }
}
