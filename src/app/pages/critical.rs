//! The critical points of the view, as a list to click.

use super::parts::section;
use crate::app::background_analysis::BackgroundAnalysis;
use crate::app::context::FrameContext;
use crate::app::paint;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::{local, text};
use egui::{Grid, Label, RichText, ScrollArea, Sense, Ui, vec2};
use thalweg_analysis::local::critical_search::{CELLS, ClassifiedPoint, CriticalSearch};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_figure::findings;
use thalweg_scenario::{LookAt, Start};
use thalweg_session::{Edit, Session};

/// No more rows than this: the rest is said, and drawn.
const MOST_ROWS: usize = 60;

/// Shows the list.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let (session, analysis) = (context.session, &context.caches.analysis);
    let (told, tip) = heading(session, analysis);
    section(ui, "critical points", &told, &tip, |ui| points(ui, context));
}

fn points(ui: &mut Ui, context: &FrameContext<'_>) {
    let (session, analysis) = (context.session, &context.caches.analysis);
    if let Some(remark) = analysis.survey().and_then(CriticalSearch::limit) {
        ui.add(Label::new(RichText::new(local::search_limit(remark)).size(text_size::LABEL).weak()).wrap());
    }
    if let Some(survey) = analysis.survey() {
        list(ui, context, survey);
    }
    // Below the list, which must not move under the pointer.
    if let LookAt::Point(point) = session.look_at() {
        ui.horizontal(|ui| {
            let tip = "All runners start at the point that is looked at";
            if ui.button("Start here").on_hover_text(tip).clicked() {
                context.push(Edit::SetStart(Start::At(point)));
            }
            let tip = "The panels look at the focused runner again";
            if ui.button("Back to the runner").on_hover_text(tip).clicked() {
                context.push(Edit::LookAt(LookAt::Current));
            }
        });
        if let Some(found) = analysis.found_at(point) {
            details(ui, session, found);
        }
    }
}

/// How many there are, and what kind of search it was.
fn heading(session: &Session, analysis: &BackgroundAnalysis) -> (String, String) {
    let sampled = format!(
        "Searched by samples, {CELLS} by {CELLS} cells over what is seen, and Newton's method: a point that is alone in \
         its cell is found, of two in one cell both may be missed. Zoom in for more."
    );
    if !findings::is_searched(&session.race().problem().objective) {
        let told = "Critical points: too many examples";
        let tip = "There are too many examples to search while you look; thalweg inspect --critical does it";
        return (told.to_owned(), tip.to_owned());
    }
    let told = match (analysis.survey(), analysis.searching()) {
        (None, Some(part)) => format!("Critical points: searching, {:.0} %", 100.0 * part),
        (None, None) => "Critical points".to_owned(),
        (Some(survey), _) => count(survey),
    };
    (told, sampled)
}

fn count(survey: &CriticalSearch) -> String {
    let many = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    match (survey.points().len(), survey.lines().len()) {
        (0, 0) => "No critical point in view".to_owned(),
        (points, 0) => format!("{} in view", many(points, "critical point")),
        (0, lines) => format!("{} of critical points in view", many(lines, "line")),
        (points, lines) => {
            format!("{} and {} of them in view", many(points, "critical point"), many(lines, "line"))
        }
    }
}

/// One row for each point; a click makes it the one that the panels look at.
fn list(ui: &mut Ui, context: &FrameContext<'_>, survey: &CriticalSearch) {
    let session = context.session;
    let palette = Palette::of(ui);
    let chosen = session.look_at();
    ScrollArea::vertical().id_salt("critical points").max_height(110.0).show(ui, |ui| {
        Grid::new("critical points").num_columns(3).spacing([8.0, 2.0]).show(ui, |ui| {
            for found in survey.points().iter().take(MOST_ROWS) {
                let point = [found.at.x, found.at.y];
                let (rect, mark) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
                paint::critical_mark(ui.painter(), found.kind, rect.center(), &palette);
                mark.on_hover_text(name(session, found));
                let place = text::place(&session.race().problem().objective, found.at);
                let place = RichText::new(place).size(text_size::VALUE);
                let row = ui.selectable_label(chosen == LookAt::Point(point), place);
                let row = row.on_hover_text(format!("{}. Click to look at it", name(session, found)));
                if row.clicked() {
                    context.push(Edit::LookAt(LookAt::Point(point)));
                }
                ui.label(RichText::new(format!("f {}", text::number(found.value))).size(text_size::VALUE));
                ui.end_row();
            }
            for line in survey.lines() {
                let (found, _) = (&line.example, ui.label("···"));
                let point = [found.at.x, found.at.y];
                let place = format!("line at {}", text::point(point[0], point[1]));
                let row = ui.selectable_label(
                    chosen == LookAt::Point(point),
                    RichText::new(place).size(text_size::VALUE),
                );
                let tip = format!("This is {}. Click to look at it", local::line(line));
                if row.on_hover_text(tip).clicked() {
                    context.push(Edit::LookAt(LookAt::Point(point)));
                }
                ui.label(RichText::new(format!("f {}", text::number(found.value))).size(text_size::VALUE));
                ui.end_row();
            }
        });
        let more = survey.points().len().saturating_sub(MOST_ROWS);
        if more > 0 {
            ui.label(RichText::new(format!("and {more} more, on the plot")).size(text_size::LABEL).weak());
        }
    });
}

/// What the point is called.
fn name(session: &Session, found: &ClassifiedPoint) -> String {
    let is_univariate = session.race().problem().objective.is_univariate();
    match found.spectrum {
        Some(Spectrum { values: [bend, _], .. }) if is_univariate => {
            format!("{}, f'' = {}", found.kind.name(), text::number(bend))
        }
        None => local::found_point(found, is_univariate),
        Some(spectrum) => {
            let [low, high] = spectrum.values.map(text::number);
            format!("{}, eigenvalues {low} and {high}", found.kind.name())
        }
    }
}

/// The chosen one.
fn details(ui: &mut Ui, session: &Session, found: &ClassifiedPoint) {
    let mut words = name(session, found);
    if let Some(first) = words.get(..1).map(str::to_uppercase) {
        words.replace_range(..1, &first);
    }
    ui.add(Label::new(RichText::new(words).size(text_size::LABEL)).wrap());
}
