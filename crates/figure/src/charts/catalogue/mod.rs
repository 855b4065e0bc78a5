//! The table of charts: what makes those that a document can name. A new one is a new file here, one line here,
//! and its names in the document's table of charts.

use super::entry::ChartEntry;
use thalweg_scenario::ChartKind;

/// A line of the table stands for both a file and the chart that it describes. (A macro, because nothing else can
/// declare a module and name what is in it at once; all that it writes is spelled out here.)
macro_rules! table {
    ($($file:ident::CHART,)+) => {
        $(mod $file;)+

        /// All charts, in the order of the choosers.
        pub static CHARTS: &[&ChartEntry] = &[$(&$file::CHART),+];
    };
}

table! {
    loss::CHART,
    gradient_norm::CHART,
    learning_rate::CHART,
    deviation::CHART,
    decay::CHART,
    components::CHART,
    sharpness::CHART,
    cobweb::CHART,
    bifurcation::CHART,
}

/// The chart that a document names.
pub fn find(chart: ChartKind) -> Option<&'static ChartEntry> {
    CHARTS.iter().copied().find(|entry| entry.kind == chart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chart_of_a_document_is_in_the_table_in_this_order() {
        let kinds: Vec<_> = CHARTS.iter().map(|chart| chart.kind).collect();
        assert_eq!(kinds, ChartKind::ALL);
    }
}
