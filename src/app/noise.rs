//! The gradient of the focused runner's next step where it is not the exact one: kept for the data
//! view and the plot, and told in words and numbers.

use crate::app::text_size;
use crate::words::text;
use egui::{Grid, Label, RichText, Ui};
use thalweg_analysis::data::minibatches::{GradientOrigin, GradientSample, OtherBatches};
use thalweg_core::run::run::Run;
use thalweg_figure::cache::Derived;
use thalweg_session::Session;

/// The surface, the run, its place and its step that possible gradients belong to; none without a runner.
type NoiseKey = Option<(u64, u64, usize, u32)>;

/// The possible gradients of the focused runner's step at the cursor.
#[derive(Default)]
pub struct Noise {
    others: Option<OtherBatches>,
    sampling: Derived<NoiseKey, Option<GradientSample>>,
}

impl Noise {
    /// Draws them anew if the runner stands elsewhere than before.
    pub fn update(&mut self, session: &Session) {
        let focused = session.focused().map(|(_, run)| run);
        let key = focused.map(|run| {
            let (focus, surface) = (session.focus(), session.surface_version());
            (surface, session.run_version(focus), focus, step(session, run))
        });
        let others = &mut self.others;
        self.sampling.get_or(key, || focused.and_then(|run| sample(session, run, others)));
    }

    /// The possible gradients; none where the gradient is exact or there is no runner.
    pub fn sampling(&self) -> Option<&GradientSample> {
        self.sampling.kept()?.as_ref()
    }

    /// The block of the right panel; nothing where the gradient is exact.
    pub fn show(&self, ui: &mut Ui) {
        let Some(sampling) = self.sampling() else { return };
        ui.separator();
        ui.label(RichText::new("Gradient of this step").strong()).on_hover_text(
            "The gradient that the focused runner's next step is given, and how far such gradients are \
             from the full one",
        );
        ui.add(Label::new(RichText::new(source(&sampling.origin)).size(text_size::LABEL)).wrap());
        let of_batch = matches!(sampling.origin, GradientOrigin::Batch { .. });
        Grid::new("gradient of this step").num_columns(2).spacing([10.0, 2.0]).min_col_width(112.0).show(
            ui,
            |ui| {
                let [x, y] = sampling.along;
                let (name, tip) = if of_batch {
                    (
                        "spread of examples σ",
                        "How far the gradient of a single example is from the full one: the root of the mean \
                         square of their distance",
                    )
                } else {
                    ("noise σ", "The standard deviation of the noise in each coordinate of the gradient")
                };
                let sigma = if of_batch { sampling.sigma } else { x };
                let tip = format!("{tip}\nalong x {}, along y {}", text::number(x), text::number(y));
                row(ui, name, &tip, &text::number(sigma));
                row(ui, "standard error", law(&sampling.origin).1, law(&sampling.origin).0);
                row(ui, "    predicted", law(&sampling.origin).1, &text::number(sampling.predicted));
                let over = format!("    measured over {}", sampling.measured_over);
                let tip = "The root of the mean square distance from the full gradient, over so many possible \
                           gradients: drawn in the same way as the run's own, from another seed";
                row(ui, &over, tip, &text::number(sampling.measured));
                let tip = "The angle between this step's gradient and the full one: above 90° the step leads \
                           uphill";
                let angle = sampling.angle().map_or_else(
                    || "undefined".to_owned(),
                    |angle| format!("{:.1}° off the full one", angle.to_degrees()),
                );
                row(ui, "this step's gradient", tip, &angle);
                let ratio = sampling.ratio().map_or_else(
                    || "undefined".to_owned(),
                    |ratio| format!("{} times the full one's", text::digits(ratio, 3)),
                );
                row(ui, "    length", "How many times as long it is as the full gradient", &ratio);
            },
        );
        let others = if of_batch { "batches" } else { "draws of the noise" };
        let words = format!(
            "On the plot, downhill and to one scale: the full gradient (double line), this step's (in the runner's \
             colour), and those of {} other {others} (thin).",
            sampling.possible.len()
        );
        ui.add(Label::new(RichText::new(words).size(text_size::LABEL).weak()).wrap());
    }
}

fn sample(session: &Session, run: &Run, others: &mut Option<OtherBatches>) -> Option<GradientSample> {
    let step = step(session, run);
    let sample = run.trajectory().at(step)?;
    let objective = &session.race().problem().objective;
    GradientSample::at(objective, run.gradient(), step, sample.position, others)
}

/// The step that the runner makes next; the last one that it has reached, where its run has ended.
fn step(session: &Session, run: &Run) -> u32 {
    session.cursor().min(run.trajectory().last_step())
}

fn row(ui: &mut Ui, name: &str, tip: &str, value: &str) {
    ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_text(tip);
    ui.add(Label::new(RichText::new(value).size(text_size::VALUE)).wrap()).on_hover_text(tip);
    ui.end_row();
}

/// Where this step's gradient comes from: "8 of 64 examples, epoch 3, batch 2 of 8".
pub fn source(origin: &GradientOrigin) -> String {
    match origin {
        GradientOrigin::Noise { .. } => "the full gradient plus normal noise".to_owned(),
        GradientOrigin::Batch { size, rows, turn: Some(turn) } => format!(
            "{} of {} examples, epoch {}, batch {} of {}",
            text::count(*size),
            text::count(*rows),
            text::count(turn.epoch.saturating_add(1)),
            text::count(turn.batch + 1),
            text::count(turn.batches)
        ),
        GradientOrigin::Batch { size, rows, turn: None } => {
            format!("{} of {} examples, with replacement", text::count(*size), text::count(*rows))
        }
    }
}

/// The standard error in symbols, and in words.
fn law(origin: &GradientOrigin) -> (&'static str, &'static str) {
    match origin {
        GradientOrigin::Noise { .. } => {
            ("σ·√2", "The noise's usual length: its two coordinates have the deviation σ each")
        }
        GradientOrigin::Batch { turn: Some(_), .. } => (
            "σ/√B · √((n-B)/(n-1))",
            "How far the mean over B of n examples usually is from the mean over all, where none is drawn \
             twice: four times the batch, half the error, and less as the batch nears all of the data",
        ),
        GradientOrigin::Batch { turn: None, .. } => (
            "σ/√B",
            "How far the mean over B drawn examples usually is from the mean over all: four times the batch, \
             half the error",
        ),
    }
}
