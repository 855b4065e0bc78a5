//! What differs between two documents: which fields, what has to be computed anew, and the words for undo.

use super::{PinnedRun, Runner, Scenario};

/// What a changed field makes stale, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invalidates {
    /// Nothing that is computed or drawn on the plane: texts, and what the panels show.
    Nothing,
    /// The picture, but no run.
    Picture,
    /// The runs from the starts of the cloud.
    Cloud,
    /// The run of the runner that has the field.
    Run,
    /// The runs of all runners and of the cloud.
    Runs,
    /// Who runs: runners came, went or changed places.
    Runners,
    /// The pinned runs.
    PinnedRuns,
    /// The surface, and with it everything that is computed on it.
    Surface,
}

/// The part of a document that has a changed field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The scenario itself.
    Scenario,
    /// The runner at this index, the same in both documents.
    Runner(usize),
}

/// A field that two documents have different values of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The part that has the field.
    pub subject: Subject,
    /// The field's key in a document.
    pub key: &'static str,
    /// What was changed, in a few words: "the number of steps", "the method".
    pub undo: String,
    /// What has to be computed anew.
    pub invalidates: Invalidates,
}

/// The fields that differ, in the order of the document. Runners are compared by index, and only if there are
/// as many in both: else the list of runners is what differs.
pub fn changes(old: &Scenario, new: &Scenario) -> Vec<FieldChange> {
    let words = |pairs: &[(bool, &'static str)]| {
        pairs.iter().find(|(differs, _)| *differs).map_or("a change", |(_, words)| words)
    };
    let name = |pin: &PinnedRun| pin.name.clone();
    let surface =
        words(&[(old.surface.of != new.surface.of, "the surface"), (true, "a setting of the surface")]);
    let pinned_runs = words(&[
        (old.pinned_runs.len() < new.pinned_runs.len(), "pinning the paths"),
        (old.pinned_runs.len() > new.pinned_runs.len(), "removing pinned paths"),
        (old.pinned_runs.iter().map(name).ne(new.pinned_runs.iter().map(name)), "a pinned path's name"),
    ]);
    let runners = words(&[
        (old.runners.len() < new.runners.len(), "a new runner"),
        (old.runners.len() > new.runners.len(), "removing a runner"),
    ]);
    let rows = [
        ("title", old.title != new.title, "the title", Invalidates::Nothing),
        ("notes", old.notes != new.notes, "the notes", Invalidates::Nothing),
        ("surface", old.surface != new.surface, surface, Invalidates::Surface),
        ("start", old.start != new.start, "the start", Invalidates::Runs),
        ("view", old.view != new.view, "the view", Invalidates::Picture),
        ("steps", old.steps != new.steps, "the number of steps", Invalidates::Runs),
        ("gradient", old.gradient != new.gradient, "the gradients", Invalidates::Runs),
        ("stop", old.stop != new.stop, "when runs end", Invalidates::Runs),
        ("cloud", old.cloud != new.cloud, "the cloud of starts", Invalidates::Cloud),
        ("runners", old.runners.len() != new.runners.len(), runners, Invalidates::Runners),
        ("ghosts", old.pinned_runs != new.pinned_runs, pinned_runs, Invalidates::PinnedRuns),
        ("show", old.show != new.show, "what is shown", Invalidates::Picture),
    ];
    let mut found: Vec<_> = rows
        .into_iter()
        .filter(|(_, differs, ..)| *differs)
        .map(|(key, _, undo, invalidates)| FieldChange {
            subject: Subject::Scenario,
            key,
            undo: undo.to_owned(),
            invalidates,
        })
        .collect();
    if old.runners.len() == new.runners.len() {
        for (index, (old, new)) in old.runners.iter().zip(&new.runners).enumerate() {
            let of = |change: FieldChange| FieldChange { subject: Subject::Runner(index), ..change };
            found.extend(runner_changes(old, new).into_iter().map(of));
        }
    }
    found
}

/// The fields of a runner that differ, in the order of the document; their subject is the runner at index 0.
pub fn runner_changes(old: &Runner, new: &Runner) -> Vec<FieldChange> {
    let optimizer = if old.optimizer.of == new.optimizer.of {
        let mut settings = old.optimizer.settings().zip(new.optimizer.settings());
        let first = settings.find(|((_, old), (_, new))| old != new);
        first.map_or("a setting", |((param, _), _)| param.doc)
    } else {
        "the method"
    };
    let rows = [
        ("label", old.label != new.label, "the look", Invalidates::Picture),
        ("optimizer", old.optimizer != new.optimizer, optimizer, Invalidates::Run),
        ("schedule", old.schedule != new.schedule, "the schedule", Invalidates::Run),
        ("gradient", old.gradient != new.gradient, "the gradients", Invalidates::Run),
        ("color", old.color != new.color, "the look", Invalidates::Picture),
        ("hidden", old.hidden != new.hidden, "hiding or showing", Invalidates::Picture),
    ];
    let found = rows.into_iter().filter(|(_, differs, ..)| *differs);
    found
        .map(|(key, _, undo, invalidates)| FieldChange {
            subject: Subject::Runner(0),
            key,
            undo: undo.to_owned(),
            invalidates,
        })
        .collect()
}

/// What differs between two documents, in the few words of a menu: "the number of steps", "the method of
/// Adam". Of several changes the one that weighs most is named.
pub fn undo_words(old: &Scenario, new: &Scenario) -> String {
    let found = changes(old, new);
    let has = |key: &str| found.iter().any(|change| change.key == key);
    if has("surface") && (has("title") || has("notes")) {
        return "opening another scenario".to_owned();
    }
    let Some(weight) = found.iter().map(|change| change.invalidates).max() else {
        return "a change".to_owned();
    };
    let mut heaviest = found.iter().filter(|change| change.invalidates == weight);
    let Some(first) = heaviest.next() else { return "a change".to_owned() };
    let Subject::Runner(index) = first.subject else { return first.undo.clone() };
    let others = |change: &FieldChange| matches!(change.subject, Subject::Runner(other) if other != index);
    let mut runners: Vec<_> = found.iter().filter(|change| others(change)).map(|c| c.subject).collect();
    runners.dedup();
    match (runners.len(), new.runners.get(index)) {
        (0, Some(runner)) => format!("{} of {}", first.undo, runner.name()),
        (others, _) => format!("{} runners", others + 1),
    }
}

/// Why a document may not hold what `scenario` holds, for the first field that is refused: a number beyond its
/// range, a text that is too long. The words are those of the reader.
pub fn refused(scenario: &Scenario) -> Option<String> {
    let read = super::parse(&super::to_ron(scenario)).err()?;
    read.into_iter().next().map(|diagnostic| diagnostic.message)
}
