//! The point that the panels look at.

use crate::format::value_reader::ValueReader;
use crate::format::value_writer::pair;
use crate::text::syntax::SyntaxNode;

/// The point that the panels look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LookAt {
    /// Where the focused runner stands at the cursor.
    Current,
    /// The start.
    Start,
    /// The known minimum nearest to where the focused runner stands.
    NearestMinimum,
    /// A point of its own, of finite coordinates.
    Point([f64; 2]),
}

impl LookAt {
    /// The points that have a name in a document.
    const NAMED: [(Self, &'static str); 3] =
        [(Self::Current, "Current"), (Self::Start, "Start"), (Self::NearestMinimum, "NearestMinimum")];

    pub(crate) fn read(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<Self> {
        if node.pair().is_some() {
            return reader.pair(node, "`look_at`").map(|point| Self::Point(point.into()));
        }
        let names = Self::NAMED.map(|(_, name)| name);
        reader.name(node, "look_at", &names).map(|index| Self::NAMED[index].0)
    }

    pub(crate) fn write(self) -> String {
        match self {
            Self::Point(point) => pair(point),
            named => {
                Self::NAMED.iter().find(|(one, _)| *one == named).map_or("", |(_, name)| name).to_owned()
            }
        }
    }

    pub(crate) fn refused(self) -> Option<String> {
        let is_refused = matches!(self, Self::Point(point) if !point.iter().all(|part| part.is_finite()));
        is_refused.then(|| "`look_at` takes two finite numbers".to_owned())
    }
}
