//! Reads what is shown of a scenario, and the paths that were pinned.

use super::{
    BottomPanel, ChartKind, Layer, Layers, LookAt, MAX_LABEL, MapAxis, MapMetric, MapView, Page, ViewState,
    XAxis,
};
use crate::pinned_run::{MAX_PINNED, PinnedRun};
use crate::syntax;
use crate::values::Reader;
use std::sync::Arc;
use thalweg_core::spec::range::Range;

impl<'a> Reader<'a> {
    pub(super) fn show(&mut self, text: &'a str) -> Option<ViewState> {
        let form = "`(page: Model, layers: [Future, Contours])`";
        let keys = ["page", "layers", "look_at", "below", "chart", "over", "dial", "tolerance", "map"];
        let [page, layers, look_at, below, chart, over, dial, tolerance, map] =
            self.fields(text, "what is shown", form, keys)?;
        let page = page.and_then(|text| self.one_of(text, "page", &Page::ALL, Page::name));
        let layers = layers.and_then(|text| self.layers(text));
        let look_at = look_at.and_then(|text| self.look_at(text));
        let below = below.and_then(|text| self.one_of(text, "below", &BottomPanel::ALL, BottomPanel::name));
        let chart = chart.and_then(|text| self.one_of(text, "chart", &ChartKind::ALL, ChartKind::name));
        let over = over.and_then(|text| self.one_of(text, "over", &XAxis::ALL, XAxis::name));
        let dial = dial.and_then(|text| self.number(text, "`dial`", Range::ANY));
        let tolerance = tolerance.and_then(|text| self.number(text, "`tolerance`", Range::POSITIVE));
        let map = map.and_then(|text| self.map(text));
        let default = ViewState::default();
        Some(ViewState {
            page: page.unwrap_or(default.page),
            layers: layers.unwrap_or(default.layers),
            look_at: look_at.unwrap_or(default.look_at),
            below: below.unwrap_or(default.below),
            chart: chart.unwrap_or(default.chart),
            over: over.unwrap_or(default.over),
            dial: dial.unwrap_or(default.dial),
            tolerance: tolerance.unwrap_or(default.tolerance),
            map: map.unwrap_or(default.map),
        })
    }

    fn one_of<T: Copy>(
        &mut self,
        text: &'a str,
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let names: Vec<_> = all.iter().map(|one| name(*one)).collect();
        self.name(text, what, &names).and_then(|index| all.get(index).copied())
    }

    fn layers(&mut self, text: &'a str) -> Option<Layers> {
        let Some(list) = syntax::list(text) else {
            return self.wrong(text, "`layers`", "takes a list, `[Future, Contours]`");
        };
        let names = Layer::TABLE.each_ref().map(|text| text.name);
        let layers = list.into_iter().filter_map(|text| self.name(text, "layer", &names));
        Some(layers.fold(Layers::NONE, |set, index| set.with(Layer::TABLE[index].layer, true)))
    }

    fn look_at(&mut self, text: &'a str) -> Option<LookAt> {
        if syntax::pair(text).is_some() {
            return self.pair(text, "`look_at`").map(|point| LookAt::Point(point.into()));
        }
        let all = [LookAt::Current, LookAt::Start, LookAt::NearestMinimum];
        let names = ["Current", "Start", "NearestMinimum"];
        self.name(text, "look_at", &names).map(|index| all[index])
    }

    fn map(&mut self, text: &'a str) -> Option<MapView> {
        let form = "`(x: (key: \"lr\", from: 0.001, to: 0.1), quantity: Steps)`";
        let [x, y, quantity] = self.fields(text, "the map", form, ["x", "y", "quantity"])?;
        let [x, y] = [x, y].map(|side| side.and_then(|text| self.map_side(text)));
        let quantity =
            quantity.and_then(|text| self.one_of(text, "quantity", &MapMetric::ALL, MapMetric::name));
        Some(MapView { x, y, quantity: quantity.unwrap_or_default() })
    }

    fn map_side(&mut self, text: &'a str) -> Option<MapAxis> {
        let form = "`(key: \"lr\", from: 0.001, to: 0.1)`";
        let [key, from, to] = self.fields(text, "a side of the map", form, ["key", "from", "to"])?;
        for (name, field) in [("key", key), ("from", from), ("to", to)] {
            if field.is_none() {
                self.report.add(text, format!("`{name}` is missing; a side of the map is written {form}"));
            }
        }
        let key = key.and_then(|text| self.line(text, "`key`", MapAxis::MOST));
        let from = from.and_then(|text| self.number(text, "`from`", Range::ANY));
        let to = to.and_then(|text| self.number(text, "`to`", Range::ANY));
        let (from, to) = (from?, to?);
        if from < to && (to - from).is_finite() {
            return Some(MapAxis { key: key?, from, to });
        }
        self.wrong(text, "a side of the map", "goes from the smaller number to the larger one")
    }

    pub(super) fn pinned_runs(&mut self, text: &'a str) -> Option<Vec<PinnedRun>> {
        let Some(list) = syntax::list(text) else {
            return self.wrong(
                text,
                "`ghosts`",
                "takes a list, `[(name: \"before\", of: (surface: ..., runners: [...]))]`",
            );
        };
        if let Some(first_too_many) = list.get(MAX_PINNED) {
            let message = format!("found {} ghosts; at most {MAX_PINNED} are allowed", list.len());
            self.report.add(first_too_many, message);
        }
        let pinned_runs: Vec<_> = list.into_iter().take(MAX_PINNED).map(|text| self.pin(text)).collect();
        pinned_runs.into_iter().collect()
    }

    fn pin(&mut self, text: &'a str) -> Option<PinnedRun> {
        let form = "`(name: \"before\", of: (surface: ..., runners: [...]))`";
        let [name, of] = self.fields(text, "a ghost", form, ["name", "of"])?;
        let name = name.and_then(|text| self.line(text, "a ghost's name", MAX_LABEL));
        let Some(of) = of else {
            self.report.add(text, format!("`of` is missing; a ghost is written {form}"));
            return None;
        };
        // A pinned run has no pinned runs: a document may not be a well without a bottom.
        let inner = syntax::fields(of).unwrap_or_default();
        if let Some(field) = inner.iter().find(|field| matches!(field.key, "ghosts" | "cloud" | "show")) {
            let message = format!("`{}` is no part of a ghost, which is a race and nothing else", field.key);
            self.report.add(field.key, message);
            return None;
        }
        let of = PinnedRun::bare(self.scenario(of)?);
        Some(PinnedRun { name: name.unwrap_or_default(), of: Arc::new(of) })
    }
}
