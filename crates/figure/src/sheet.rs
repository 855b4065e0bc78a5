//! Several pictures on one page.

use crate::figure::Figure;
use crate::item::{Item, TextItem};
use crate::pictures::Pictures;
use crate::runner_legend::{LegendLayout, runner_legend};
use crate::scheme::Scheme;
use crate::text_measure::TextKind;
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_scenario::ChartKind;

/// The margin of a page, and how far its parts are from each other, in points.
const MARGIN: f64 = 20.0;
const GAP: f64 = 16.0;
/// The sizes of the title and of the step behind it.
const TITLE: f64 = 20.0;
const STEP: f64 = 14.0;
/// Which part of the page's width the plane has.
const PLANE: f64 = 0.6;
/// A page that is so many times wider than high has its charts side by side.
const WIDE: f64 = 1.6;

impl Pictures<'_> {
    /// Charts, each once, under one legend.
    pub fn charts(&self, kinds: &[ChartKind], page: Rect, has_legend: bool) -> Figure {
        let mut figure = Figure::new(page);
        let below = self.legend_above(&mut figure, page, has_legend);
        self.charts_in(&mut figure, kinds, below);
        figure
    }

    /// Title and step, the plane, and beside it the legend and the charts: a slide.
    pub fn sheet(&self, page: Rect, has_legend: bool) -> Figure {
        let scheme = Scheme::new(self.theme);
        let mut figure = Figure::new(page);
        let inner = page.enlarged(-MARGIN.min(page.size()[0].min(page.size()[1]) / 8.0));
        let top = self.heading(&mut figure, inner, &scheme);
        let middle = inner.min[0] + PLANE * inner.size()[0];
        let left = Rect { min: [inner.min[0], top], max: [middle - GAP / 2.0, inner.max[1]] };
        let right = Rect { min: [middle + GAP / 2.0, top], max: inner.max };
        figure.append(self.plane(left));
        let below = if has_legend {
            let layout = LegendLayout::Column;
            let (items, height) = runner_legend(self.session, right, layout, &scheme, self.measure);
            figure.push("legend", Some(right), items);
            let gap = if height > 0.0 { GAP } else { 0.0 };
            Rect { min: [right.min[0], right.min[1] + height + gap], max: right.max }
        } else {
            right
        };
        self.charts_in(&mut figure, &self.session.scenario().show.charts, below);
        figure
    }

    /// Puts the runners' legend at the top of a page; gives what is left of it.
    pub(crate) fn legend_above(&self, figure: &mut Figure, page: Rect, has_legend: bool) -> Rect {
        if !has_legend {
            return page;
        }
        let scheme = Scheme::new(self.theme);
        let (items, height) = runner_legend(self.session, page, LegendLayout::Rows, &scheme, self.measure);
        // Where it would leave nothing of the picture, it is left out.
        if height > page.size()[1] / 2.0 {
            return page;
        }
        figure.push("legend", None, items);
        Rect { min: [page.min[0], page.min[1] + height], max: page.max }
    }

    /// Title and step; gives where the page goes on below them.
    fn heading(&self, figure: &mut Figure, page: Rect, scheme: &Scheme) -> f64 {
        let (scenario, cursor) = (self.session.scenario(), self.session.cursor());
        let step = format!("step {cursor} of {}", scenario.steps);
        let room = self.measure.size(&step, STEP, TextKind::Plain);
        let title = self.measure.fitted(&scenario.title, page.size()[0] - room.x - GAP, TITLE);
        let title_room = self.measure.size("0", TITLE, TextKind::Plain);
        let line = |string: String, size: f64, corner: Vector2<f64>, color| {
            let rect = Rect::new(corner, self.measure.size(&string, size, TextKind::Plain));
            let text = TextItem { string, kind: TextKind::Plain, size, color, rect, is_upright: false };
            (!text.string.is_empty()).then_some(Item::Text(text))
        };
        let right = Vector2::new(page.max[0] - room.x, page.min[1] + title_room.y - room.y - 2.0);
        let items = [line(title, TITLE, page.min.into(), scheme.ink), line(step, STEP, right, scheme.quiet)];
        figure.push("title", None, items.into_iter().flatten().collect());
        page.min[1] + title_room.y + GAP / 2.0
    }

    /// The charts in a part of a page: side by side where it is wide, else one below the other.
    fn charts_in(&self, figure: &mut Figure, wanted: &[ChartKind], page: Rect) {
        let mut kinds: Vec<ChartKind> = Vec::new();
        for kind in wanted {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        let ([width, height], count) = (page.size(), kinds.len() as f64);
        if !(width > 0.0 && height > 0.0) {
            return;
        }
        let is_wide = width > WIDE * height;
        let free = |length: f64| ((length - (count - 1.0) * GAP) / count).max(1.0);
        let size =
            if is_wide { Vector2::new(free(width), height) } else { Vector2::new(width, free(height)) };
        for (index, kind) in kinds.into_iter().enumerate() {
            let way = if is_wide { Vector2::new(size.x + GAP, 0.0) } else { Vector2::new(0.0, size.y + GAP) };
            let place = Rect::new(Vector2::from(page.min) + way * index as f64, size);
            if let Some(chart) = self.chart(kind, place, false) {
                figure.append(chart);
            }
        }
    }
}
