//! A story in the window: which scene it is, its question, what was guessed, and how good that was.

use super::color::rgba;
use super::context::FrameContext;
use super::fonts::BOLD;
use super::paint;
use super::paint::FontMeasure;
use super::text_size;
use super::theme::Palette;
use crate::words::text;
use egui::{Button, FontFamily, FontId, Painter, RichText, Role, Sense, Ui, WidgetInfo};
use nalgebra::Vector2;
use thalweg_figure::guess_marks::guess_items;
use thalweg_session::{Command, Guess, GuessVerdict, Session, Story};

/// What the key for the next page, or the one before, does while a story is told; none at its ends, and where there is
/// no story.
pub fn turned(session: &Session, by: isize) -> Option<Command> {
    session.story()?.turned(by).map(Command::Scene)
}

/// The scene that a link of what is open names: the present one; where there is no story, the one that the link which
/// was opened names. Of a scene that was changed the link has the document.
pub fn linked_scene(session: &Session, opened: Option<u32>) -> Option<u32> {
    if session.story().is_some() {
        session.scene_number().filter(|scene| *scene > 1 || opened == Some(1))
    } else {
        opened
    }
}

/// What is read in place of the notes: the scene's title and words.
pub fn words(session: &Session) -> Option<String> {
    let scene = session.story()?.scene()?;
    Some(if scene.title.is_empty() {
        scene.notes.clone()
    } else {
        format!("## {}\n\n{}", scene.title, scene.notes)
    })
}

/// Whether something is asked whose answer is not shown yet: what theory says of it is not shown, either.
pub fn is_asking(session: &Session) -> bool {
    session.story().is_some_and(Story::is_asking)
}

/// Whether a place in the plane is asked for.
pub fn asks_for_place(session: &Session) -> bool {
    session.story().is_some_and(Story::asks_for_place)
}

/// What is open, in a line: its title, and of a story which scene it is.
pub fn heading(session: &Session) -> String {
    let scenario = session.scenario();
    let title = scenario.shown_title();
    match session.story().zip(session.story().and_then(Story::scene)) {
        Some((story, scene)) => {
            let (place, count) = (story.place() + 1, story.count());
            let title = if scene.title.is_empty() { title } else { &scene.title };
            format!("{title} ({place} of {count})")
        }
        None => title.to_owned(),
    }
}

/// Shows the question of the scene, if it has one.
pub fn question(ui: &mut Ui, context: &FrameContext<'_>) {
    let Some(story) = context.session.story() else { return };
    let Some(question) = story.question() else { return };
    ui.add_space(6.0);
    let bold = FontId::new(text_size::TITLE, FontFamily::Name(BOLD.into()));
    ui.label(RichText::new(context.show().notation.said(&question.words)).font(bold));
    if question.choices.is_empty() {
        let count = story.guesses().len();
        let hint = if story.is_asking() { "Click where it ends in the plane" } else { "Guesses" };
        ui.label(RichText::new(format!("{hint}: {count} so far")).size(text_size::LABEL));
    } else {
        choices(ui, context, story);
    }
    if story.is_asking() {
        ui.horizontal(|ui| {
            let show = ui.button(RichText::new("Show").strong());
            if show.on_hover_text("Plays the run, and tells who was near").clicked() {
                context.push(Command::Reveal);
            }
            let has_guess = !story.guesses().is_empty();
            if ui.add_enabled(has_guess, Button::new("Take back")).on_hover_text("The last guess").clicked() {
                context.push(Command::TakeBackGuess);
            }
        });
    } else if let Some(verdict) = verdict(context.session, story) {
        ui.label(RichText::new(verdict).strong());
    }
}

fn choices(ui: &mut Ui, context: &FrameContext<'_>, story: &Story) {
    let Some(question) = story.question() else { return };
    let total = story.guesses().len();
    for (index, choice) in question.choices.iter().enumerate() {
        let votes = story.guesses().iter().filter(|guess| **guess == Guess::Choice(index)).count();
        let is_right = !story.is_asking() && question.answer as usize == index + 1;
        let told = if total == 0 { String::new() } else { text::count(votes as u32) };
        let says = if is_right { RichText::new(choice).strong() } else { RichText::new(choice) };
        let told = RichText::new(told).color(context.palette.ink);
        let button = Button::new(says)
            .shortcut_text(told)
            .selected(is_right)
            .min_size(egui::vec2(ui.available_width() - 8.0, 24.0));
        if story.is_asking() {
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, choice));
            if response.on_hover_text("One click for each hand").clicked() {
                context.push(Command::Guess(Guess::Choice(index)));
            }
        } else {
            // Not disabled, which would be too pale to be read: it takes no click.
            let response = ui.add(button.sense(Sense::hover()));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, false, choice));
        }
    }
}

/// How good the guesses were, once the run has been seen.
fn verdict(session: &Session, story: &Story) -> Option<String> {
    let (guesses, end) = (story.guesses().len(), end(session, story)?);
    if session.cursor() < end.0 {
        return None;
    }
    Some(match story.verdict(end.1.into(), session.scenario().view)? {
        GuessVerdict::Choices { agreed, .. } if guesses > 0 => format!("{agreed} of {guesses} said so."),
        GuessVerdict::Choices { .. } => return None,
        GuessVerdict::Places { nearest, near } => format!(
            "The nearest is {} % of the picture's width away; {near} of {guesses} are near.",
            text::digits(nearest * 100.0, 2)
        ),
    })
}

/// The last step of the runner that is asked about, of all runners where it is none, and where it ends.
fn end(session: &Session, story: &Story) -> Option<(u32, Vector2<f64>)> {
    let runner = story.question()?.runner as usize;
    let run = session.race().runs().get(runner.saturating_sub(1))?;
    let last = run.trajectory().samples().last()?;
    let step = if runner == 0 { session.finish_line() } else { run.trajectory().last_step() };
    Some((step, last.position))
}

/// Marks the places that were guessed; `spot` is where a point of the plane is seen, if it is.
pub fn paint_guesses(
    painter: &Painter,
    session: &Session,
    palette: &Palette,
    spot: impl Fn(Vector2<f64>) -> Option<Vector2<f64>>,
) {
    let guesses = session.story().map(Story::guesses).unwrap_or_default();
    for (index, guess) in guesses.iter().enumerate() {
        let Guess::Place(at) = guess else { continue };
        let at = Vector2::from(*at);
        // On the graph of a function of x alone the place is that of the ball.
        let objective = &session.race().problem().objective;
        let at = if objective.is_univariate() { Vector2::new(at.x, objective.value(at)) } else { at };
        let Some(place) = spot(at) else { continue };
        let (color, measure) = (rgba(palette.pointed), FontMeasure(painter));
        paint::items(painter, &guess_items(place, index + 1, color, &palette.scheme, &measure));
    }
}
