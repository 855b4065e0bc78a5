//! The map over two parameters, as far as the document says what it shows.

use super::map_metric::MapMetric;
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, read_record, refused, write_line};
use crate::format::value_reader::ValueReader;
use crate::text::syntax::SyntaxNode;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

/// The map over two parameters of the focused runner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapView {
    /// What lies along; none for the learning rate, or else the first parameter that there is.
    pub x: Option<MapAxis>,
    /// What lies upward; none for the next parameter that leaves the minima where they are.
    pub y: Option<MapAxis>,
    /// What the colour shows.
    pub quantity: MapMetric,
}

/// A side of the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapAxis {
    /// The parameter's key; behind "schedule." that of the schedule's; of a function of x alone "x" for the start.
    pub key: String,
    /// The smallest value; below `to`.
    pub from: f64,
    /// The largest value.
    pub to: f64,
}

impl MapAxis {
    /// The most characters that a key may have: more than any has.
    pub const MOST: usize = 40;
}

static MAP_FIELDS: [Field<MapView>; 3] = [
    Field::<MapView>::form(
        "x",
        "what lies along",
        Form {
            takes: "a side of the map",
            default: "the learning rate, or else the first parameter that there is",
            read: |reader, node, map| read_axis(reader, node, &mut map.x),
            write: |map, writer| map.x.as_ref().map(|axis| write_line(axis, &MapAxis::default(), writer)),
            is_same: |one, other| one.x == other.x,
            refused: |map| map.x.as_ref().and_then(refused),
        },
    )
    .invalidates(Invalidates::Picture, "what is shown"),
    Field::<MapView>::form(
        "y",
        "what lies upward",
        Form {
            takes: "a side of the map",
            default: "the next parameter that leaves the minima where they are",
            read: |reader, node, map| read_axis(reader, node, &mut map.y),
            write: |map, writer| map.y.as_ref().map(|axis| write_line(axis, &MapAxis::default(), writer)),
            is_same: |one, other| one.y == other.y,
            refused: |map| map.y.as_ref().and_then(refused),
        },
    )
    .invalidates(Invalidates::Picture, "what is shown"),
    Field::<MapView>::choice(
        "quantity",
        "what the colour shows",
        MapMetric::NAMES,
        |map| map.quantity as usize,
        |map, index| map.quantity = MapMetric::ALL[index],
    )
    .invalidates(Invalidates::Picture, "what is shown")
    .always_written(),
];

impl Record for MapView {
    const WHAT: &'static str = "the map";
    const FORM: &'static str = "`(x: (key: \"lr\", from: 0.001, to: 0.1), quantity: Steps)`";

    fn fields() -> &'static [Field<Self>] {
        &MAP_FIELDS
    }
}

static AXIS_FIELDS: [Field<MapAxis>; 3] = [
    Field::<MapAxis>::line(
        "key",
        "the parameter's key; behind `schedule.` that of the schedule's; of a function of x alone `x` for the start",
        MapAxis::MOST,
        |axis| &axis.key,
        |axis, key| axis.key = key,
    )
    .invalidates(Invalidates::Picture, "what is shown")
    .required(),
    Field::<MapAxis>::number(
        Param::number("from", "", 0.0, Range::ANY, (0.0, 1.0), "the smallest value, below `to`"),
        |axis| axis.from,
        |axis, from| axis.from = from,
    )
    .invalidates(Invalidates::Picture, "what is shown")
    .required(),
    Field::<MapAxis>::number(
        Param::number("to", "", 1.0, Range::ANY, (0.0, 1.0), "the largest value"),
        |axis| axis.to,
        |axis, to| axis.to = to,
    )
    .invalidates(Invalidates::Picture, "what is shown")
    .required(),
];

/// What is said of ends in the wrong order.
const ORDER: &str = "goes from the smaller number to the larger one";

impl MapAxis {
    fn is_in_order(&self) -> bool {
        self.from < self.to && (self.to - self.from).is_finite()
    }
}

impl Record for MapAxis {
    const WHAT: &'static str = "a side of the map";
    const FORM: &'static str = "`(key: \"lr\", from: 0.001, to: 0.1)`";

    fn fields() -> &'static [Field<Self>] {
        &AXIS_FIELDS
    }

    fn check(&self, reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, read: &[&str]) -> bool {
        let is_known = read.contains(&"from") && read.contains(&"to");
        if is_known && !self.is_in_order() {
            return reader.wrong::<()>(node, Self::WHAT, ORDER).is_some();
        }
        true
    }

    fn refused_together(&self) -> Option<String> {
        (!self.is_in_order()).then(|| format!("{} {ORDER}", Self::WHAT))
    }
}

fn read_axis(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, place: &mut Option<MapAxis>) -> bool {
    let mut axis = MapAxis::default();
    let is_read = read_record(reader, node, &mut axis);
    *place = is_read.then_some(axis);
    is_read
}
