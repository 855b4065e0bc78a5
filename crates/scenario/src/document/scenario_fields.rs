//! The table of the scenario's fields, and that of a pinned run's, which has a scenario.

use super::limits::{MAX_PINNED, MAX_RUNNERS, MAX_TITLE, MAX_TOTAL_STEPS, VERSION};
use super::runner::{Runner, refused_settings, write_gradient};
use super::scenario::{PinnedRun, STEPS, Scenario};
use super::scene_list::SCENES;
use super::start::{Start, StartCloud, read_view, refused_view, write_view};
use super::stop::Stop;
use super::view_state::ViewState;
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, read_record, refused, write_block, write_line, write_list};
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::ValueWriter;
use crate::text::syntax::SyntaxNode;
use std::borrow::Cow;
use std::sync::Arc;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::method::gradient;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::objective::objective::Objective;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::find;
use thalweg_core::spec::param::Param;
use thalweg_core::spec::range::Range;

static FIELDS: [Field<Scenario>; 14] = [
    Field::<Scenario>::form(
        "version",
        "the version of the format",
        Form {
            takes: "1, the only one that there is",
            default: "1",
            read: |reader, node, _| read_version(reader, node),
            // A pinned run is a part of a document that has its version.
            write: |_, writer| (!writer.is_part).then(|| VERSION.to_string()),
            is_same: |_, _| true,
            refused: |_| None,
        },
    )
    .always_written(),
    Field::<Scenario>::line(
        "title",
        "the title, one line",
        MAX_TITLE,
        |scenario| &scenario.title,
        |scenario, title| scenario.title = title,
    )
    .called("the title")
    .invalidates(Invalidates::Nothing, "the title"),
    Field::<Scenario>::markdown(
        "notes",
        "the lesson's text, in Markdown",
        |scenario| &scenario.notes,
        |scenario, notes| scenario.notes = notes,
    )
    .called("the text of `notes`")
    .invalidates(Invalidates::Nothing, "the notes"),
    Field::<Scenario>::form(
        "surface",
        "the surface with its settings",
        Form {
            takes: "a surface, `Quadratic(kappa: 30)`; `thalweg list surfaces` has them",
            default: "",
            read: |reader, node, scenario| {
                let readable = [surfaces::ALL, surfaces::OF_FILES].concat();
                let Some(surface) = reader.chosen(node, &readable) else { return false };
                // What is left out of view and start is where the surface is worth a look.
                let (view, start) = Objective::new(&surface).home();
                (scenario.view, scenario.start) = (view, Start::At(start));
                scenario.surface = surface;
                true
            },
            write: |scenario, writer| Some(writer.call(&scenario.surface)),
            is_same: |one, other| one.surface == other.surface,
            refused: |scenario| refused_settings(&scenario.surface),
        },
    )
    .invalidates_by(Invalidates::Surface, |old, new| {
        if old.surface.of == new.surface.of {
            Cow::Borrowed("a setting of the surface")
        } else {
            Cow::Borrowed("the surface")
        }
    })
    .required()
    .read_first(),
    Field::<Scenario>::form(
        "start",
        "where all runners start",
        Form {
            takes: "a point, `(-2.5, 1)`, or `Origin`, or `Random(seed: 7)`",
            default: "the surface's",
            read: |reader, node, scenario| {
                Start::read(reader, node, scenario.view).map(|start| scenario.start = start).is_some()
            },
            write: |scenario, _| Some(scenario.start.write()),
            is_same: |one, other| one.start == other.start,
            refused: |scenario| scenario.start.refused(),
        },
    )
    .invalidates(Invalidates::Runs, "the start")
    .always_written(),
    Field::<Scenario>::form(
        "view",
        "the part of the plane to show",
        Form {
            takes: "`(x: (-3, 3), y: (-2, 2))`",
            default: "the surface's, for each side that is left out",
            read: |reader, node, scenario| read_view(reader, node, "the view", &mut scenario.view),
            write: |scenario, _| Some(write_view(&scenario.view)),
            is_same: |one, other| one.view == other.view,
            refused: |scenario| refused_view(&scenario.view),
        },
    )
    .invalidates(Invalidates::Picture, "the view")
    .always_written()
    .read_first(),
    Field::<Scenario>::number(
        Param::number(
            "steps",
            "T",
            STEPS as f64,
            Range::STEPS,
            (1.0, 10_000.0),
            "how many steps are made at most",
        )
        .named("number of steps")
        .log(),
        |scenario| scenario.steps.into(),
        |scenario, steps| scenario.steps = steps as u32,
    )
    .invalidates(Invalidates::Runs, "the number of steps")
    .always_written(),
    Field::<Scenario>::form(
        "gradient",
        "which gradient the runners are given, unless they say otherwise",
        Form {
            takes: "`Exact`, `Noise(...)` or `Minibatch(...)`",
            default: "`Exact`",
            read: |reader, node, scenario| {
                reader.chosen(node, gradient::ALL).map(|gradient| scenario.gradient = gradient).is_some()
            },
            write: |scenario, writer| Some(write_gradient(&scenario.gradient, writer)),
            is_same: |one, other| one.gradient == other.gradient,
            refused: |scenario| refused_settings(&scenario.gradient),
        },
    )
    .invalidates(Invalidates::Runs, "the gradients")
    .always_written(),
    Field::<Scenario>::form(
        "stop",
        "when a run ends before its last step",
        Form {
            takes: "a rule to stop",
            default: "no test but that of divergence",
            read: |reader, node, scenario| read_record(reader, node, &mut scenario.stop),
            write: |scenario, writer| Some(write_line(&scenario.stop, &Stop::DEFAULT, writer)),
            is_same: |one, other| one.stop == other.stop,
            refused: |scenario| refused(&scenario.stop),
        },
    )
    .invalidates(Invalidates::Runs, "when runs end")
    .always_written(),
    Field::<Scenario>::form(
        "cloud",
        "many starts at once for the runner that is looked at",
        Form {
            takes: "a cloud of starts",
            default: "no cloud",
            read: |reader, node, scenario| {
                let mut cloud = StartCloud::within(scenario.view);
                let is_read = read_record(reader, node, &mut cloud);
                scenario.cloud = is_read.then_some(cloud);
                is_read
            },
            write: |scenario, writer| scenario.cloud.map(|cloud| write_line(&cloud, &cloud, writer)),
            is_same: |one, other| one.cloud == other.cloud,
            refused: |scenario| scenario.cloud.as_ref().and_then(refused),
        },
    )
    .invalidates(Invalidates::Cloud, "the cloud of starts"),
    Field::<Scenario>::form(
        "runners",
        "who races",
        Form {
            takes: "a list of runners",
            default: "",
            read: |reader, node, scenario| read_runners(reader, node, &mut scenario.runners),
            write: |scenario, writer| {
                let blank = |index: usize| Runner::new(Chosen::with_defaults(optimizers::ALL[0]), index);
                let runners = scenario.runners.iter().enumerate();
                let runners = runners.map(|(index, runner)| write_line(runner, &blank(index), writer));
                Some(write_list(runners, writer))
            },
            // What single runners have is told of each of them.
            is_same: |one, other| one.runners.len() == other.runners.len(),
            refused: |scenario| scenario.runners.iter().find_map(refused),
        },
    )
    .invalidates_by(Invalidates::Runners, |old, new| {
        if old.runners.len() < new.runners.len() {
            Cow::Borrowed("a new runner")
        } else {
            Cow::Borrowed("removing a runner")
        }
    })
    .required(),
    Field::<Scenario>::form(
        "ghosts",
        "the paths that were pinned",
        Form {
            takes: "a list of ghosts",
            default: "none",
            read: |reader, node, scenario| read_pinned_runs(reader, node, &mut scenario.pinned_runs),
            write: |scenario, writer| {
                let inner = ValueWriter { indent: writer.indent + 4, ..*writer };
                let blank = |pin: &PinnedRun| PinnedRun { name: String::new(), of: Arc::clone(&pin.of) };
                let pins = scenario.pinned_runs.iter().map(|pin| write_block(pin, &blank(pin), &inner));
                (!scenario.pinned_runs.is_empty()).then(|| write_list(pins, writer))
            },
            is_same: |one, other| one.pinned_runs == other.pinned_runs,
            refused: |scenario| scenario.pinned_runs.iter().find_map(refused),
        },
    )
    .invalidates_by(Invalidates::PinnedRuns, |old, new| {
        match old.pinned_runs.len().cmp(&new.pinned_runs.len()) {
            std::cmp::Ordering::Less => Cow::Borrowed("pinning the paths"),
            std::cmp::Ordering::Greater => Cow::Borrowed("removing pinned paths"),
            std::cmp::Ordering::Equal => Cow::Borrowed("a pinned path's name"),
        }
    }),
    Field::<Scenario>::form("scenes", "a story: what is told one after the other", SCENES)
        .invalidates(Invalidates::Nothing, "the scenes"),
    Field::<Scenario>::form(
        "show",
        "what the window shows of it all",
        Form {
            takes: "what is shown",
            default: "the layers that are marked, the page `Spectrum`",
            read: |reader, node, scenario| read_record(reader, node, &mut scenario.show),
            write: |scenario, writer| {
                let default = ViewState::default();
                let is_shown = scenario.show != default;
                is_shown.then(|| write_line(&scenario.show, &default, writer))
            },
            is_same: |one, other| one.show == other.show,
            refused: |scenario| refused(&scenario.show),
        },
    )
    .invalidates_by(Invalidates::Picture, |old, new| ViewState::undo_words(&old.show, &new.show)),
];

impl Record for Scenario {
    const WHAT: &'static str = "a scenario";
    const FORM: &'static str = "`(surface: ..., runners: [...])`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }

    fn check(&self, reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, read: &[&str]) -> bool {
        // An unknown surface is reported already, and everything else would be guesswork.
        if read.contains(&"surface") {
            let runners = node.field("runners").and_then(SyntaxNode::list).unwrap_or_default();
            let of_runners = runners.iter().filter_map(|runner| runner.field("gradient"));
            for gradient in node.field("gradient").into_iter().chain(of_runners) {
                let of = gradient.call().and_then(|(name, _)| find(gradient::ALL, name));
                if let Some(fault) = of.and_then(|of| self.gradient_fault(of)) {
                    reader.report.add(&gradient.span, fault);
                }
            }
        }
        if read.contains(&"runners")
            && let Some(fault) = self.total_fault()
        {
            let place = node.field("steps").or(node.field("runners")).unwrap_or(node);
            reader.report.add(&place.span, fault);
        }
        true
    }

    fn refused_together(&self) -> Option<String> {
        let own = self.runners.iter().filter_map(|runner| runner.gradient.as_ref());
        let too_many = (self.runners.len() > MAX_RUNNERS)
            .then(|| format!("found {} runners; at most {MAX_RUNNERS} are allowed", self.runners.len()))
            .or_else(|| {
                (self.pinned_runs.len() > MAX_PINNED).then(|| {
                    format!("found {} ghosts; at most {MAX_PINNED} are allowed", self.pinned_runs.len())
                })
            });
        let mut gradients = std::iter::once(&self.gradient).chain(own);
        too_many
            .or_else(|| gradients.find_map(|gradient| self.gradient_fault(&gradient.of)))
            .or_else(|| self.total_fault())
    }
}

impl Scenario {
    /// Why the surface cannot give such gradients: parts of the data only if there is any.
    fn gradient_fault(&self, gradient: &GradientMode) -> Option<String> {
        if !gradient.needs_data() || self.surface.of.is_mean() {
            return None;
        }
        let means = surfaces::ALL.iter().filter(|surface| surface.is_mean());
        let means: Vec<_> = means.map(|surface| surface.name).collect();
        Some(format!(
            "`{}` takes a surface that is a mean over data ({}); for others there is `Noise`",
            gradient.name,
            means.join(", ")
        ))
    }

    /// Why there are too many steps in all.
    fn total_fault(&self) -> Option<String> {
        let (runs, total) = (self.runs(), self.total_steps());
        (total > MAX_TOTAL_STEPS).then(|| {
            format!(
                "found {} steps for {runs} runs (a cloud's starts count too), {total} in all with the ghosts'; at most {MAX_TOTAL_STEPS} in all are allowed",
                self.steps
            )
        })
    }
}

/// Reads a whole scenario.
pub(crate) fn read_scenario(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<Scenario> {
    // Every surface would do: without one a scenario is refused.
    let mut scenario = Scenario::new(surfaces::ALL[0]);
    read_record(reader, node, &mut scenario).then_some(scenario)
}

/// Writes a whole scenario, a line for each field.
pub(crate) fn write_scenario(scenario: &Scenario, writer: &ValueWriter<'_>) -> String {
    // View and start are always written: they need not be those that the surface would have, which for a model on
    // data are searched for.
    let surface = Chosen::with_defaults(scenario.surface.of.clone());
    write_block(scenario, &Scenario { surface, ..Scenario::new(surfaces::ALL[0]) }, writer)
}

fn read_version(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> bool {
    if node.number() == Some(f64::from(VERSION)) {
        return true;
    }
    let allowed = format!("is {VERSION}, the only one that this program knows");
    reader.wrong::<()>(node, "the version of the format", &allowed).is_some()
}

fn read_runners(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, place: &mut Vec<Runner>) -> bool {
    let Some(list) = node.list() else {
        let form = "takes a list, `[(optimizer: Adam(lr: 0.05))]`";
        return reader.wrong::<()>(node, "`runners`", form).is_some();
    };
    if let Some(first_too_many) = list.get(MAX_RUNNERS) {
        let message = format!("found {} runners; at most {MAX_RUNNERS} are allowed", list.len());
        reader.report.add(&first_too_many.span, message);
    }
    let mut is_whole = true;
    for (index, node) in list.iter().take(MAX_RUNNERS).enumerate() {
        let mut runner = Runner::new(Chosen::with_defaults(optimizers::ALL[0]), index);
        let is_read = read_record(reader, node, &mut runner);
        if is_read || !reader.is_lenient {
            place.push(runner);
        }
        is_whole &= is_read || reader.is_lenient;
    }
    is_whole
}

fn read_pinned_runs(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, place: &mut Vec<PinnedRun>) -> bool {
    let Some(list) = node.list() else {
        let form = "takes a list, `[(name: \"before\", of: (surface: ..., runners: [...]))]`";
        return reader.wrong::<()>(node, "`ghosts`", form).is_some();
    };
    if let Some(first_too_many) = list.get(MAX_PINNED) {
        let message = format!("found {} ghosts; at most {MAX_PINNED} are allowed", list.len());
        reader.report.add(&first_too_many.span, message);
    }
    let nobody = Arc::new(Scenario::new(surfaces::ALL[0]));
    let mut is_whole = true;
    for node in list.iter().take(MAX_PINNED) {
        let mut pin = PinnedRun { name: String::new(), of: Arc::clone(&nobody) };
        let is_read = read_record(reader, node, &mut pin);
        if is_read || !reader.is_lenient {
            place.push(pin);
        }
        is_whole &= is_read || reader.is_lenient;
    }
    is_whole
}
