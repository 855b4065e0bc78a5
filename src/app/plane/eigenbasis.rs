//! The same race in the coordinates of the Hessian's eigenvectors at the point that the run tends to: beside the
//! plane, and linked with it.

use super::captions::{Caption, Captions, Corner, Rank};
use super::equal_axes_plot::{EqualAxesPlot, Shown};
use super::ink;
use super::ink::Window;
use super::paths::{Key, Path};
use super::{camera, overlay, to_screen};
use crate::app::context::{FrameContext, Pointed};
use crate::app::theme::Palette;
use crate::app::{allowance, dash, marker};
use crate::words::text;
use egui::{Label, Mesh, Painter, PointerButton, Rect, RichText, Shape, Stroke, Ui, vec2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::field::levels::Levels;
use thalweg_analysis::spectral::eigenbasis::EigenFrame;
use thalweg_core::objective::view::View;
use thalweg_core::run::trajectory::Sample;
use thalweg_scenario::{Layer, Start};
use thalweg_session::{Edit, Session};

/// How many lines of equal height are aimed at, and how many nodes their grid has along each side.
const LINES: usize = 14;
const NODES: usize = 90;
const BITE: usize = 4096;

/// The quadratic's ellipses.
struct Ellipses {
    key: (EigenFrame, Window, Palette),
    mesh: Arc<Mesh>,
}

/// The view, with what is kept between frames.
#[derive(Default)]
pub struct Eigenbasis {
    basis: Option<EigenFrame>,
    /// How far it is from the middle to the rim.
    reach: f64,
    frame: Option<Rect>,
    ellipses: Option<Ellipses>,
    paths: Vec<Option<Path>>,
}

impl Eigenbasis {
    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let session = context.session;
        ui.label(RichText::new("Eigenbasis").strong()).on_hover_text(
            "The same race seen along the Hessian's eigenvectors at the critical point that the run tends to: ξ = Q'(x - x*). On a \
             quadratic each coordinate goes its own way, as if the other were not there.",
        );
        let Some(basis) = context.caches.analysis.components().frame().copied() else {
            self.basis = None;
            let told = if session.focused().is_some() {
                "No critical point of this surface is known: there is nothing to measure from."
            } else {
                "Nobody races."
            };
            ui.add(Label::new(RichText::new(told).weak()).wrap());
            return;
        };
        let told = format!(
            "at the {} {}",
            basis.origin.kind.name(),
            text::point(basis.origin.at.x, basis.origin.at.y)
        );
        ui.add(Label::new(RichText::new(told).size(12.0).weak()).truncate());
        if self.basis != Some(basis) {
            self.basis = Some(basis);
            self.paths.clear();
            self.reach = 0.0;
        }
        // While the start is dragged, the view under the pointer stays.
        if self.reach == 0.0 || !ui.input(|input| input.pointer.any_down()) {
            self.reach = reach(&basis, session);
        }
        let height = ui.available_height().min(ui.available_width() * 1.15);
        let sheet = EqualAxesPlot {
            id: "eigenbasis",
            name: "The race in the coordinates of the eigenvectors",
            axes: ["ξ₁ along v₁", "ξ₂ along v₂"],
            ticks: [4.0, 5.0],
            margin: 36.0,
            size: vec2(ui.available_width(), height),
            view: View::square(self.reach),
        };
        let Shown { response, transform, view: bounds } = sheet.show(ui, &mut self.frame);
        let frame = *transform.frame();
        let xi = |pointer| {
            let point = transform.value_from_position(pointer);
            Vector2::new(point.x, point.y)
        };
        let moves_start =
            response.clicked_by(PointerButton::Primary) || response.dragged_by(PointerButton::Primary);
        if moves_start && let Some(pointer) = response.interact_pointer_pos() {
            let start = basis.point(xi(pointer));
            let start = [start.x, start.y].map(|value| camera::round(value, &transform));
            context.push(Edit::SetStart(Start::At(start)));
        }
        let palette = Palette::of(ui);
        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        painter.rect_filled(frame, 0.0, ui.visuals().extreme_bg_color);
        let window = Window { view: bounds, frame, scale: ui.ctx().pixels_per_point() };
        self.ellipses(&painter, &basis, window, &palette);
        let mut captions = Captions::new(&painter, frame, &palette);
        axes(&painter, &transform, &basis, &palette, &mut captions);
        self.paths(&painter, &transform, session, &basis, &palette);
        let start = Vector2::from(session.scenario().start.point());
        let start = to_screen(&transform, basis.coordinates(start));
        painter.circle_stroke(start, 7.5, Stroke::new(4.5, palette.halo));
        painter.circle_stroke(start, 7.5, Stroke::new(1.8, palette.ink));

        let pointed = &context.caches.pointed;
        if let Some(pointer) = response.hover_pos().filter(|pointer| frame.contains(*pointer)) {
            let xi = xi(pointer);
            pointed.set(Some(Pointed { at: basis.point(xi), in_eigenbasis: true }));
            let told = format!("ξ₁ {}   ξ₂ {}", text::number(xi.x), text::number(xi.y));
            captions.corner(Corner::TopLeft, &told, palette.ink);
        } else if pointed.get().is_some_and(|pointed| pointed.in_eigenbasis) {
            pointed.set(None);
        }
        if let Some(pointed) = pointed.get().filter(|pointed| !pointed.in_eigenbasis) {
            overlay::cross(&painter, to_screen(&transform, basis.coordinates(pointed.at)), &palette);
        }
        captions.show();
    }

    /// Lines of equal height of the quadratic λ₁ξ₁²/2 + λ₂ξ₂²/2.
    fn ellipses(&mut self, painter: &Painter, basis: &EigenFrame, window: Window, palette: &Palette) {
        let key = (*basis, window, *palette);
        let ellipses = match self.ellipses.take() {
            Some(ellipses) if ellipses.key == key => ellipses,
            _ => {
                let [low, high] = basis.spectrum.values;
                let grid =
                    Grid::of(window.view, NODES, NODES, |x, y| f64::midpoint(low * x * x, high * y * y));
                let contours = Contours::trace(&grid, Levels::choose(&grid, LINES).values());
                let stroke = Stroke::new(1.0, palette.contour);
                Ellipses { key, mesh: Arc::new(ink::mesh(&contours, &window, &[stroke], None)) }
            }
        };
        let ellipses = self.ellipses.insert(ellipses);
        if !ellipses.mesh.is_empty() {
            painter.add(Shape::Mesh(Arc::clone(&ellipses.mesh)));
        }
    }

    fn paths(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        session: &Session,
        basis: &EigenFrame,
        palette: &Palette,
    ) {
        let layers = session.scenario().show.layers;
        let future = layers.has(Layer::Future);
        let pinned = session.pinned_runs().filter(|_| layers.has(Layer::PinnedRuns));
        let pinned = pinned.flat_map(|(_, pinned)| {
            let dash = dash::of_mark(pinned.mark());
            pinned.runners().map(move |(runner, run, version)| ((None, Some(dash)), runner, run, version))
        });
        let running = session.runners().enumerate();
        let running = running
            .map(|(index, (runner, run))| ((Some(index), None), runner, run, session.run_version(index)));
        let all: Vec<_> = pinned.chain(running).collect();
        self.paths.resize_with(all.len(), || None);
        let spell = allowance::EIGENBASIS.begin();
        for (slot, ((index, dash), runner, run, version)) in self.paths.iter_mut().zip(all) {
            if index.is_some() && runner.hidden {
                *slot = None;
                continue;
            }
            let color = palette.runner(runner.color);
            let key = Key::of(painter, transform, palette, (version, color, dash));
            let path = match slot.take() {
                Some(path) if path.key == key => path,
                _ => Path::new(key),
            };
            let path = slot.insert(path);
            let samples = run.trajectory().samples();
            while path.outline.len() < samples.len() && !spell.is_over() {
                let bite = samples[path.outline.len()..].iter().take(BITE);
                let turned =
                    |sample: &Sample| Sample { position: basis.coordinates(sample.position), ..*sample };
                path.outline.push(&bite.map(turned).collect::<Vec<_>>());
            }
            if path.outline.len() < samples.len() {
                painter.ctx().request_repaint();
            }
            path.paint(painter, session.cursor(), future);
            let here = run.trajectory().at(session.cursor().min(run.trajectory().last_step()));
            if let Some(here) = here.filter(|here| here.position.iter().all(|part| part.is_finite())) {
                let head = to_screen(transform, basis.coordinates(here.position));
                let Some(index) = index else {
                    painter.circle_filled(head, 4.0, palette.halo);
                    painter.circle_stroke(head, 3.5, Stroke::new(1.5, color));
                    continue;
                };
                let radius = if session.focus() == index { 7.0 } else { 5.5 };
                painter.circle_filled(head, radius + 2.5, palette.halo);
                let shape = (runner.color, marker::round(session, index));
                marker::paint(painter, shape, head, radius, color, palette.ink);
            }
        }
    }
}

/// The two axes in the colours of their eigenvectors, each with its eigenvalue.
fn axes(
    painter: &Painter,
    transform: &PlotTransform,
    basis: &EigenFrame,
    palette: &Palette,
    captions: &mut Captions,
) {
    let frame = transform.frame();
    let origin = to_screen(transform, Vector2::zeros());
    let across = [frame.left_center(), frame.right_center()].map(|end| egui::pos2(end.x, origin.y));
    let upward = [frame.center_bottom(), frame.center_top()].map(|end| egui::pos2(origin.x, end.y));
    painter.line_segment(across, Stroke::new(1.6, palette.axes[0]));
    painter.line_segment(upward, Stroke::new(1.6, palette.axes[1]));
    let [low, high] = basis.spectrum.values.map(text::number);
    let ends = [egui::pos2(frame.right() - 30.0, origin.y), egui::pos2(origin.x, frame.bottom() - 10.0)];
    let texts = [format!("λ₁ {low}"), format!("λ₂ {high}")];
    for (i, out) in [vec2(0.0, 1.0), vec2(1.0, 0.0)].into_iter().enumerate() {
        captions.add(&Caption::new(&texts[i], palette.axes[i], ends[i], out, Rank::Region));
    }
}

/// As far as the start lies, and a little farther; where that is next to nothing, a part of the view.
fn reach(basis: &EigenFrame, session: &Session) -> f64 {
    let start = basis.coordinates(Vector2::from(session.scenario().start.point()));
    let View { x, y } = session.scenario().view;
    let least = (x.1 - x.0).min(y.1 - y.0) * 1e-3;
    let far = start.amax() * 1.25;
    if far > least && far.is_finite() { far } else { least.max(1e-9) * 250.0 }
}
