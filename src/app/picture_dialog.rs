//! The dialog for pictures: what is wanted, and what it looks like.

use super::context::{Action, FrameContext};
use super::dialog;
use super::picture_job::{PictureRequest, PixelJob};
use super::text_size;
use super::theme::Palette;
use crate::export::film_format::FilmFormat;
use crate::export::picture::{PictureOrder, SCALES, SIDES};
use egui::{
    Color32, ColorImage, ComboBox, Context, DragValue, Grid, Image, Key, Label, Rect, RichText, ScrollArea,
    Spinner, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, vec2,
};
use thalweg_figure::film::film_plan::{FilmPlan, FilmWish};
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::pictures::is_there;
use thalweg_figure::scheme::Theme;
use thalweg_figure::write::png::Pixels;
use thalweg_session::{Runtime, Session};

/// How much is seen of the preview of another picture, until this one's is there.
const OLD: f32 = 0.35;

/// The width of the controls, and the room of the preview, in points.
const CONTROLS: f32 = 236.0;
const PREVIEW: [f32; 2] = [470.0, 352.0];

/// Sizes that pictures often have, in points, and what for.
const SIZES: [([f64; 2], &str); 5] = [
    ([1280.0, 720.0], "a slide"),
    ([1920.0, 1080.0], "a large slide"),
    ([640.0, 480.0], "a page's width"),
    ([340.0, 255.0], "a column of a paper"),
    ([600.0, 600.0], "a square"),
];

/// What leaves the window as pictures: the dialog, while it is open, and what is to be copied, on its way.
#[derive(Default)]
pub struct PictureExport {
    dialog: Option<PictureDialog>,
    copying: Option<PixelJob>,
}

impl PictureExport {
    /// Opens the dialog on a picture, in the window's theme.
    pub fn open(&mut self, ctx: &Context, kind: PictureKind) {
        let theme = Palette::new(ctx.theme() == egui::Theme::Dark).scheme.theme;
        self.dialog = Some(PictureDialog::new(kind, theme));
    }

    /// Whether the dialog is open.
    pub fn is_open(&self) -> bool {
        self.dialog.is_some()
    }

    /// Begins to copy a picture.
    pub fn copy(&mut self, ctx: &Context, runtime: Runtime, request: PictureRequest) {
        self.copying = Some(PixelJob::begin(ctx, runtime, request));
    }

    /// Shows the dialog.
    pub fn show(&mut self, ctx: &Context, context: &FrameContext<'_>) {
        self.dialog = self.dialog.take().and_then(|mut dialog| dialog.show(ctx, context).then_some(dialog));
    }

    /// Hands over a picture that has come; what there is to tell of it, and whether that is bad news.
    pub fn hand_over(&mut self, ctx: &Context) -> Option<(String, bool)> {
        let answer = self.copying.as_ref()?.poll()?;
        self.copying = None;
        ctx.request_repaint();
        Some(match answer {
            Ok(pixels) => {
                ctx.copy_image(image(&pixels));
                (format!("Copied: {} × {} pixels.", pixels.width, pixels.height), false)
            }
            Err(reason) => (reason, true),
        })
    }
}

/// The dialog, with its preview.
struct PictureDialog {
    order: PictureOrder,
    film: FilmWish,
    /// What the preview shows or will show.
    request: Option<PictureRequest>,
    job: Option<PixelJob>,
    /// What it shows now, and of which picture that is.
    shown: Option<(PictureKind, Result<TextureHandle, String>)>,
}

impl PictureDialog {
    /// The dialog on a picture, in a theme.
    fn new(kind: PictureKind, theme: Theme) -> Self {
        let order = PictureOrder { theme, ..PictureOrder::usual(kind) };
        Self { order, film: FilmWish::default(), request: None, job: None, shown: None }
    }

    /// Shows it. False once it is closed.
    fn show(&mut self, ctx: &Context, context: &FrameContext<'_>) -> bool {
        let mut is_open = !ctx.input(|input| input.key_pressed(Key::Escape));
        self.preview(ctx, context);
        dialog::large(ctx, "Export a picture or a film").open(&mut is_open).show(ctx, |ui| {
            // As large as what is in it, or as there is room for.
            let room = ctx.content_rect().size() - vec2(48.0, 84.0);
            let size = vec2(CONTROLS + PREVIEW[0] + 24.0, PREVIEW[1] + 8.0).min(room).max(vec2(80.0, 60.0));
            ui.set_min_size(size);
            ui.set_max_size(size);
            let area = ScrollArea::both().min_scrolled_width(size.x).min_scrolled_height(size.y);
            area.show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(CONTROLS);
                        self.controls(ui, context);
                        ui.add_space(8.0);
                        self.buttons(ui, context);
                    });
                    self.picture(ui);
                });
            });
        });
        is_open
    }

    fn controls(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let order = &mut self.order;
        Grid::new("picture").num_columns(2).spacing([8.0, 6.0]).show(ui, |ui| {
            let label = ui.label("What");
            let before = order.kind;
            ComboBox::from_id_salt("what").selected_text(order.kind.title()).width(150.0).show_ui(ui, |ui| {
                for kind in PictureKind::ALL.into_iter().filter(|kind| is_there(context.session, *kind)) {
                    ui.selectable_value(&mut order.kind, kind, kind.title()).on_hover_text(kind.doc());
                }
            })
            .response
            .labelled_by(label.id);
            if before != order.kind {
                order.size = order.kind.usual_size();
            }
            ui.end_row();

            let label = ui.label("Size");
            ui.horizontal(|ui| {
                let (least, most) = SIDES;
                for (side, name) in order.size.iter_mut().zip(["width", "height"]) {
                    let drag = DragValue::new(side).range(least..=most).max_decimals(1).speed(2.0);
                    ui.add(drag).labelled_by(label.id).on_hover_text(format!("The {name} in points, 96 to an inch"));
                }
                ui.menu_button("▾", |ui| {
                    let usual = order.kind.usual_size();
                    for (size, what) in [(usual, "the usual size")].into_iter().chain(SIZES) {
                        let [width, height] = size;
                        if ui.button(format!("{width} × {height}   {what}")).clicked() {
                            order.size = size;
                            ui.close();
                        }
                    }
                })
                .response
                .on_hover_text("Sizes that pictures often have");
            });
            ui.end_row();

            let label = ui.label("Pixels");
            ui.horizontal(|ui| {
                let (least, most) = SCALES;
                let drag = DragValue::new(&mut order.scale).range(least..=most).max_decimals(2).speed(0.02);
                ui.add(drag.suffix(" to a point")).labelled_by(label.id).on_hover_text(
                    "For pictures of pixels: PNG, and what is copied. Those of lines are as sharp as what shows them.",
                );
            });
            ui.end_row();

            ui.label("For");
            ui.horizontal(|ui| {
                for (theme, name, tip) in [
                    (Theme::Light, "light", "A light screen"),
                    (Theme::Dark, "dark", "A dark screen"),
                    (Theme::Print, "print", "White paper: black text, and colours that a grey printer tells apart"),
                ] {
                    ui.selectable_value(&mut order.theme, theme, name).on_hover_text(tip);
                }
            });
            ui.end_row();
        });
        ui.checkbox(&mut order.has_legend, "Legend").on_hover_text("Tells what lines and colours mean");
        ui.checkbox(&mut order.is_transparent, "No ground")
            .on_hover_text("What lies below the picture is seen");
        let (cursor, steps) = (context.session.cursor(), context.session.scenario().steps);
        hint(ui, format!("A picture shows step {cursor} of {steps}: go on in the window to change it."));
        ui.add_space(4.0);
        self.film_controls(ui, context);
    }

    /// Which steps a film shows, and how long it lasts.
    fn film_controls(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let last = context.session.finish_line();
        let plan = FilmPlan::of(&self.film, last, FilmFormat::Gif.most_per_second());
        ui.horizontal(|ui| {
            let label = ui.label("Film of steps");
            let (mut from, mut to) = (plan.from, plan.to);
            let tip = "The first and the last step that a film shows";
            let first =
                ui.add(DragValue::new(&mut from).range(0..=to)).labelled_by(label.id).on_hover_text(tip);
            ui.label("to");
            let second =
                ui.add(DragValue::new(&mut to).range(from..=last)).labelled_by(label.id).on_hover_text(tip);
            if first.changed() {
                self.film.from = Some(from);
            }
            if second.changed() {
                self.film.to = Some(to);
            }
        });
        ui.horizontal(|ui| {
            let label = ui.label("in");
            let mut seconds = plan.seconds();
            let drag = DragValue::new(&mut seconds).range(0.5..=600.0).speed(0.1).max_decimals(1);
            if ui.add(drag.suffix(" seconds")).labelled_by(label.id).changed() {
                self.film.seconds = Some(seconds);
            }
        });
        let frames = plan.frames();
        hint(ui, pictures(frames, plan.stride));
    }

    fn buttons(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        let request = || {
            Box::new(PictureRequest::of(context.session, context.caches.turned.get(), self.order, self.film))
        };
        ui.horizontal(|ui| {
            if ui
                .button("Save as…")
                .on_hover_text(
                    "As the name ends: a picture, .svg .pdf .png .tex, or a film, .gif .apng .y4m .mp4 .webm",
                )
                .clicked()
            {
                context.act(Action::SavePicture(request()));
            }
            if ui.button("Copy").on_hover_text("As pixels, for other programs").clicked() {
                context.act(Action::CopyPicture(request()));
            }
        });
    }

    /// Sees to it that the preview becomes what is wanted.
    fn preview(&mut self, ctx: &Context, context: &FrameContext<'_>) {
        if let Some(answer) = self.job.as_ref().and_then(PixelJob::poll) {
            self.job = None;
            let kind = self.request.as_ref().map_or(self.order.kind, |request| request.order.kind);
            self.shown = Some((kind, answer.map(|pixels| texture(ctx, &pixels))));
        }
        let [width, height] = self.order.size.map(|side| side as f32);
        let fit = (PREVIEW[0] / width).min(PREVIEW[1] / height);
        let scale = f64::from(fit * ctx.pixels_per_point());
        let (session, order) = (context.session, PictureOrder { scale, ..self.order });
        let turned = context.caches.turned.get();
        // One at a time: what changes with every frame would never be seen else.
        if self.job.is_none()
            && !self.request.as_ref().is_some_and(|request| request.is_of(session, turned, &order))
        {
            let wanted = PictureRequest::of(session, turned, order, FilmWish::default());
            self.job = Some(PixelJob::begin(ctx, context.session.runtime(), wanted.clone()));
            self.request = Some(wanted);
            ctx.request_repaint();
        }
    }

    fn picture(&self, ui: &mut Ui) {
        let (_, room) = ui.allocate_space(vec2(PREVIEW[0], PREVIEW[1]));
        match &self.shown {
            Some((kind, Ok(texture))) => {
                let is_old = *kind != self.order.kind;
                // One of another picture keeps its own sides, pale, until this one is there.
                let size =
                    if is_old { texture.size_vec2() } else { self.order.size.map(|side| side as f32).into() };
                let fit = (PREVIEW[0] / size.x).min(PREVIEW[1] / size.y);
                let place = Rect::from_center_size(room.center(), size * fit);
                let tint = Color32::WHITE.gamma_multiply(if is_old { OLD } else { 1.0 });
                let image = Image::new(texture).fit_to_exact_size(place.size()).tint(tint);
                ui.put(place, image.alt_text("Preview of the picture"));
                if is_old {
                    ui.put(room, Spinner::new());
                }
                let border = Stroke::new(1.0, Palette::of(ui).quiet.gamma_multiply(0.4));
                ui.painter().rect_stroke(place, 0.0, border, StrokeKind::Outside);
            }
            Some((kind, Err(reason))) if *kind == self.order.kind => {
                let alarm = RichText::new(reason).color(Palette::of(ui).alarm);
                ui.put(room.shrink(24.0), Label::new(alarm).wrap());
            }
            _ => {
                ui.put(room, Spinner::new());
            }
        }
    }
}

/// The picture that the dialog begins with where no other was asked for: the relief where that alone is seen.
pub fn seen(session: &Session) -> PictureKind {
    if session.scenario().relief().has_plane() { PictureKind::Plane } else { PictureKind::Relief }
}

/// Of how many pictures a film is, so many steps apart.
fn pictures(frames: u32, stride: u32) -> String {
    match (frames, stride) {
        (1, _) => "1 picture".to_owned(),
        (_, 1) => format!("{frames} pictures, each step in one of its own"),
        _ => format!("{frames} pictures, {stride} steps from each to the next"),
    }
}

/// A line that explains.
fn hint(ui: &mut Ui, text: String) {
    ui.label(RichText::new(text).size(text_size::HINT).weak());
}

/// Pixels as egui has them.
fn image(pixels: &Pixels) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([pixels.width as usize, pixels.height as usize], &pixels.rgba)
}

fn texture(ctx: &Context, pixels: &Pixels) -> TextureHandle {
    ctx.load_texture("preview", image(pixels), TextureOptions::LINEAR)
}

/// The entries of a plot's menu.
pub fn plot_menu(ui: &mut Ui, context: &FrameContext<'_>, kind: PictureKind) {
    let theme = context.palette.scheme.theme;
    let request = || {
        let order = PictureOrder { theme, ..PictureOrder::usual(kind) };
        let turned = context.caches.turned.get();
        Box::new(PictureRequest::of(context.session, turned, order, FilmWish::default()))
    };
    if ui.button("Copy picture").clicked() {
        context.act(Action::CopyPicture(request()));
        ui.close();
    }
    if ui.button("Save picture as…").clicked() {
        context.act(Action::SavePicture(request()));
        ui.close();
    }
    if ui.button("Export picture…").on_hover_text("Size, theme, legend").clicked() {
        context.act(Action::ShowPictures(kind));
        ui.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_of_one_picture_is_told_so() {
        assert_eq!(pictures(1, 1), "1 picture");
        assert_eq!(pictures(20, 1), "20 pictures, each step in one of its own");
        assert_eq!(pictures(20, 3), "20 pictures, 3 steps from each to the next");
    }
}
