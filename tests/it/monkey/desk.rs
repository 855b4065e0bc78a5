//! The window as the monkey has it: a size, a scale, a clock, and what it sees of it.

use crate::dropped_file::FileOnDisk;
use egui::epaint::{ClippedShape, Primitive};
use egui::{Context, Event, Pos2, RawInput, Rect, Vec2, ViewportId, pos2};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use thalweg::app::App;
use thalweg_scenario::Scenario;
use thalweg_session::{Clock, Runtime, Workers};

/// Where the events are kept.
pub const LOG: &str = "monkey.log";
/// A frame that takes longer is told of, if `THALWEG_MONKEY_SLOW` says how many milliseconds that is.
static ASKED: AtomicU64 = AtomicU64::new(0);

/// A clock on which time passes whenever somebody looks: work is done in slices, and always in the same ones.
fn now() -> Duration {
    Duration::from_micros(200 * ASKED.fetch_add(1, Ordering::Relaxed))
}

/// The window.
pub struct Desk {
    ctx: Context,
    pub app: App,
    /// In points.
    pub size: Vec2,
    /// Pixels in a point.
    pub scale: f32,
    /// Where there is something that has a name or can be pressed.
    pub widgets: Vec<Rect>,
    time: f64,
    log: File,
    slow: Option<u64>,
}

impl Desk {
    pub fn new(scenario: Scenario) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let runtime = Runtime { clock: Clock::new(now), workers: Workers::Caller };
        let app = App::open(&ctx, scenario, runtime);
        let log = File::create(LOG).expect("a file in this folder");
        let slow = super::number("THALWEG_MONKEY_SLOW");
        Self {
            ctx,
            app,
            size: Vec2::new(1366.0, 768.0),
            scale: 1.0,
            widgets: Vec::new(),
            time: 0.0,
            log,
            slow,
        }
    }

    pub fn note(&mut self, what: &str) {
        writeln!(self.log, "{what}").expect("written");
    }

    /// Draws a frame, down to the triangles.
    pub fn frame(&mut self, events: Vec<Event>, dropped: Option<&Path>) {
        let begin = Instant::now();
        self.time += 1.0 / 60.0;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.time),
            events,
            dropped_files: dropped
                .map(|path| Arc::new(FileOnDisk(path.to_owned())) as _)
                .into_iter()
                .collect(),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(self.scale);
        }
        eframe::App::raw_input_hook(&mut self.app, &self.ctx, &mut input);
        let output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        if let Some(update) = &output.platform_output.accesskit_update {
            let at = |x: f64, y: f64| pos2(x as f32, y as f32) / self.scale;
            let rects = update.nodes.iter().filter_map(|(_, node)| node.bounds());
            let rects = rects.map(|rect| Rect::from_min_max(at(rect.x0, rect.y0), at(rect.x1, rect.y1)));
            let seen = Rect::from_min_size(Pos2::ZERO, self.size);
            self.widgets = rects.filter(|rect| seen.contains(rect.center())).collect();
        }
        let drawn = begin.elapsed();
        let (shapes, scale) = (output.shapes.clone(), output.pixels_per_point);
        output.drop_without_applying_deltas();
        if let Some(wrong) = self.undrawable(shapes.clone(), scale) {
            let culprit =
                shapes.into_iter().find(|shape| self.undrawable(vec![shape.clone()], scale).is_some());
            let culprit: String = format!("{culprit:?}").chars().take(600).collect();
            panic!("a corner at {wrong:?} of {culprit}");
        }
        let slow = self.slow.map(Duration::from_millis);
        if slow.is_some_and(|slow| drawn > slow) {
            let document = thalweg_scenario::to_ron(self.app.session().scenario());
            println!("a frame of {drawn:?}\n{document}");
        }
    }
    /// A corner of a triangle that is nowhere.
    fn undrawable(&self, shapes: Vec<ClippedShape>, scale: f32) -> Option<Pos2> {
        self.ctx.tessellate(shapes, scale).into_iter().find_map(|primitive| match primitive.primitive {
            Primitive::Mesh(mesh) => {
                mesh.vertices.iter().map(|vertex| vertex.pos).find(|pos| !pos.is_finite())
            }
            Primitive::Callback(_) => None,
        })
    }
}
