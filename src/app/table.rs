//! The table of all runners at the cursor: who is ahead, and at what cost.

use super::context::{Action, FrameContext};
use super::theme::Palette;
use super::typed_number::TypedNumber;
use super::{marker, pinned};
use crate::app::text_size;
use crate::export::number::Text;
use crate::export::table_text::{TableFormat, TextTable};
use crate::words::text;
use egui::{Align, DragValue, Layout, RichText, ScrollArea, Sense, Ui, WidgetInfo, vec2};
use egui_extras::{Column as Width, TableBuilder};
use std::cmp::Ordering;
use thalweg_analysis::runs::leaderboard::{Arrival, Standing};
use thalweg_figure::pinned_names;
use thalweg_scenario::{Color, Layer, Runner, ViewState};
use thalweg_session::{Command, Edit, PinnedRace, Session};

/// A column, by which the rows can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Runner,
    Loss,
    Norm,
    Distance,
    Cost,
    Arrived,
    CostThen,
}

impl Column {
    const ALL: [Self; 7] =
        [Self::Runner, Self::Loss, Self::Norm, Self::Distance, Self::Cost, Self::Arrived, Self::CostThen];

    fn title(self) -> &'static str {
        match self {
            Self::Runner => "runner",
            Self::Loss => "loss f",
            Self::Norm => "|∇f|",
            Self::Distance => "distance",
            Self::Cost => "evaluations",
            Self::Arrived => "steps to arrive",
            Self::CostThen => "cost to arrive",
        }
    }

    fn tooltip(self) -> &'static str {
        match self {
            Self::Runner => {
                "In the order of the cards, the pinned ones behind them; click a name to look at that runner"
            }
            Self::Loss => "The loss where the runner stands at this step",
            Self::Norm => "The length of the gradient there",
            Self::Distance => {
                "How far it is from there to the nearest known minimum; empty where none is known"
            }
            Self::Cost => {
                "How often the steps so far have asked for f, its gradient or its Hessian; a minibatch of B of n \
                 examples counts as B/n"
            }
            Self::Arrived => {
                "The step from which on |∇f| is at most the tolerance above, to the end of the run; a dash where there is \
                 no such step"
            }
            Self::CostThen => "What those steps have cost, in evaluations",
        }
    }
}

/// Whose row it is.
#[derive(Clone, Copy)]
enum Whose<'a> {
    /// A runner's of the race, by its place.
    Runner(usize),
    /// A pinned runner's, with its pinned run's name.
    PinnedRace(&'a PinnedRace, &'a str),
}

/// One runner's row.
struct TableRow<'a> {
    whose: Whose<'a>,
    /// Its place in the order of the cards; those that are pinned come behind.
    place: usize,
    runner: &'a Runner,
    /// How many runners before it have its colour.
    round: usize,
    standing: Option<Standing>,
    arrived: Option<u32>,
    cost_then: Option<f64>,
    /// Whether the run is not computed to its end, so that it may yet arrive.
    open: bool,
}

impl TableRow<'_> {
    fn name(&self) -> String {
        match self.whose {
            Whose::Runner(_) => self.runner.name().into_owned(),
            Whose::PinnedRace(_, pin) => pinned_names::name_of(pin, self.runner),
        }
    }

    fn value(&self, column: Column) -> Option<f64> {
        match column {
            Column::Runner => Some(self.place as f64),
            Column::Loss => self.standing.map(|standing| standing.loss),
            Column::Norm => self.standing.map(|standing| standing.grad_norm),
            Column::Distance => self.standing.and_then(|standing| standing.distance),
            Column::Cost => self.standing.map(|standing| standing.cost),
            Column::Arrived => self.arrived.map(f64::from),
            Column::CostThen => self.cost_then,
        }
    }

    fn words(&self, column: Column) -> String {
        match self.value(column) {
            Some(value) if column == Column::Arrived => text::count(value as u32),
            Some(value) if value.is_finite() => text::number(value),
            Some(_) => "not finite".to_owned(),
            None if column == Column::Distance => String::new(),
            None if self.open => "…".to_owned(),
            None => "–".to_owned(),
        }
    }
}

/// How narrow the table may be, in points, before its words would be cut.
const NARROWEST: f32 = 620.0;

/// The table's state: by what it is sorted, and when whose run arrived.
pub struct RunnerTable {
    sorted: (Column, bool),
    arrivals: Vec<Arrival>,
}

impl Default for RunnerTable {
    fn default() -> Self {
        Self { sorted: (Column::Runner, true), arrivals: Vec::new() }
    }
}

impl RunnerTable {
    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let session = context.session;
        let (rows, left) = self.sorted_rows(session);
        if left {
            ui.ctx().request_repaint();
        }
        if rows.is_empty() {
            ui.label(RichText::new("Nobody races yet.").weak());
            return;
        }
        // Where that is more than there is room for, it is moved sideways, heading and all.
        let width = ui.available_width().max(NARROWEST);
        ScrollArea::horizontal().show(ui, |ui| {
            ui.set_width(width);
            self.sheet(ui, context, &rows);
        });
    }

    /// The menu that copies the table as text, in the order in which it stands.
    pub fn copy_menu(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        ui.menu_button("copy ▾", |ui| {
            for (format, told) in TableFormat::ALL.into_iter().zip(TableFormat::NAMES) {
                if ui.button(format!("Copy as {}", told.name)).on_hover_text(told.doc).clicked() {
                    ui.ctx().copy_text(self.text(context.session, format));
                    let text = format!("Copied as {}.", told.name);
                    context.act(Action::Tell { text, is_error: false });
                    ui.close();
                }
            }
        })
        .response
        .on_hover_text("The table as text, for documents");
    }

    /// The table as text: with the digits that are shown, or in CSV with all of them.
    fn text(&mut self, session: &Session, format: TableFormat) -> String {
        let mut number = Text::new();
        let mut cell = |row: &TableRow<'_>, column: Column| match (column, row.value(column)) {
            (Column::Runner, _) => row.name(),
            (_, value) if format == TableFormat::Csv => {
                value.map_or_else(String::new, |value| number.of(value).to_owned())
            }
            _ => row.words(column),
        };
        let rows = self.sorted_rows(session).0;
        let rows = rows.iter().map(|row| Column::ALL.map(|column| cell(row, column)).to_vec()).collect();
        let heading = Column::ALL.map(|column| column.title().to_owned()).to_vec();
        TextTable { heading, rows }.text(format)
    }

    fn sheet(&mut self, ui: &mut Ui, context: &FrameContext<'_>, rows: &[TableRow<'_>]) {
        let session = context.session;
        // The name of a pin and that of its runner.
        let has_pinned = rows.iter().any(|row| matches!(row.whose, Whose::PinnedRace(..)));
        let names = if has_pinned { 210.0 } else { 120.0 };
        let widths = Width::remainder().at_least(54.0).clip(true);
        TableBuilder::new(ui)
            .striped(true)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Width::remainder().at_least(names).clip(true))
            .columns(widths, Column::ALL.len() - 1)
            .sense(Sense::click())
            .header(20.0, |mut header| {
                for column in Column::ALL {
                    header.col(|ui| self.heading(ui, column));
                }
            })
            .body(|body| {
                body.rows(20.0, rows.len(), |mut line| {
                    let Some(row) = rows.get(line.index()) else { return };
                    let index = if let Whose::Runner(index) = row.whose { Some(index) } else { None };
                    line.set_selected(index == Some(session.focus()));
                    for column in Column::ALL {
                        line.col(|ui| cell(ui, row, column));
                    }
                    if let Some(index) = index.filter(|_| line.response().clicked()) {
                        context.push(Command::Focus(index));
                    }
                });
            });
    }

    fn heading(&mut self, ui: &mut Ui, column: Column) {
        let (sorted, ascending) = self.sorted;
        let mark = match (sorted == column, ascending) {
            (false, _) => "",
            (true, true) => " ↑",
            (true, false) => " ↓",
        };
        let title = RichText::new(format!("{}{mark}", column.title())).size(text_size::HINT).strong();
        let button = ui.add(egui::Button::new(title).frame(false).truncate());
        if button.on_hover_text(format!("{}. Click to sort.", column.tooltip())).clicked() {
            self.sorted = (column, !(sorted == column && ascending));
        }
    }

    /// The rows in the order that was chosen, and whether something is left to look at.
    fn sorted_rows<'a>(&mut self, session: &'a Session) -> (Vec<TableRow<'a>>, bool) {
        let (mut rows, left) = self.rows(session);
        let (column, ascending) = self.sorted;
        rows.sort_by(|a, b| order(a.value(column), b.value(column), ascending));
        (rows, left)
    }

    /// The rows, and whether something is left to look at.
    fn rows<'a>(&mut self, session: &'a Session) -> (Vec<TableRow<'a>>, bool) {
        let runners = session.runners().enumerate().map(|(index, (runner, run))| {
            (Whose::Runner(index), runner, run, session.race(), session.run_version(index))
        });
        let shown = session.scenario().show.layers.has(Layer::PinnedRuns);
        let pinned = session.pinned_runs().filter(|_| shown).flat_map(|(pin, pinned)| {
            pinned.runners().map(move |(runner, run, version)| {
                (Whose::PinnedRace(pinned, &pin.name), runner, run, pinned.race(), version)
            })
        });
        let all: Vec<_> = runners.chain(pinned).collect();
        self.arrivals.resize(all.len(), Arrival::default());
        let tolerance = session.scenario().show.tolerance;
        let mut left = false;
        let mut rows = Vec::new();
        for (place, ((whose, runner, run, race, version), arrival)) in
            all.into_iter().zip(&mut self.arrivals).enumerate()
        {
            let seen = arrival.update(version, tolerance, run.trajectory().samples());
            left |= !seen;
            let arrived = arrival.step().filter(|step| session.tells(*step));
            rows.push(TableRow {
                whose,
                place,
                runner,
                round: marker::round(session, place),
                standing: Standing::of(run, &race.problem().objective, session.cursor()),
                arrived,
                cost_then: arrived.map(|step| run.cost(step)),
                open: !(run.is_done() && seen),
            });
        }
        (rows, left)
    }
}

/// Rows without a value come last, however the others are sorted.
fn order(a: Option<f64>, b: Option<f64>, ascending: bool) -> Ordering {
    let known = |value: Option<f64>| value.filter(|value| !value.is_nan());
    match (known(a), known(b)) {
        (Some(a), Some(b)) if ascending => a.total_cmp(&b),
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

fn cell(ui: &mut Ui, row: &TableRow<'_>, column: Column) {
    let palette = Palette::of(ui);
    if column == Column::Runner {
        let color: Color = row.runner.color;
        let fill = palette.runner(color);
        if let Whose::PinnedRace(pinned, _) = row.whose {
            pinned::swatch(ui, pinned, fill);
        } else {
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 14.0), Sense::hover());
            marker::paint(ui.painter(), (color, row.round), rect.center(), 5.0, fill, fill);
        }
    }
    let name = row.name();
    let told = if column == Column::Runner { name.clone() } else { row.words(column) };
    let mut text = RichText::new(&told).size(text_size::VALUE);
    if matches!(row.whose, Whose::PinnedRace(..)) {
        text = text.italics().color(palette.quiet);
    }
    let label = ui.add(egui::Label::new(text).truncate().selectable(false));
    if column != Column::Runner {
        let what = format!("{} of {name}: {told}", column.title());
        label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &what));
    } else if let Whose::PinnedRace(pinned, _) = row.whose {
        label.on_hover_text(format!("Pinned, in its own race: {}", pinned::race(pinned)));
    }
}

/// What the tolerance is called, and how wide its field is, in points.
const TOLERANCE: &str = "arrived: |∇f| ≤";
const TOLERANCE_FIELD: f32 = 56.0;

/// How wide [`tolerance`] is, in points.
pub fn tolerance_width(ui: &Ui) -> f32 {
    text_size::width(ui, TOLERANCE, text_size::HINT) + ui.spacing().item_spacing.x + TOLERANCE_FIELD
}

/// The tolerance that counts as arriving, in the line above the table.
pub fn tolerance(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let show = &session.scenario().show;
    let label = ui.label(RichText::new(TOLERANCE).size(text_size::HINT)).on_hover_text(
        "A run has arrived where the length of the gradient is at most this; the maps and the search for learning \
         rates count the steps to it, too",
    );
    let (mut tolerance, typed) = (show.tolerance, TypedNumber::default());
    let drag = DragValue::new(&mut tolerance)
        .speed(show.tolerance * 0.02)
        .range(1e-300..=1e300)
        .clamp_existing_to_range(false)
        .max_decimals(12)
        .update_while_editing(false)
        .custom_formatter(|value, _| text::digits(value, 3));
    let response = ui.add(typed.of(drag, |number| number > 0.0)).labelled_by(label.id);
    typed.tell(ui, &response, "a number above 0");
    // What is shown of it must read back as it is.
    let rounded = text::digits(tolerance, 3).parse().unwrap_or(tolerance);
    if tolerance != show.tolerance && rounded != show.tolerance {
        context.push(Edit::Show(Box::new(ViewState { tolerance: rounded, ..show.clone() })));
    }
}
