//! Reads the document of a scenario. Every diagnostic in it is collected, each with its place.

use super::{
    Color, Draw, MAX_BYTES, MAX_LABEL, MAX_RUNNERS, MAX_STEPS, MAX_TITLE, MAX_TOTAL_STEPS, Runner, Scenario,
    Start, StartCloud, Stop, VERSION,
};
use crate::diagnostic::{Diagnostic, LoadError, Report};
use crate::names::unknown;
use crate::syntax;
use crate::values::Reader;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use thalweg_core::data::Table;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::range::Range;

/// The scenario that `text` holds.
///
/// # Errors
/// All that is wrong with it, in the order of the text (past 200 diagnostics only their number); of
/// errors of syntax only the first.
pub fn parse(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    parse_in(text, None)
}

/// The same of a document in `folder`, from where the files that it names are named; none for the
/// present one.
///
/// # Errors
/// As of [`parse`].
pub(super) fn parse_in(text: &str, folder: Option<&Path>) -> Result<Scenario, Vec<Diagnostic>> {
    // Some editors put a byte order mark in front; it is no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(vec![too_large()]);
    }
    read(text, folder, &[]).map(|(scenario, _)| scenario)
}

/// The scenario that `text` holds, as it was when `kept` were the data in the files that it names: a file
/// that cannot be read any more is replaced by the table of its name. Also tells why, for each such file.
///
/// # Errors
/// As of [`parse`].
pub fn restore(text: &str, kept: &[Table]) -> Result<(Scenario, Vec<String>), Vec<Diagnostic>> {
    read(text, None, kept)
}

fn read(
    text: &str,
    folder: Option<&Path>,
    kept: &[Table],
) -> Result<(Scenario, Vec<String>), Vec<Diagnostic>> {
    let root = syntax::root(text).map_err(|diagnostic| vec![diagnostic])?;
    let mut reader = Reader { report: Report::new(text), folder, kept, missed: Vec::new() };
    let scenario = reader.scenario(root);
    let missed = reader.missed;
    reader.report.conclude(scenario).map(|scenario| (scenario, missed))
}

/// The scenario in the file at `path`.
///
/// # Errors
/// The file cannot be read, or it does not hold a scenario.
pub fn load(path: impl AsRef<Path>) -> Result<Scenario, LoadError> {
    let path = path.as_ref();
    let refused = |diagnostics| LoadError::Refused { file: path.display().to_string(), diagnostics };
    let bytes = read_some(path).map_err(|error| LoadError::unreadable(path, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(refused(vec![too_large()]));
    }
    let text = str::from_utf8(&bytes).map_err(|error| {
        let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
        let line = before.split('\n').count();
        let column = 1 + before.rsplit('\n').next().map_or(0, |last| last.chars().count());
        let message = "this is not text in UTF-8; save the file with that encoding".to_owned();
        refused(vec![Diagnostic { line, column, message }])
    })?;
    parse_in(text, path.parent()).map_err(refused)
}

/// The file's bytes, or one more than are allowed: a file without end is not read to its end.
fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large() -> Diagnostic {
    let message = format!("this is larger than {} KiB, the most that a scenario may have", MAX_BYTES / 1024);
    Diagnostic { line: 1, column: 1, message }
}

/// What a view says of x and of y.
type Sides = (Option<(f64, f64)>, Option<(f64, f64)>);

impl<'a> Reader<'a> {
    pub(super) fn scenario(&mut self, root: &'a str) -> Option<Scenario> {
        let form = "`(surface: ..., runners: [...])`";
        let [
            version,
            title,
            notes,
            surface,
            start,
            view,
            steps,
            gradient,
            stop,
            cloud,
            runners,
            pinned_runs,
            show,
        ] = self.fields(
            root,
            "a scenario",
            form,
            [
                "version", "title", "notes", "surface", "start", "view", "steps", "gradient", "stop",
                "cloud", "runners", "ghosts", "show",
            ],
        )?;
        for (key, value) in [("surface", surface), ("runners", runners)] {
            if value.is_none() {
                self.report.add(root, format!("`{key}` is missing; a scenario is written {form}"));
            }
        }
        // Everything is read, whatever is wrong before it, so that every diagnostic is reported.
        version.map(|text| self.version(text));
        let title = title.and_then(|text| self.line(text, "the title", MAX_TITLE));
        let notes = notes.and_then(|text| self.text(text, "the text of `notes`"));
        let surface: Option<Chosen<Surface>> = surface.and_then(|text| self.chosen(text));
        let view = view.and_then(|text| self.view(text, "the view"));
        let home =
            surface.as_ref().map_or((View::square(1.0), [0.0; 2]), |surface| Objective::new(surface).home());
        let view = {
            let (x, y) = view.unwrap_or_default();
            View { x: x.unwrap_or(home.0.x), y: y.unwrap_or(home.0.y) }
        };
        let start = start.and_then(|text| self.start(text, view));
        let cloud = cloud.and_then(|text| self.cloud(text, view));
        let steps_given = steps.and_then(|text| self.whole(text, "`steps`", 1, MAX_STEPS));
        // An unknown surface is reported already, and everything else would be guesswork.
        let is_mean = surface.as_ref().is_none_or(|surface| surface.of.is_mean());
        let gradient = gradient.and_then(|text| self.gradient(text, is_mean));
        let stop = stop.and_then(|text| self.stop(text));
        let racing = runners.and_then(|text| self.runners(text, is_mean));
        let pinned = pinned_runs.and_then(|text| self.pinned_runs(text));
        let show = show.and_then(|text| self.show(text));

        let surface = surface?;
        let mut scenario = Scenario::new(surface.of);
        scenario.surface = surface;
        scenario.title = title.unwrap_or_default();
        scenario.notes = notes.unwrap_or_default();
        scenario.start = start.unwrap_or(Start::At(home.1));
        scenario.view = view;
        scenario.steps = steps_given.unwrap_or(scenario.steps);
        scenario.gradient = gradient.unwrap_or_default();
        scenario.cloud = cloud;
        scenario.stop = stop.unwrap_or_default();
        scenario.runners = racing?;
        scenario.pinned_runs = pinned.unwrap_or_default();
        scenario.show = show.unwrap_or_default();

        let starts = scenario.cloud.map_or(0, |cloud| u64::from(cloud.count));
        let count = scenario.runners.len() as u64 + starts;
        let total = scenario.total_steps();
        if total > MAX_TOTAL_STEPS {
            let message = format!(
                "found {} steps for {count} runs (a cloud's starts count too), {total} in all with the ghosts'; at most {MAX_TOTAL_STEPS} in all are allowed",
                scenario.steps
            );
            self.report.add(steps.or(runners).unwrap_or(root), message);
        }
        Some(scenario)
    }

    fn version(&mut self, text: &'a str) -> Option<()> {
        let allowed = format!("is {VERSION}, the only one that this program knows");
        match syntax::number(text) {
            Some(number) if number == f64::from(VERSION) => Some(()),
            _ => self.wrong(text, "the version of the format", &allowed),
        }
    }

    fn view(&mut self, text: &'a str, what: &str) -> Option<Sides> {
        let [x, y] = self.fields(text, what, "`(x: (-3, 3), y: (-2, 2))`", ["x", "y"])?;
        Some((x.and_then(|text| self.side(text)), y.and_then(|text| self.side(text))))
    }

    fn side(&mut self, text: &'a str) -> Option<(f64, f64)> {
        let (low, high) = self.pair(text, "a side of the view")?;
        // The middle and the width are computed in drawing: they must be numbers too.
        if low < high && (high - low).is_finite() && low < f64::midpoint(low, high) {
            return Some((low, high));
        }
        self.wrong(text, "a side of the view", "takes the smaller number first, then a larger one")
    }

    /// A point, or how to find one; what is drawn at random is drawn in the view.
    fn start(&mut self, text: &'a str, view: View) -> Option<Start> {
        if syntax::pair(text).is_some() {
            return self.pair(text, "the start").map(|point| Start::At(point.into()));
        }
        let names = ["Origin", "Random"];
        match syntax::call(text) {
            Some(("Origin", "")) => Some(Start::Origin),
            Some(("Random", arguments)) => {
                let form = "`Random(seed: 7)`";
                let [seed, within] = self.fields(arguments, "`Random`", form, ["seed", "within"])?;
                self.draw([seed, within], view).map(Start::Random)
            }
            Some((name, _)) if !names.contains(&name) => {
                self.report.add(text, unknown("start", name, &names));
                None
            }
            _ => self.wrong(
                text,
                "the start",
                "is written as two numbers, `(-2.5, 1)`, or `Origin` or `Random(seed: 7)`",
            ),
        }
    }

    fn draw(&mut self, [seed, within]: [Option<&'a str>; 2], view: View) -> Option<Draw> {
        let seed = seed.map_or(Some(1), |text| self.whole(text, "`seed`", 0, u32::MAX));
        let (x, y) = within.and_then(|text| self.view(text, "`within`")).unwrap_or_default();
        Some(Draw { seed: seed?, within: View { x: x.unwrap_or(view.x), y: y.unwrap_or(view.y) } })
    }

    fn cloud(&mut self, text: &'a str, view: View) -> Option<StartCloud> {
        let form = "`(count: 100, seed: 7)`";
        let [count, seed, within] =
            self.fields(text, "the cloud of starts", form, ["count", "seed", "within"])?;
        let count = count.map_or(Some(100), |text| self.whole(text, "`count`", 1, StartCloud::MOST));
        let draw = self.draw([seed, within], view);
        Some(StartCloud { count: count?, draw: draw? })
    }

    /// Where gradients come from; parts of the data only if there is any.
    fn gradient(&mut self, text: &'a str, is_mean: bool) -> Option<Chosen<GradientMode>> {
        let chosen: Chosen<GradientMode> = self.chosen(text)?;
        if chosen.of.needs_data() && !is_mean {
            let means = Surface::table().iter().filter(|surface| surface.is_mean());
            let means: Vec<_> = means.map(|surface| surface.name).collect();
            let message = format!(
                "`{}` takes a surface that is a mean over data ({}); for others there is `Noise`",
                chosen.of.name,
                means.join(", ")
            );
            self.report.add(text, message);
            return None;
        }
        Some(chosen)
    }

    fn stop(&mut self, text: &'a str) -> Option<Stop> {
        let form = "`(gradient: 1e-6, divergence: 1e12)`";
        let keys = ["gradient", "divergence", "patience"];
        let [gradient, divergence, patience] = self.fields(text, "the rule to stop", form, keys)?;
        let gradient = gradient.and_then(|text| self.number(text, "`gradient`", Range::NOT_NEGATIVE));
        let divergence = divergence.and_then(|text| self.number(text, "`divergence`", Range::POSITIVE));
        let patience = patience.and_then(|text| self.whole(text, "`patience`", 0, MAX_STEPS));
        let default = Stop::default();
        Some(Stop {
            patience: patience.unwrap_or(default.patience),
            gradient: gradient.unwrap_or(default.gradient),
            divergence: divergence.unwrap_or(default.divergence),
        })
    }

    fn runners(&mut self, text: &'a str, is_mean: bool) -> Option<Vec<Runner>> {
        let Some(list) = syntax::list(text) else {
            return self.wrong(text, "`runners`", "takes a list, `[(optimizer: Adam(lr: 0.05))]`");
        };
        if let Some(first_too_many) = list.get(MAX_RUNNERS) {
            let message = format!("found {} runners; at most {MAX_RUNNERS} are allowed", list.len());
            self.report.add(first_too_many, message);
        }
        let list = list.into_iter().take(MAX_RUNNERS);
        let runners = list.enumerate().map(|(index, text)| self.runner(index, text, is_mean));
        // Collected in two steps: the first `None` must not end the reading.
        let runners: Vec<_> = runners.collect();
        runners.into_iter().collect()
    }

    fn runner(&mut self, index: usize, text: &'a str, is_mean: bool) -> Option<Runner> {
        let form = "`(optimizer: Adam(lr: 0.05))`";
        let keys = ["label", "optimizer", "schedule", "gradient", "color", "hidden"];
        let [label, optimizer, schedule, gradient, color, hidden] =
            self.fields(text, "a runner", form, keys)?;
        if optimizer.is_none() {
            self.report.add(text, format!("`optimizer` is missing; a runner is written {form}"));
        }
        let label = label.and_then(|text| self.line(text, "a label", MAX_LABEL));
        let optimizer: Option<Chosen<Optimizer>> = optimizer.and_then(|text| self.chosen(text));
        let chosen = schedule.and_then(|text| self.chosen::<Schedule>(text)).unwrap_or_default();
        if let (Some(text), Some(optimizer)) = (schedule, &optimizer)
            && !chosen.of.is_constant()
            && !optimizer.of.has_learning_rate()
        {
            let name = optimizer.of.name;
            self.report.add(text, format!("`{name}` has no learning rate that a schedule could change"));
        }
        let gradient = gradient.and_then(|text| self.gradient(text, is_mean));
        let color = color.and_then(|text| self.name(text, "color", &Color::ALL.map(Color::name)));
        let hidden = hidden.and_then(|text| self.switch(text, "`hidden`"));
        Some(Runner {
            label: label.unwrap_or_default(),
            optimizer: optimizer?,
            schedule: chosen,
            gradient,
            color: color.map_or(Color::of_runner(index), |index| Color::ALL[index]),
            hidden: hidden.unwrap_or_default(),
        })
    }
}
