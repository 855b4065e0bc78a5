//! Where runs start.

use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, read_record, refused, write_line};
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::{ValueWriter, pair};
use crate::text::syntax::SyntaxNode;
use crate::text::unknown::unknown;
use thalweg_core::math::random;
use thalweg_core::objective::view::View;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

/// Where all runners start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// At a point.
    At([f64; 2]),
    /// At (0, 0).
    Origin,
    /// At a point drawn at random.
    Random(Draw),
}

/// Points drawn at random: uniformly, and the same for the same seed on every machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// What they are drawn from.
    pub seed: u32,
    /// The part of the plane that they are drawn in. A part of the draw, so that a view that moves
    /// does not move the points.
    pub within: View,
}

/// Many starts at once for one method: where does each end?
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartCloud {
    /// How many starts there are, at most [`StartCloud::MOST`].
    pub count: u32,
    /// Where they lie.
    pub draw: Draw,
}

impl Draw {
    /// The point of the given number.
    pub fn point(&self, number: u32) -> [f64; 2] {
        let place = |(low, high): (f64, f64), axis| {
            let part = random::uniform(self.seed.into(), number.into(), axis);
            low + (high - low) * part
        };
        [place(self.within.x, 0), place(self.within.y, 1)]
    }
}

impl Start {
    /// The point.
    pub fn point(&self) -> [f64; 2] {
        match self {
            Self::At(point) => *point,
            Self::Origin => [0.0, 0.0],
            Self::Random(draw) => draw.point(0),
        }
    }
}

impl StartCloud {
    /// The most starts.
    pub const MOST: u32 = 200;
    /// How many starts there are unless a document says otherwise.
    pub const COUNT: u32 = 100;

    /// A cloud of that many starts in `view`.
    pub fn within(view: View) -> Self {
        Self { count: Self::COUNT, draw: Draw::within(view) }
    }

    /// All starts. They begin behind the point that a start of the same seed would be.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        let draw = self.draw;
        (1..=self.count).map(move |number| draw.point(number))
    }
}

impl Draw {
    /// The draw of a document that gives none, in the part of the plane that it shows.
    pub fn within(view: View) -> Self {
        Self { seed: 1, within: view }
    }
}

impl Start {
    /// Reads a point, or how to find one; what is drawn at random is drawn in `view`.
    pub(crate) fn read(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, view: View) -> Option<Self> {
        if node.pair().is_some() {
            return reader.pair(node, "the start").map(|point| Self::At(point.into()));
        }
        let names = ["Origin", "Random"];
        match node.call() {
            Some(("Origin", None)) => Some(Self::Origin),
            Some(("Random", Some(arguments))) => {
                let mut draw = Draw::within(view);
                read_record(reader, arguments, &mut draw).then_some(Self::Random(draw))
            }
            Some((name, _)) if !names.contains(&name) => {
                reader.report.add(&node.span, unknown("start", name, &names));
                None
            }
            _ => reader.wrong(
                node,
                "the start",
                "is written as two numbers, `(-2.5, 1)`, or `Origin` or `Random(seed: 7)`",
            ),
        }
    }

    pub(crate) fn write(&self) -> String {
        match self {
            Self::At(point) => pair(*point),
            Self::Origin => "Origin".to_owned(),
            Self::Random(draw) => format!("Random{}", write_line(draw, draw, &ValueWriter::default())),
        }
    }

    pub(crate) fn refused(&self) -> Option<String> {
        match self {
            Self::At(point) if !point.iter().all(|part| part.is_finite()) => {
                Some("the start takes two finite numbers".to_owned())
            }
            Self::At(_) | Self::Origin => None,
            Self::Random(draw) => refused(draw),
        }
    }
}

/// Reads the sides of a part of the plane into `view`, which keeps what is left out. `what` it is called.
pub(crate) fn read_view(
    reader: &mut ValueReader<'_>,
    node: &SyntaxNode<'_>,
    what: &str,
    view: &mut View,
) -> bool {
    let form = "`(x: (-3, 3), y: (-2, 2))`";
    let Some(sides) = reader.fields(node, what, form, &["x", "y"]) else { return false };
    let mut is_read = true;
    for (side, place) in sides.into_iter().zip([&mut view.x, &mut view.y]) {
        if let Some(node) = side {
            let side = read_side(reader, node);
            is_read &= side.is_some();
            *place = side.unwrap_or(*place);
        }
    }
    is_read
}

fn read_side(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<(f64, f64)> {
    let side = reader.pair(node, "a side of the view")?;
    match side_fault(side) {
        None => Some(side),
        Some(fault) => reader.wrong(node, "a side of the view", fault),
    }
}

/// Why two finite numbers are no side of a view. The middle and the width are computed in drawing: they must be
/// numbers too.
fn side_fault((low, high): (f64, f64)) -> Option<&'static str> {
    let middle = f64::midpoint(low, high);
    if low >= high || low.is_nan() || high.is_nan() {
        Some("takes the smaller number first, then a larger one")
    } else if !(high - low).is_finite() {
        Some("is too wide: its width is larger than any number")
    } else {
        (middle <= low || middle >= high).then_some("is too narrow: no number lies between its two")
    }
}

/// Writes a part of the plane.
pub(crate) fn write_view(view: &View) -> String {
    format!("(x: {}, y: {})", pair(view.x), pair(view.y))
}

/// Why no document may hold `view`.
pub(crate) fn refused_view(view: &View) -> Option<String> {
    let fault = [view.x, view.y].into_iter().find_map(side_fault);
    fault.map(|fault| format!("a side of the view {fault}"))
}

const SEED: Param = Param::number(
    "seed",
    "",
    1.0,
    Range::whole(0, u32::MAX),
    (0.0, 100.0),
    "the seed that points are drawn from",
);
const WITHIN: &str = "the part of the plane that points are drawn in";
const WITHIN_TAKES: &str = "a part of the plane, `(x: (-3, 3), y: (-2, 2))`";
const WITHIN_DEFAULT: &str = "the view";

static DRAW_FIELDS: [Field<Draw>; 2] = [
    Field::<Draw>::number(SEED, |draw| draw.seed.into(), |draw, seed| draw.seed = seed as u32)
        .invalidates(Invalidates::Runs, "the start")
        .always_written(),
    Field::<Draw>::form(
        "within",
        WITHIN,
        Form {
            takes: WITHIN_TAKES,
            default: WITHIN_DEFAULT,
            read: |reader, node, draw| read_view(reader, node, "`within`", &mut draw.within),
            write: |draw, _| Some(write_view(&draw.within)),
            is_same: |one, other| one.within == other.within,
            refused: |draw| refused_view(&draw.within),
        },
    )
    .invalidates(Invalidates::Runs, "the start")
    .always_written(),
];

impl Record for Draw {
    const WHAT: &'static str = "`Random`";
    const FORM: &'static str = "`Random(seed: 7)`";

    fn fields() -> &'static [Field<Self>] {
        &DRAW_FIELDS
    }
}

static CLOUD_FIELDS: [Field<StartCloud>; 3] = [
    Field::<StartCloud>::number(
        Param::number(
            "count",
            "n",
            StartCloud::COUNT as f64,
            Range::whole(1, StartCloud::MOST),
            (1.0, StartCloud::MOST as f64),
            "how many starts there are, spread evenly at random",
        )
        .named("starts"),
        |cloud| cloud.count.into(),
        |cloud, count| cloud.count = count as u32,
    )
    .invalidates(Invalidates::Cloud, "the cloud of starts")
    .always_written(),
    Field::<StartCloud>::number(
        SEED,
        |cloud| cloud.draw.seed.into(),
        |cloud, seed| cloud.draw.seed = seed as u32,
    )
    .invalidates(Invalidates::Cloud, "the cloud of starts")
    .always_written(),
    Field::<StartCloud>::form(
        "within",
        WITHIN,
        Form {
            takes: WITHIN_TAKES,
            default: WITHIN_DEFAULT,
            read: |reader, node, cloud| read_view(reader, node, "`within`", &mut cloud.draw.within),
            write: |cloud, _| Some(write_view(&cloud.draw.within)),
            is_same: |one, other| one.draw.within == other.draw.within,
            refused: |cloud| refused_view(&cloud.draw.within),
        },
    )
    .invalidates(Invalidates::Cloud, "the cloud of starts")
    .always_written(),
];

impl Record for StartCloud {
    const WHAT: &'static str = "the cloud of starts";
    const FORM: &'static str = "`(count: 100, seed: 7)`";

    fn fields() -> &'static [Field<Self>] {
        &CLOUD_FIELDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_they_are_drawn_and_differ() {
        let within = View { x: (-3.0, -1.0), y: (10.0, 10.5) };
        let cloud = StartCloud { count: 200, draw: Draw { seed: 7, within } };
        let points: Vec<_> = cloud.points().collect();
        for [x, y] in &points {
            assert!((-3.0..-1.0).contains(x) && (10.0..10.5).contains(y), "{x}, {y}");
        }
        let mean = points.iter().map(|[x, _]| x / 200.0).sum::<f64>();
        assert!((mean + 2.0).abs() < 0.15, "{mean}");
        let other = Start::Random(Draw { seed: 8, within });
        assert_ne!(Start::Random(cloud.draw).point(), other.point());
        assert!(points.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(Start::Origin.point(), [0.0, 0.0]);
    }
}
