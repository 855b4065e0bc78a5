//! The transport bar: play, step, scrub, speed.

use super::context::FrameContext;
use super::pointing;
use super::theme::Palette;
use super::tip;
use super::typed_number::TypedNumber;
use crate::words::text;
use egui::{Color32, DragValue, Rect, Response, Sense, Shape, Slider, Ui, WidgetInfo, pos2, vec2};
use thalweg_core::math::within::Within;
use thalweg_session::{Edit, Playback, SPEEDS};

#[derive(Clone, Copy)]
enum Icon {
    Play,
    Pause,
    Back,
    Forward,
    Rewind,
}

/// What the speed takes of a row, and how wide a row must be to hold it beside the rest.
const CONTROLS: f32 = 240.0;
const ONE_ROW: f32 = 680.0;
/// How wide a row must be that holds step and speed, and a choice beside them; what the speed's label and number take.
const WITH_CHOICE: f32 = 500.0;
const SPEED_WORDS: f32 = 128.0;

/// Whether the bar takes two rows: where the window is narrow, or its text large. What is below it then has
/// less room, too.
pub fn has_two_rows(ui: &Ui) -> bool {
    ui.available_width() < ONE_ROW
}

/// Whether the second of two rows has room for a choice beside the rest.
pub fn has_choice(ui: &Ui) -> bool {
    has_two_rows(ui) && ui.available_width() >= WITH_CHOICE
}

/// Shows the bar; where it takes two rows, `choice` has its place in the second one, if there is one and it has room.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>, choice: Option<fn(&mut Ui, &FrameContext<'_>)>) {
    let (two_rows, has_choice) = (has_two_rows(ui), has_choice(ui));
    ui.horizontal(|ui| {
        buttons(ui, context, true);
        ui.add_space(4.0);
        if !two_rows {
            step_field(ui, context);
            length(ui, context);
        }
        let controls = if two_rows { 8.0 } else { CONTROLS };
        ui.spacing_mut().slider_width = (ui.available_width() - controls).max(40.0);
        scrub(ui, context);
        if !two_rows {
            ui.add_space(8.0);
            speed(ui, context);
        }
    });
    if two_rows {
        ui.horizontal(|ui| {
            step_field(ui, context);
            length(ui, context);
            speed(ui, context);
            if let Some(choice) = choice.filter(|_| has_choice) {
                ui.separator();
                choice(ui, context);
            }
        });
    }
}

/// Shows the buttons: to the start, play, and perhaps those of single steps.
pub fn buttons(ui: &mut Ui, context: &FrameContext<'_>, has_steps: bool) {
    let is_playing = context.session.is_playing();
    let (icon, label) = if is_playing { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    if button(ui, Icon::Rewind, "Rewind").on_hover_text("Back to the start (Home)").clicked() {
        context.push(Playback::Rewind);
    }
    if has_steps && button(ui, Icon::Back, "Step back").on_hover_text("One step back (left arrow)").clicked()
    {
        context.push(Playback::StepBy(-1));
    }
    if button(ui, icon, label).on_hover_text(format!("{label} (Space)")).clicked() {
        context.push(Playback::Toggle);
    }
    if has_steps
        && button(ui, Icon::Forward, "Step forward").on_hover_text("One step forward (right arrow)").clicked()
    {
        context.push(Playback::StepBy(1));
    }
}

fn step_field(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    ui.label("step");
    let (mut step, typed) = (session.cursor(), TypedNumber::default());
    let last = session.scenario().steps;
    let field = DragValue::new(&mut step).range(0..=last).speed(0.5);
    let response =
        ui.add_sized(vec2(58.0, 20.0), typed.of(field, |step| (0.0..=f64::from(last)).contains(&step)));
    let takes = format!("a step from 0 to {}", text::count(last));
    typed.tell(ui, &response, &takes);
    response.widget_info(|| WidgetInfo::slider(true, f64::from(session.cursor()), "step number"));
    if tip::at_rest(response, "The step at which all runners stand; drag or type").changed() {
        context.push(Playback::Seek(step));
    }
}

/// Shows the slider over the steps.
pub fn scrub(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let mut step = session.cursor();
    let slider = Slider::new(&mut step, 0..=session.scenario().steps).show_value(false);
    let response = ui.add(slider);
    response.widget_info(|| WidgetInfo::slider(true, f64::from(session.cursor()), "scrub"));
    if response.changed() {
        context.push(Playback::Seek(step));
    }
    let horizon = session.horizon();
    if horizon < session.scenario().steps {
        let part = horizon as f32 / session.scenario().steps as f32;
        let rail = Rect::from_min_max(
            pos2(egui::lerp(response.rect.x_range(), part), response.rect.center().y - 2.0),
            pos2(response.rect.right(), response.rect.center().y + 2.0),
        );
        ui.painter().rect_filled(rail, 2.0, Palette::of(ui).alarm.gamma_multiply(0.25));
        tip::at_rest(response, format!("computed up to step {}", text::count(horizon)));
    } else {
        tip::at_rest(response, "Scrub through the race");
    }
}

fn speed(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    ui.spacing_mut().slider_width = (ui.available_width() - SPEED_WORDS).within(30.0, 80.0);
    let label = ui.label("speed");
    let mut speed = session.speed();
    let slider = Slider::new(&mut speed, SPEEDS.0..=SPEEDS.1).logarithmic(true).max_decimals(0).suffix(" /s");
    if tip::at_rest(ui.add(slider).labelled_by(label.id), "Steps per second").changed() {
        context.push(Playback::SetSpeed(speed.round()));
    }
}

fn length(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let label = ui.label("of");
    let (mut steps, typed) = (session.scenario().steps, TypedNumber::default());
    let speed = f64::from(steps) * 0.01;
    let field = DragValue::new(&mut steps)
        .range(1..=thalweg_scenario::MAX_STEPS)
        .speed(speed)
        .update_while_editing(false);
    let most = thalweg_scenario::MAX_STEPS;
    let field = typed.of(field, |steps| (1.0..=f64::from(most)).contains(&steps));
    let response = ui.add(field).labelled_by(label.id);
    let takes = format!("a whole number from 1 to {}", text::count(most));
    typed.tell(ui, &response, &takes);
    pointing::mark(ui, response.rect, |place| place.runner.is_none() && place.key == "steps");
    response.widget_info(|| WidgetInfo::slider(true, f64::from(session.scenario().steps), "number of steps"));
    if tip::at_rest(response, "The race's length in steps").changed() {
        context.push(Edit::SetSteps(steps));
    }
}

fn button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, label));
    let visuals = ui.style().interact(&response);
    ui.painter().rect(
        rect,
        visuals.corner_radius,
        visuals.weak_bg_fill,
        visuals.bg_stroke,
        egui::StrokeKind::Inside,
    );
    ui.painter().extend(icon_shapes(icon, rect.shrink2(vec2(8.0, 6.5)), visuals.fg_stroke.color));
    response
}

fn icon_shapes(icon: Icon, rect: Rect, color: Color32) -> Vec<Shape> {
    let triangle = |from: f32, to: f32| {
        let points = vec![pos2(from, rect.top()), pos2(to, rect.center().y), pos2(from, rect.bottom())];
        Shape::convex_polygon(points, color, egui::Stroke::NONE)
    };
    let bar = |left: f32, width: f32| {
        Shape::rect_filled(
            Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height())),
            0.0,
            color,
        )
    };
    match icon {
        Icon::Play => vec![triangle(rect.left(), rect.right())],
        Icon::Pause => vec![bar(rect.left() + 1.0, 3.5), bar(rect.right() - 4.5, 3.5)],
        Icon::Forward => vec![triangle(rect.left(), rect.right() - 3.0), bar(rect.right() - 2.5, 2.5)],
        Icon::Back => vec![triangle(rect.right(), rect.left() + 3.0), bar(rect.left(), 2.5)],
        Icon::Rewind => {
            let middle = rect.center().x;
            vec![
                bar(rect.left() - 2.0, 2.0),
                triangle(middle, rect.left() + 0.5),
                triangle(rect.right(), middle + 0.5),
            ]
        }
    }
}
