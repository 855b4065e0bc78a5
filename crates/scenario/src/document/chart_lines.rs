//! How the charts that compare the runners draw their lines.

use crate::format::field::Field;
use crate::format::invalidates::Invalidates;
use crate::format::record::Record;
use thalweg_core::spec::param::{Alternative, Param};
use thalweg_core::spec::range::Range;

/// How heights of a chart are spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeightScale {
    /// Logarithmic where the values allow it, and for learning rates linear.
    #[default]
    Auto,
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios, where the values have a logarithm.
    Log,
}

impl HeightScale {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Linear, Self::Log];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Auto", doc: "logarithmic where the values allow it; for learning rates linear" },
        Alternative { name: "Linear", doc: "equal distances are equal differences" },
        Alternative {
            name: "Log",
            doc: "equal distances are equal ratios, where the values have a logarithm",
        },
    ];
}

/// How the charts of loss, gradient norm and learning rate draw their lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChartLines {
    /// How heights are spread.
    pub scale: HeightScale,
    /// The weight of what came before in the exponential moving average that is drawn, from 0 (none is drawn) to
    /// below 1; what is averaged stays behind it, faint.
    pub smoothing: f64,
    /// Whether the lines' names stand in the charts.
    pub names: bool,
}

/// The largest weight of the average.
const MOST: f64 = 0.9999;

const UNDO: &str = "the lines of the charts";

static FIELDS: [Field<ChartLines>; 3] = [
    Field::<ChartLines>::choice(
        "scale",
        "how heights are spread",
        HeightScale::NAMES,
        |lines| lines.scale as usize,
        |lines, index| lines.scale = HeightScale::ALL[index],
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ChartLines>::number(
        Param::number(
            "smoothing",
            "",
            0.0,
            Range::closed(0.0, MOST),
            (0.0, 0.99),
            "the weight of what came before in the exponential moving average that is drawn, 0 for none; what is averaged stays behind it, faint",
        ),
        |lines| lines.smoothing,
        |lines, weight| lines.smoothing = weight,
    )
    .invalidates(Invalidates::Picture, UNDO),
    Field::<ChartLines>::switch(
        "names",
        "whether the lines' names stand in the charts",
        |lines| lines.names,
        |lines, names| lines.names = names,
    )
    .invalidates(Invalidates::Picture, UNDO),
];

impl Record for ChartLines {
    const WHAT: &'static str = "the lines of the charts";
    const FORM: &'static str = "`(scale: Linear, smoothing: 0.9, names: true)`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }
}
