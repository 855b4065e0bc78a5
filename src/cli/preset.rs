//! The preset that a command is about, and what is changed of it for this time.

use super::failure::{Failure, note};
use crate::files::disk::{Disk, is_standard_input};
use crate::files::given_preset::{GivenPreset, given_link, given_name, open_given};
use crate::files::inputs::InputFiles;
use clap::Args;
use std::path::{Path, PathBuf};
use thalweg_scenario::{
    LinkOptions, MAX_STEPS, MAX_TOTAL_STEPS, Scenario, assign, printable, scene_document,
};

/// Which preset, and what is changed of it.
#[derive(Args, Debug)]
pub struct PresetArguments {
    /// A preset file, the name of a built-in preset, a link in quotes, or - for standard input
    preset: PathBuf,
    /// Change a setting for this time; may be repeated
    ///
    /// KEY is lr for all runners that have it, 2.lr or LABEL.lr for one of them, 2.schedule.total for its schedule,
    /// 2.gradient.sigma for its gradients, surface.kappa for the surface. VALUE is written as in a preset.
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
}

/// A preset that was opened.
#[derive(Debug)]
pub struct OpenPreset {
    /// What it says, with what was changed.
    pub scenario: Scenario,
    /// The files that it was read from.
    pub inputs: InputFiles,
    /// How a link that it came in shows it.
    pub options: LinkOptions,
}

impl PresetArguments {
    /// Reads the preset, and changes what is asked for. Of a story whose scene a link names it is the document that
    /// this scene begins with.
    ///
    /// # Errors
    /// There is none, it is not a scenario (the message has a line for each diagnostic), or a setting is not one
    /// of it.
    pub fn open(&self) -> Result<OpenPreset, Failure> {
        self.open_as(|scenario, options| {
            let scene = options.scene.take()?;
            let count = scenario.scenes.len();
            if scene as usize > count {
                return Some(format!("`&scene={scene}` is passed over: the number of scenes is {count}"));
            }
            *scenario = Scenario { scenes: Vec::new(), ..scene_document(scenario, scene as usize - 1) };
            None
        })
    }

    /// Opens what is named, with the whole story where a link names a scene of it.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub fn open_story(&self) -> Result<OpenPreset, Failure> {
        self.open_as(|_, _| None)
    }

    /// Reads the preset, lets `choose` take a part of it, and changes what is asked for. What `choose` says is noted.
    fn open_as(
        &self,
        choose: impl Fn(&mut Scenario, &mut LinkOptions) -> Option<String>,
    ) -> Result<OpenPreset, Failure> {
        let GivenPreset { mut scenario, mut options, mut remarks } = open_given(&self.preset)?;
        remarks.extend(choose(&mut scenario, &mut options));
        for remark in remarks {
            note(&format!("{}: {remark}", given_name(&self.preset)));
        }
        // Before a setting takes other data in.
        let mut inputs = InputFiles::of(self.file(), &scenario);
        for line in &self.set {
            assign(&mut scenario, line, &mut Disk::default())
                .map_err(|reason| Failure::arguments(format!("--set {}: {reason}", printable(line))))?;
        }
        inputs = inputs.and(InputFiles::of(None, &scenario));
        Ok(OpenPreset { scenario, inputs, options })
    }

    /// The file that is read, if it is one.
    fn file(&self) -> Option<&Path> {
        let path = if is_standard_input(&self.preset) { Path::new("/dev/stdin") } else { &self.preset };
        given_link(path).is_none().then_some(path)
    }
}

/// A number of steps, as an argument.
///
/// # Errors
/// It is none.
pub fn steps(text: &str) -> Result<u32, String> {
    let steps = text.parse().ok().filter(|steps| (1..=MAX_STEPS).contains(steps));
    steps.ok_or_else(|| format!("write a whole number from 1 to {MAX_STEPS}"))
}

/// The number of a runner, counted from 1.
///
/// # Errors
/// It is none.
pub fn runner_number(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "write the number of a runner, counted from 1".to_owned())
}

/// Lets the runners of a scenario make so many steps, if anything is said of that.
///
/// # Errors
/// Together they would make too many.
pub fn set_steps(scenario: &mut Scenario, steps: Option<u32>) -> Result<(), Failure> {
    let Some(steps) = steps else { return Ok(()) };
    let runners = scenario.runners.len() as u64;
    if runners * u64::from(steps) > MAX_TOTAL_STEPS {
        let most = MAX_TOTAL_STEPS / runners;
        return Err(Failure::arguments(format!(
            "--steps {steps}: with the preset's {runners} runners at most {most} steps are allowed"
        )));
    }
    scenario.steps = steps;
    Ok(())
}

/// The place of the runner that is counted from 1.
///
/// # Errors
/// There is none.
pub fn runner_at(scenario: &Scenario, number: usize) -> Result<usize, Failure> {
    let index = number.checked_sub(1).filter(|index| *index < scenario.runners.len());
    index.ok_or_else(|| {
        let count = scenario.runners.len();
        let runners =
            if count == 1 { "1 runner".to_owned() } else { format!("{count} runners, counted from 1") };
        Failure::arguments(format!("--runner {number}: the preset has {runners}"))
    })
}
