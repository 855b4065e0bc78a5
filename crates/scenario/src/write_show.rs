//! Writes what is shown of a scenario, and the paths that were pinned.

use super::{Layers, LookAt, MapAxis, MapView, ViewState};
use crate::pinned_run::PinnedRun;
use crate::write::{Document, Name, Number, Pair};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};
use std::path::Path;

/// What differs from what is shown by default.
impl Serialize for ViewState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { page, layers, look_at, below, chart, over, dial, tolerance, map } = self;
        let default = Self::default();
        let mut show = serializer.serialize_struct("Show", 9)?;
        if *page != default.page {
            show.serialize_field("page", &Name(page.name()))?;
        }
        if *layers != default.layers {
            show.serialize_field("layers", layers)?;
        }
        if *look_at != default.look_at {
            show.serialize_field("look_at", look_at)?;
        }
        if *below != default.below {
            show.serialize_field("below", &Name(below.name()))?;
        }
        if *chart != default.chart {
            show.serialize_field("chart", &Name(chart.name()))?;
        }
        if *over != default.over {
            show.serialize_field("over", &Name(over.name()))?;
        }
        if dial.to_bits() != default.dial.to_bits() {
            show.serialize_field("dial", &Number(*dial))?;
        }
        if *tolerance != default.tolerance {
            show.serialize_field("tolerance", &Number(*tolerance))?;
        }
        if *map != default.map {
            show.serialize_field("map", map)?;
        }
        show.end()
    }
}

impl Serialize for Layers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.iter().count()))?;
        for text in self.iter() {
            list.serialize_element(&Name(text.name))?;
        }
        list.end()
    }
}

impl Serialize for LookAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Current => Name("Current").serialize(serializer),
            Self::Start => Name("Start").serialize(serializer),
            Self::NearestMinimum => Name("NearestMinimum").serialize(serializer),
            Self::Point(point) => Pair(point.into()).serialize(serializer),
        }
    }
}

impl Serialize for MapView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { x, y, quantity } = self;
        let mut map = serializer.serialize_struct("Map", 3)?;
        for (name, side) in [("x", x), ("y", y)] {
            if let Some(side) = side {
                map.serialize_field(name, side)?;
            }
        }
        map.serialize_field("quantity", &Name(quantity.name()))?;
        map.end()
    }
}

impl Serialize for MapAxis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut side = serializer.serialize_struct("Side", 3)?;
        side.serialize_field("key", &self.key)?;
        side.serialize_field("from", &Number(self.from))?;
        side.serialize_field("to", &Number(self.to))?;
        side.end()
    }
}

/// A pinned run, and the folder from which the files that it names are named.
pub(super) struct Pinned<'a>(pub &'a PinnedRun, pub Option<&'a Path>);

impl Serialize for Pinned<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(PinnedRun { name, of }, folder) = self;
        let mut pin = serializer.serialize_struct("Ghost", 2)?;
        if !name.is_empty() {
            pin.serialize_field("name", name)?;
        }
        pin.serialize_field("of", &Document(of, *folder, true))?;
        pin.end()
    }
}
