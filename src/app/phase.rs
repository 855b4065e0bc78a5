//! The phase plane of momentum: the regimes over learning rate and momentum, with a dot for each
//! eigenvalue to drag.

use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::{mode, text};
use egui::{
    Align2, CollapsingHeader, Color32, ColorImage, FontId, Pos2, Rect, RectAlign, RichText, Sense, Stroke,
    TextureHandle, TextureOptions, Tooltip, Ui, WidgetInfo, pos2, vec2,
};
use std::borrow::Cow;
use thalweg_analysis::spectral::mode::{Mode, Regime};
use thalweg_analysis::spectral::momentum_plane::{MomentumPlane, WIDTH};
use thalweg_analysis::spectral::spectral_report::SpectralReport;
use thalweg_core::math::within::Within;
use thalweg_core::spec::settings::Settings;
use thalweg_core::spec::value::Value;
use thalweg_session::{Edit, RunnerEdit, Session};

/// How high the plane is drawn, and the texels and cells that it is drawn from.
const HEIGHT: f32 = 150.0;
const TEXELS: [usize; 2] = [128, 80];
const CELLS: [usize; 2] = [64, 40];
/// The largest momentum that a drag sets: at 1 nothing is ever forgotten.
const MOST: f64 = 0.999;

/// What the picture depends on: the method, its settings but those that the axes show, the theme.
type PhaseKey = (Cow<'static, str>, Settings<f64>, Palette);

/// The picture of the regimes, kept while method and theme stay.
#[derive(Default)]
pub struct Phase {
    shown: Option<PhaseKey>,
    texture: Option<TextureHandle>,
    lines: Vec<[[f64; 2]; 2]>,
    /// Critical damping, in dashes.
    damped: Vec<[[f64; 2]; 2]>,
    names: Vec<(Regime, [f64; 2])>,
    /// Whether the fifth regime, a single place of the plane, is in it: one step at α·λ = 1, β = 0.
    at_once: bool,
    /// The direction whose dot is being dragged.
    held: Option<usize>,
}

impl Phase {
    /// Shows the plane of the focused runner's method, if it has one; a drag of a dot asks for commands.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        report: &SpectralReport,
        mut push: impl FnMut(Edit),
    ) {
        let Some((_, run)) = session.focused() else { return };
        let settings = run.settings_at(report.step);
        let Some(plane) = MomentumPlane::of(run.optimizer(), &settings) else { return };
        let heading = RichText::new("Phase plane of momentum").size(text_size::VALUE).strong();
        CollapsingHeader::new(heading).default_open(true).show_unindented(ui, |ui| {
            let key = (run.optimizer().name.clone(), plane.frame(), Palette::of(ui));
            if self.shown.as_ref() != Some(&key) {
                self.draw(ui, &plane, key);
            }
            let places = [0, 1].map(|i| plane.dot(report.directions[i].lambda));
            let dragged = self.plot(ui, report, places);
            if let Some((index, place)) = dragged
                && let Some((lr, momentum)) = plane.dragged(report.directions[index].lambda, place)
            {
                // The slider's rate, of which a schedule takes a part.
                let factor = settings.numbers[0] / run.settings().numbers[0];
                for (key, value) in [("lr", lr / factor), ("momentum", momentum)] {
                    // Rounded to what a person would say, like a slider's.
                    if let Ok(value) = text::digits(value, 3).parse() {
                        let set = RunnerEdit::Set(key.into(), Value::Number(value));
                        push(Edit::Runner(session.focus(), set));
                    }
                }
            }
        });
    }

    fn draw(&mut self, ui: &Ui, plane: &MomentumPlane, key: PhaseKey) {
        let palette = Palette::of(ui);
        let [width, height] = TEXELS;
        let texel = |index: usize| {
            let (x, y) = (index % width, index / width);
            let push = WIDTH * (x as f64 + 0.5) / width as f64;
            color(&plane.mode([push, 1.0 - (y as f64 + 0.5) / height as f64]), &palette)
        };
        let image = ColorImage::new(TEXELS, (0..width * height).map(texel).collect());
        self.texture = Some(ui.ctx().load_texture("phase plane", image, TextureOptions::LINEAR));
        self.lines = plane.outlines(CELLS[0], CELLS[1]);
        self.damped = dashes(plane);
        self.names = plane.names(CELLS[0], CELLS[1]);
        self.at_once = plane.mode([1.0, 0.0]).regime == Regime::OneStep;
        self.shown = Some(key);
    }

    /// Draws it; gives the direction whose dot is dragged, and where to.
    fn plot(
        &mut self,
        ui: &mut Ui,
        report: &SpectralReport,
        places: [[f64; 2]; 2],
    ) -> Option<(usize, [f64; 2])> {
        let palette = Palette::of(ui);
        let size = vec2(ui.available_width(), HEIGHT + 16.0);
        let (outer, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let rect = Rect::from_min_max(outer.min + vec2(24.0, 3.0), outer.max - vec2(8.0, 15.0));
        let at = |place: [f64; 2]| {
            let [x, y] = [place[0] / WIDTH, place[1]].map(|part| part.within(0.0, 1.0) as f32);
            pos2(rect.left() + x * rect.width(), rect.bottom() - y * rect.height())
        };
        let painter = ui.painter_at(outer);
        if let Some(texture) = &self.texture {
            let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            painter.image(texture.id(), rect, uv, Color32::WHITE);
        }
        for line in &self.lines {
            painter.line_segment(line.map(at), Stroke::new(1.0, palette.ink));
        }
        for dash in &self.damped {
            painter.line_segment(dash.map(at), Stroke::new(2.4, palette.alarm));
        }
        for (regime, place) in &self.names {
            let word = mode::regime(*regime).to_owned();
            let word = painter.layout_no_wrap(word, FontId::proportional(11.0), palette.ink);
            // Where a regime is narrow, its word keeps within the plane.
            let room = rect.shrink(2.0);
            let (corner, last) = (at(*place) - word.size() / 2.0, room.max - word.size());
            let corner = pos2(corner.x.within(room.min.x, last.x), corner.y.within(room.min.y, last.y));
            painter.galley(corner, word, palette.ink);
        }
        if self.at_once {
            let spot = at([1.0, 0.0]);
            painter.circle_stroke(spot, 3.5, Stroke::new(1.5, palette.ink));
            let font = FontId::proportional(11.0);
            let above = spot - vec2(0.0, 22.0);
            painter.text(above, Align2::CENTER_BOTTOM, mode::regime(Regime::OneStep), font, palette.ink);
            painter.line_segment([above, spot - vec2(0.0, 4.0)], Stroke::new(1.0, palette.ink));
        }
        axes(&painter, rect, &palette, at);
        for (place, color) in places.iter().zip(palette.axes) {
            let center = at(*place);
            painter.circle(center, 5.5, color, Stroke::new(1.6, palette.halo.to_opaque()));
            // Beyond the sides it lies on the side, open.
            if !(0.0..=WIDTH).contains(&place[0]) {
                painter.circle_filled(center, 2.6, palette.halo.to_opaque());
            }
        }
        let what = "Regimes over learning rate and momentum";
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, what));
        let pointer = response.interact_pointer_pos();
        if (response.drag_started() || response.clicked())
            && let Some(pointer) = ui.input(|input| input.pointer.press_origin()).or(pointer)
        {
            let draggable = [0, 1].into_iter().filter(|i| report.directions[*i].lambda > 0.0);
            let distance = |index: &usize| at(places[*index]).distance(pointer);
            self.held = draggable.min_by(|a, b| distance(a).total_cmp(&distance(b)));
        }
        let moved = response.dragged() || response.clicked();
        let chosen = pointer.filter(|_| moved).zip(self.held).map(|(pointer, index)| {
            let part = (pointer - rect.min) / rect.size();
            let push = f64::from(part.x.within(0.004, 1.0)) * WIDTH;
            (index, [push, (1.0 - f64::from(part.y)).within(0.0, MOST)])
        });
        if !response.dragged() {
            self.held = None;
        }
        // Beside the plane, which is what it is about; and not while a hand is at work there.
        if !response.is_pointer_button_down_on() {
            let mut told = Tooltip::for_enabled(&response);
            told.popup = told.popup.align(RectAlign::LEFT_START).gap(14.0);
            told.show(|ui| about(ui, report, places));
        }
        chosen
    }
}

/// The frame, and what the axes are.
fn axes(painter: &egui::Painter, rect: Rect, palette: &Palette, at: impl Fn([f64; 2]) -> Pos2) {
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, palette.quiet), egui::StrokeKind::Middle);
    let font = FontId::proportional(10.5);
    let below = |push: f64, text: &str| {
        painter.text(at([push, 0.0]) + vec2(0.0, 2.0), Align2::CENTER_TOP, text, font.clone(), palette.quiet);
    };
    for push in [0.0, 1.0, 2.0, 4.0] {
        below(push, &text::number(push));
    }
    below(3.0, "α·λ");
    for (beta, label) in [(0.03, "0"), (0.5, "β"), (0.97, "1")] {
        let place = at([0.0, beta]) - vec2(4.0, 0.0);
        painter.text(place, Align2::RIGHT_CENTER, label, font.clone(), palette.quiet);
    }
}

/// The line of critical damping in dashes, however many branches it has.
fn dashes(plane: &MomentumPlane) -> Vec<[[f64; 2]; 2]> {
    const STEPS: u32 = 240;
    let at = |step: u32| {
        let push = WIDTH * f64::from(step) / f64::from(STEPS);
        plane.critical(push).map(move |beta| [push, beta]).collect::<Vec<_>>()
    };
    let drawn = (0..STEPS).filter(|step| step % 6 < 4);
    let pieces = drawn.flat_map(|step| {
        let (from, to) = (at(step), at(step + 1));
        // Where a branch begins or ends, nothing is joined.
        if from.len() == to.len() { from.into_iter().zip(to).collect() } else { Vec::new() }
    });
    pieces.map(|(from, to)| [from, to]).collect()
}

/// The darker, the faster; where it grows, the colour of alarm.
fn color(mode: &Mode, palette: &Palette) -> Color32 {
    match mode.regime {
        Regime::Diverges => palette.surface(1.0).lerp_to_gamma(palette.alarm, 0.35),
        // Most of the plane is near 1: the differences there are the ones to see.
        _ => palette.surface(mode.radius.within(0.0, 1.0).powi(3) as f32),
    }
}

fn about(ui: &mut Ui, report: &SpectralReport, places: [[f64; 2]; 2]) {
    ui.set_max_width(310.0);
    let palette = Palette::of(ui);
    ui.label(
        "Right: learning rate times curvature, α·λ. Up: momentum β. The colour is |σ|, what a step leaves of the error \
         in the long run: the darker, the faster.",
    );
    ui.label(
        RichText::new("Dashed: critical damping, where swings just end. For momentum β = (1 - √(αλ))².")
            .color(palette.alarm),
    );
    ui.label("At α·λ = 1, β = 0 the error is gone in one step.");
    for (index, (direction, place)) in report.directions.iter().zip(places).enumerate() {
        let Some(mode) = direction.law.map(|law| law.mode) else { continue };
        let told = format!(
            "{}: λ = {}, α·λ = {}, |σ| = {}: {}",
            ["v₁", "v₂"][index],
            text::number(direction.lambda),
            text::number(place[0]),
            text::digits(mode.radius, 5),
            mode::fate(&mode)
        );
        ui.label(RichText::new(told).color(palette.axes[index]));
    }
    ui.label("Drag a dot: learning rate and momentum follow, and with them the other dot and the path.");
}
