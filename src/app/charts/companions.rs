//! What the third chart shows of the pinned paths: for each, its runner that stands for the focused one,
//! in its own race.

use crate::app::dash;
use crate::app::dash::Pattern;
use crate::app::{allowance, pinned};
use thalweg_analysis::spectral::decay::ErrorDecay;
use thalweg_analysis::spectral::eigenbasis::LossComponents;
use thalweg_analysis::spectral::sharpness::Sharpness;
use thalweg_core::run::run::Run;
use thalweg_scenario::{ChartKind, Layer, Runner};
use thalweg_session::{PinnedRace, Session};

/// The name of a pin, and a runner of its.
type Who<'a> = (&'a str, &'a Runner);

/// The runner of a pinned race that is shown beside the focused one; none where the pinned paths are not
/// shown.
fn counterparts(session: &Session) -> impl Iterator<Item = (Who<'_>, &PinnedRace, &Run, u64)> {
    let shown = session.scenario().show.layers.has(Layer::PinnedRuns);
    let focused = session.focused().filter(|_| shown);
    // Who is hidden is not pinned.
    let before = session.scenario().runners.iter().take(session.focus());
    let place = before.filter(|runner| !runner.hidden).count();
    focused.into_iter().flat_map(move |(focused, _)| {
        session.pinned_runs().filter_map(move |(pin, pinned)| {
            let (runner, run, version) = pinned.counterpart(focused, place)?;
            Some(((&*pin.name, runner), pinned, run, version))
        })
    })
}

/// The series of one pinned runner, kept while it is shown.
#[derive(Default)]
struct Series {
    version: u64,
    decay: ErrorDecay,
    components: LossComponents,
    sharpness: Sharpness,
}

/// One pinned runner beside the focused one.
pub struct Companion<'a> {
    /// What the pin is called.
    pub pin: &'a str,
    /// What it is called: the pin and the runner.
    pub name: String,
    /// How its lines are dashed.
    pub dash: Pattern,
    /// The number of its run.
    pub version: u64,
    /// Its errors.
    pub decay: &'a ErrorDecay,
    /// Its loss by components.
    pub components: &'a LossComponents,
    /// Its sharpness.
    pub sharpness: &'a Sharpness,
}

/// The series of all of them.
#[derive(Default)]
pub struct Companions(Vec<Series>);

impl Companions {
    /// Takes in what the chosen chart shows, as far as there is time. Whether something is left.
    pub fn update(&mut self, session: &Session) -> bool {
        let spell = allowance::COMPANIONS.begin();
        let mut old = std::mem::take(&mut self.0);
        let mut left = false;
        for (_, pinned, run, version) in counterparts(session) {
            let kept = old.iter().position(|series| series.version == version);
            let mut series =
                kept.map_or_else(|| Series { version, ..Series::default() }, |index| old.swap_remove(index));
            let run = Some((version, run));
            let (problem, late) = (pinned.race().problem(), || spell.is_over());
            let done = match session.scenario().show.chart {
                ChartKind::Decay => series.decay.update(run, problem, late),
                ChartKind::Components => series.components.update(run, problem, late),
                ChartKind::Sharpness => series.sharpness.update(run, problem, late),
            };
            left |= !done;
            self.0.push(series);
        }
        left
    }

    /// Those to show.
    pub fn shown<'a>(&'a self, session: &'a Session) -> impl Iterator<Item = Companion<'a>> {
        counterparts(session).zip(&self.0).map(|(((pin, runner), pinned, _, version), series)| Companion {
            pin,
            name: pinned::name_of(pin, runner),
            dash: dash::of_mark(pinned.mark()),
            version,
            decay: &series.decay,
            components: &series.components,
            sharpness: &series.sharpness,
        })
    }
}

/// What a tooltip says of them.
pub const SAYS: &str = "Of each pinned race its runner that stands for the focused one (of the same name and colour, \
                        or else of the same name, of the same colour, or at the same place) is drawn paler and \
                        dashed, computed in the pinned race: its surface, its start, its settings.";
