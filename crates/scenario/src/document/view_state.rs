//! What of a scenario is shown, and how. Nothing in here changes a run.

use super::bottom_panel::BottomPanel;
use super::chart_kind::ChartKind;
use super::chart_lines::ChartLines;
use super::layer::Layers;
use super::limits::{MAX_RUNNERS, MAX_STEPS};
use super::look_at::LookAt;
use super::map_view::MapView;
use super::notation::Notation;
use super::page::Page;
use super::relief::Relief;
use super::x_axis::XAxis;
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, read_record, refused, write_line};
use std::borrow::Cow;
use thalweg_core::math::series::ORDER;
use thalweg_core::math::within::Within;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

/// What the window shows: a part of the document, so that a lesson opens as its author left it.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewState {
    /// The page of the right panel.
    pub page: Page,
    /// Whether the surface is shown as a plane, in relief, or both.
    pub relief: Relief,
    /// From which side the relief is looked at, in degrees counted from the x axis towards the y axis.
    pub azimuth: f64,
    /// From how high the relief is looked at, in degrees above the horizon.
    pub elevation: f64,
    /// Whether the relief turns slowly by itself.
    pub turning: bool,
    /// Whether the window opens as it is shown to a class: the plane as large as the screen.
    pub present: bool,
    /// What is drawn on the plane.
    pub layers: Layers,
    /// How many of the last steps of a path are shown; 0 for all of them.
    pub trail: u32,
    /// The point that the panels look at.
    pub look_at: LookAt,
    /// What is below the plane.
    pub below: BottomPanel,
    /// The charts, from left to right.
    pub charts: [ChartKind; 3],
    /// What lies along the horizontal axis of the charts that compare the runners.
    pub over: XAxis,
    /// How those draw their lines.
    pub lines: ChartLines,
    /// The symbols of learning rate, momentum and point, in texts, formulas and axes.
    pub notation: Notation,
    /// The direction of the dial, in degrees counted from the x axis towards the y axis.
    pub dial: f64,
    /// Up to which degree the Taylor polynomials of a function of x alone are drawn, with the layer of the model.
    pub taylor: u32,
    /// A run has arrived where the gradient's length is at most this: what the maps, the table and
    /// the search for learning rates count the steps to. Above zero.
    pub tolerance: f64,
    /// The map over two parameters.
    pub map: MapView,
    /// Which runner the panels look at when the document is opened: its number, from 1.
    pub focus: u32,
    /// The playback speed when the document is opened, in steps per second; 0 for the whole race in some eight
    /// seconds.
    pub speed: f64,
}

/// How long the whole race takes to play where a document says nothing of its speed, in seconds.
const WHOLE_RACE: f64 = 8.0;

/// The tolerance of a document that gives none.
const TOLERANCE: f64 = 1e-3;
/// Where the relief of a document that says nothing is looked at from: x goes to the right, y away.
const AZIMUTH: f64 = -60.0;
const ELEVATION: f64 = 40.0;
/// From how high the relief may be looked at: never from below the surface, never straight down.
const ELEVATIONS: (f64, f64) = (5.0, 85.0);

impl Default for ViewState {
    fn default() -> Self {
        Self {
            page: Page::named("Spectrum"),
            relief: Relief::Flat,
            azimuth: AZIMUTH,
            elevation: ELEVATION,
            turning: false,
            present: false,
            layers: Layers::default(),
            trail: 0,
            look_at: LookAt::Current,
            below: BottomPanel::Charts,
            charts: ChartKind::USUAL,
            over: XAxis::Steps,
            lines: ChartLines::default(),
            notation: Notation::default(),
            dial: 0.0,
            taylor: 2,
            tolerance: TOLERANCE,
            map: MapView::default(),
            focus: 1,
            speed: 0.0,
        }
    }
}

const UNDO: &str = "what is shown";
const UNDO_VIEW: &str = "the view of the relief";

static FIELDS: [Field<ViewState>; 21] = [
    Field::<ViewState>::choice(
        "page",
        "the page of the right panel",
        Page::NAMES,
        |view| view.page.index(),
        |view, index| view.page = Page::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ViewState>::choice(
        "relief",
        "whether the surface is shown as a plane, in relief, or both",
        Relief::NAMES,
        |view| view.relief as usize,
        |view, index| view.relief = Relief::ALL[index],
    )
    .invalidates(Invalidates::Picture, "plane or relief"),
    Field::<ViewState>::number(
        Param::number(
            "azimuth",
            "",
            AZIMUTH,
            Range::ANY,
            (-180.0, 180.0),
            "from which side the relief is looked at, counted from the x axis towards the y axis",
        )
        .unit("°"),
        |view| view.azimuth,
        |view, degrees| view.azimuth = degrees,
    )
    .invalidates(Invalidates::Picture, UNDO_VIEW),
    Field::<ViewState>::number(
        Param::number(
            "elevation",
            "",
            ELEVATION,
            Range::closed(ELEVATIONS.0, ELEVATIONS.1),
            ELEVATIONS,
            "from how high the relief is looked at, counted from the horizon",
        )
        .unit("°"),
        |view| view.elevation,
        |view, degrees| view.elevation = degrees,
    )
    .invalidates(Invalidates::Picture, UNDO_VIEW),
    Field::<ViewState>::switch(
        "turning",
        "whether the relief turns slowly by itself",
        |view| view.turning,
        |view, turning| view.turning = turning,
    )
    .invalidates(Invalidates::Picture, "whether the relief turns"),
    Field::<ViewState>::switch(
        "present",
        "whether the window opens as it is shown to a class: the plane as large as the screen",
        |view| view.present,
        |view, present| view.present = present,
    )
    .invalidates(Invalidates::Picture, "whether it is presented"),
    Field::<ViewState>::number(
        Param::number(
            "trail",
            "",
            0.0,
            Range::whole(0, MAX_STEPS),
            (0.0, 100.0),
            "how many of the last steps of each path are shown; 0 for all of them",
        ),
        |view| view.trail.into(),
        |view, steps| view.trail = steps as u32,
    )
    .invalidates(Invalidates::Picture, "the length of the trail"),
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
    Field::<ViewState>::form(
        "lines",
        "how the charts that compare the runners draw their lines",
        Form {
            takes: "the lines of the charts",
            default: "as they are, without names",
            read: |reader, node, view| read_record(reader, node, &mut view.lines),
            write: |view, writer| Some(write_line(&view.lines, &ChartLines::default(), writer)),
            is_same: |one, other| one.lines == other.lines,
            refused: |view| refused(&view.lines),
        },
    )
    .invalidates(Invalidates::Picture, "the lines of the charts"),
    Field::<ViewState>::form(
        "notation",
        "the symbols of learning rate, momentum and point, in texts, formulas and axes",
        Form {
            takes: "a notation",
            default: "α, β and x",
            read: |reader, node, view| read_record(reader, node, &mut view.notation),
            write: |view, writer| Some(write_line(&view.notation, &Notation::default(), writer)),
            is_same: |one, other| one.notation == other.notation,
            refused: |view| refused(&view.notation),
        },
    )
    .invalidates(Invalidates::Picture, "the notation"),
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
            "taylor",
            "n",
            2.0,
            Range::whole(1, ORDER as u32),
            (1.0, ORDER as f64),
            "up to which degree the Taylor polynomials of a function of x alone are drawn, with the layer `Model`",
        ),
        |view| view.taylor.into(),
        |view, degree| view.taylor = degree as u32,
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
    Field::<ViewState>::number(
        Param::number(
            "focus",
            "",
            1.0,
            Range::whole(1, MAX_RUNNERS as u32),
            (1.0, MAX_RUNNERS as f64),
            "the number of the runner that the panels look at when the document is opened",
        ),
        |view| view.focus.into(),
        |view, number| view.focus = number as u32,
    )
    .invalidates(Invalidates::Nothing, UNDO),
    Field::<ViewState>::number(
        Param::number(
            "speed",
            "",
            0.0,
            Range::closed(0.0, 5000.0),
            (0.0, 5000.0),
            "the playback speed when the document is opened, in steps per second; 0 for the whole race in some eight seconds",
        ),
        |view| view.speed,
        |view, speed| view.speed = speed,
    )
    .invalidates(Invalidates::Nothing, UNDO),
];

impl ViewState {
    /// The playback speed at first, in steps per second, of a race of so many steps.
    pub fn first_speed(&self, steps: u32) -> f64 {
        if self.speed > 0.0 { self.speed } else { (f64::from(steps) / WHOLE_RACE).ceil() }
    }

    /// The view of the relief turned by so many degrees to the side and upward, as far as it goes.
    pub fn turned(self, azimuth: f64, elevation: f64) -> Self {
        let (least, most) = ELEVATIONS;
        // One turn of all that look the same; as a number that reads well.
        let side = (self.azimuth + azimuth + 180.0).rem_euclid(360.0) - 180.0;
        let round = |degrees: f64| (degrees * 10.0).round() / 10.0 + 0.0;
        let elevation = round(self.elevation + elevation).within(least, most);
        if side.is_finite() && elevation.is_finite() {
            Self { azimuth: round(side), elevation, ..self }
        } else {
            self
        }
    }

    /// What has changed since another, in the few words of a menu.
    pub(crate) fn undo_words(old: &Self, new: &Self) -> Cow<'static, str> {
        let mut words =
            FIELDS.iter().filter(|field| !field.is_same(old, new)).map(|field| field.undo(old, new));
        let first = words.next().unwrap_or(Cow::Borrowed(UNDO));
        if words.all(|words| words == first) { first } else { Cow::Borrowed(UNDO) }
    }
}

impl Record for ViewState {
    const WHAT: &'static str = "what is shown";
    const FORM: &'static str = "`(page: Model, layers: [Future, Contours])`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_turns_round_and_stays_above_the_horizon() {
        let view = |azimuth, elevation| ViewState { azimuth, elevation, ..ViewState::default() };
        let angles = |view: ViewState| (view.azimuth, view.elevation);
        assert_eq!(angles(view(170.0, 30.0).turned(20.0, 10.0)), (-170.0, 40.0));
        assert_eq!(angles(view(-170.0, 30.0).turned(-20.05, -90.0)), (170.0, ELEVATIONS.0));
        assert_eq!(angles(view(0.0, 80.0).turned(720.0, 90.0)), (0.0, ELEVATIONS.1));
        assert_eq!(angles(view(1.0, 30.0).turned(f64::NAN, 1.0)), (1.0, 30.0));
        assert_eq!(angles(view(1.0, 30.0).turned(f64::INFINITY, 1.0)), (1.0, 30.0));
    }

    #[test]
    fn undo_says_what_of_the_view_state_has_changed() {
        let old = ViewState::default();
        let words = |new: ViewState| ViewState::undo_words(&old, &new).into_owned();
        assert_eq!(words(old.clone().turned(10.0, 5.0)), UNDO_VIEW);
        assert_eq!(words(ViewState { relief: Relief::Both, ..old.clone() }), "plane or relief");
        assert_eq!(words(ViewState { dial: 3.0, ..old.clone() }), UNDO);
        assert_eq!(words(ViewState { relief: Relief::Both, dial: 3.0, ..old.clone() }), UNDO);
    }
}
