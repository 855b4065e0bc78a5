//! The table of charts.

use super::entry::ChartEntry;
use super::{components, decay, gradient_norm, loss, sharpness};
use thalweg_scenario::ChartKind;

/// All charts, in the order of the choosers.
pub static CHARTS: &[ChartEntry] =
    &[loss::CHART, gradient_norm::CHART, decay::CHART, components::CHART, sharpness::CHART];

/// The chart that a document names.
pub fn find(chart: ChartKind) -> Option<&'static ChartEntry> {
    CHARTS.iter().find(|entry| entry.kind == chart)
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
