//! What each edit makes of a document.

use crate::command::{Edit, RunnerEdit};
use crate::default_lr::suited;
use crate::limits::{
    can_give, can_pin, has_room_for_runner, keep_possible_gradients, most_runs, most_steps, runs,
};
use thalweg_core::catalogue::{typed_rule, typed_schedule};
use thalweg_core::math::within::Within;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_core::run::modified_method::title_with_modifiers;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    Color, Layer, MAX_LABEL, MAX_TITLE, METHOD_QUOTED, PinnedRun, Runner, Scenario, Start, StartCloud,
    one_line, refused,
};

/// The document that `edit` makes of `document`. An edit that makes no sense (of a runner that is not there, to
/// a value that no document may hold) makes the same document. `opened` is the document as it was
/// opened: its view is the one to fit.
#[must_use]
pub fn edit(document: &Scenario, opened: &Scenario, edit: &Edit) -> Scenario {
    let mut new = document.clone();
    apply(&mut new, opened, edit.clone());
    if refused(&new).is_some() { document.clone() } else { new }
}

fn apply(document: &mut Scenario, opened: &Scenario, edit: Edit) {
    match edit {
        Edit::ChooseSurface(surface) => {
            document.surface = Chosen::with_defaults(surface);
            document.cloud = None;
            // What was said of another surface is not said of this one.
            if document.title == opened.title && document.notes == opened.notes {
                document.title.clear();
                document.notes.clear();
            }
            go_home(document);
            keep_possible_gradients(document);
        }
        Edit::SetSurface(key, value) => {
            let is_data = matches!(value, Value::Data(_) | Value::Switch(_) | Value::Grid(_));
            let (is_formula, was_univariate) =
                (matches!(value, Value::Formula(_)), document.surface.is_univariate());
            let is_set = document.surface.set(&key, value);
            // Other data, or the same on other scales, lie elsewhere.
            if is_set && is_data && has_home_of_its_own(document) {
                go_home(document);
            }
            if is_set && is_formula {
                follow_formula(document, was_univariate);
            }
        }
        Edit::SetConstant(name, value) => {
            document.surface.set_constant(&name, value);
        }
        Edit::SetStart(start) => document.start = start,
        Edit::SetCloud(cloud) => {
            document.cloud = None;
            let room = most_runs(document, document.steps).saturating_sub(runs(document));
            let fitted = |cloud: StartCloud| StartCloud {
                count: cloud.count.min(StartCloud::MOST).min(room),
                ..cloud
            };
            document.cloud = cloud.map(fitted).filter(|cloud| cloud.count > 0);
        }
        Edit::ChooseGradient(mode) => {
            if can_give(document, mode) {
                document.gradient = document.gradient.turned_into(mode);
            }
        }
        Edit::SetGradient(key, value) => {
            let _ = document.gradient.set(&key, value);
        }
        Edit::SetView(view) => document.view = view,
        Edit::FitView => document.view = home(document, opened),
        Edit::SetSteps(steps) => {
            document.steps = steps.within(1, most_steps(document, runs(document)).max(1));
        }
        Edit::SetStop(stop) => document.stop = stop,
        Edit::SetTitle(title) => document.title = one_line(&title, MAX_TITLE),
        Edit::SetNotes(notes) => document.notes = notes,
        Edit::Become(other) => *document = *other,
        Edit::AddRunner(optimizer) => {
            let index = document.runners.len();
            let optimizer = suited(optimizer, &document.problem(), document.view);
            let runner = Runner { color: free_color(document), ..Runner::new(optimizer, index) };
            let label = numbered(document, &runner);
            insert(document, index, Runner { label, ..runner });
        }
        Edit::Solo(index) => {
            let is_alone = |document: &Scenario| {
                let mut others = document.runners.iter().enumerate();
                others.all(|(other, runner)| runner.hidden == (other != index))
            };
            let was_alone = is_alone(document);
            for (other, runner) in document.runners.iter_mut().enumerate() {
                runner.hidden = !was_alone && other != index;
            }
        }
        Edit::MoveRunner(from, to) => {
            if from.max(to) < document.runners.len() {
                let runner = document.runners.remove(from);
                document.runners.insert(to, runner);
            }
        }
        Edit::Runner(index, edit) => apply_to_runner(document, index, edit),
        Edit::SetRates(rates) => {
            for (index, rate) in rates {
                apply_to_runner(document, index, RunnerEdit::Set("lr".into(), Value::Number(rate)));
            }
        }
        Edit::LookAt(look_at) => document.show.look_at = look_at,
        Edit::Show(show) => document.show = *show,
        Edit::Pin(name) => {
            if can_pin(document) {
                document.pinned_runs.push(PinnedRun::pin(one_line(&name, MAX_LABEL), document));
                // Who pins wants to see it.
                document.show.layers = document.show.layers.with(Layer::PinnedRuns, true);
            }
        }
        Edit::RenamePinned(index, name) => {
            if let Some(pin) = document.pinned_runs.get_mut(index) {
                pin.name = one_line(&name, MAX_LABEL);
            }
        }
        Edit::RemovePinned(index) => {
            if index < document.pinned_runs.len() {
                document.pinned_runs.remove(index);
            }
        }
    }
}

fn apply_to_runner(document: &mut Scenario, index: usize, edit: RunnerEdit) {
    let Some(mut runner) = document.runners.get(index).cloned() else { return };
    match edit {
        RunnerEdit::Rename(label) => runner.label = one_line(&label, MAX_LABEL),
        RunnerEdit::Recolor(color) => runner.color = color,
        RunnerEdit::Hide(hidden) => runner.hidden = hidden,
        RunnerEdit::Set(_, Value::Rule(rule)) => {
            let (method, modifiers) = (runner.optimizer.method(), runner.optimizer.modifiers());
            runner.optimizer = fitting(&typed_rule::with_settings_of(&rule, &method), modifiers);
            if !runner.optimizer.of.has_learning_rate() {
                runner.schedule = Chosen::default();
            }
        }
        RunnerEdit::Set(key, value) => {
            let _ = runner.optimizer.set(&key, value);
            let modifiers = runner.optimizer.modifiers();
            if runner.optimizer.modifiers_fault(&modifiers).is_some() {
                return;
            }
            runner.optimizer = runner.optimizer.refreshed();
        }
        RunnerEdit::AddModifier(modifier) => {
            let mut modifiers = runner.optimizer.modifiers();
            let last = modifiers.iter().position(|other| other.of.stands_apart).unwrap_or(modifiers.len());
            modifiers.insert(last, within(modifier, document.view));
            act(&mut runner, &modifiers);
        }
        RunnerEdit::RemoveModifier(place) => {
            let mut modifiers = runner.optimizer.modifiers();
            if place < modifiers.len() {
                modifiers.remove(place);
            }
            act(&mut runner, &modifiers);
        }
        RunnerEdit::MoveModifier(from, to) => {
            let mut modifiers = runner.optimizer.modifiers();
            if from.max(to) < modifiers.len() {
                let moved = modifiers.remove(from);
                modifiers.insert(to, moved);
            }
            act(&mut runner, &modifiers);
        }
        RunnerEdit::MakeRule(method) => {
            let modifiers = runner.optimizer.modifiers();
            let from = method.map_or_else(
                || runner.optimizer.method(),
                |method| suited(method, &document.problem(), document.view),
            );
            let rule = typed_rule::rule_of(&from).unwrap_or_else(|| typed_rule::typical(&from));
            runner.optimizer = fitting(&rule, modifiers);
            if !runner.optimizer.of.has_learning_rate() {
                runner.schedule = Chosen::default();
            }
        }
        RunnerEdit::Choose(optimizer) => {
            // Within a family a setting means the same; across families not even the rate does.
            let chosen = if runner.optimizer.of.group == optimizer.group {
                runner.optimizer.method().turned_into(optimizer)
            } else {
                suited(optimizer, &document.problem(), document.view)
            };
            runner.optimizer = fitting(&chosen, runner.optimizer.modifiers());
            if !optimizer.has_learning_rate() {
                runner.schedule = Chosen::default();
            }
        }
        RunnerEdit::ChooseSchedule(schedule) => {
            if schedule.is_constant() || runner.optimizer.of.has_learning_rate() {
                runner.schedule = runner.schedule.turned_into(schedule);
            }
        }
        RunnerEdit::ReplaceSchedule(schedule) => {
            let fits = schedule.sequence_fault().is_none();
            if fits && (schedule.of.is_constant() || runner.optimizer.of.has_learning_rate()) {
                runner.schedule = *schedule;
            }
        }
        RunnerEdit::SetSchedule(key, Value::Rate(rate)) => {
            let typed = |schedule: &Chosen<Schedule>| typed_schedule::with_settings_of(&rate, schedule);
            let part = key.split_once('.').and_then(|(part, _)| part.parse::<usize>().ok()?.checked_sub(1));
            let schedule = match part {
                None => Some(typed(&runner.schedule)).filter(|_| runner.schedule.rate().is_some()),
                Some(part) => runner.schedule.with_part_changed(part, typed),
            };
            runner.schedule = schedule.unwrap_or(runner.schedule);
        }
        RunnerEdit::SetSchedule(key, value) => {
            let mut schedule = runner.schedule.clone();
            if schedule.set(&key, value) && schedule.sequence_fault().is_none() {
                runner.schedule = schedule;
            }
        }
        RunnerEdit::ChooseGradient(mode) => {
            let given = runner.gradient.as_ref().unwrap_or(&document.gradient);
            let chosen = mode.map(|mode| given.turned_into(mode));
            if mode.is_none_or(|mode| can_give(document, mode)) {
                runner.gradient = chosen;
            }
        }
        RunnerEdit::SetGradient(key, value) => {
            if let Some(gradient) = &mut runner.gradient {
                let _ = gradient.set(&key, value);
            }
        }
        RunnerEdit::Remove => {
            document.runners.remove(index);
            return;
        }
        RunnerEdit::Duplicate => {
            runner.color = free_color(document);
            runner.label = numbered(document, &runner);
            return insert(document, index + 1, runner);
        }
    }
    document.runners[index] = runner;
}

/// Lets these modifiers act on a runner, if they can.
fn act(runner: &mut Runner, modifiers: &[Chosen<Modifier>]) {
    if runner.optimizer.modifiers_fault(modifiers).is_none() {
        runner.optimizer = runner.optimizer.under(modifiers);
    }
}

/// A method under the modifiers that there is room for.
fn fitting(method: &Chosen<Optimizer>, mut modifiers: Vec<Chosen<Modifier>>) -> Chosen<Optimizer> {
    while let Some((index, _)) = method.modifiers_fault(&modifiers) {
        modifiers.truncate(index);
    }
    method.under(&modifiers)
}

/// A modifier with its defaults; of one that keeps runs in a region, most of what is seen.
fn within(modifier: &'static Modifier, view: View) -> Chosen<Modifier> {
    let mut chosen = Chosen::with_defaults(modifier);
    let inside = |(low, high): (f64, f64)| {
        let brief = |number: f64| format!("{number:.1e}").parse().unwrap_or(number);
        [0.2, 0.8].map(|part| brief(low + part * (high - low)))
    };
    if modifier.region.is_some() {
        for (key, number) in ["x_min", "x_max"].into_iter().zip(inside(view.x)) {
            let _ = chosen.set(key, Value::Number(number));
        }
        for (key, number) in ["y_min", "y_max"].into_iter().zip(inside(view.y)) {
            let _ = chosen.set(key, Value::Number(number));
        }
    }
    if chosen.fault().is_some() { Chosen::with_defaults(modifier) } else { chosen }
}

fn insert(document: &mut Scenario, index: usize, runner: Runner) {
    if has_room_for_runner(document) {
        document.runners.insert(index, runner);
    }
}

/// The label of a runner that comes to the others: its own, or its method's title with a number where one of them
/// is called so already. Of a label that quotes a setting the setting is what tells it apart.
fn numbered(document: &Scenario, runner: &Runner) -> String {
    let is_taken = |name: &str| document.runners.iter().any(|other| other.name() == name);
    let quotes = runner.label.replace(METHOD_QUOTED, "").contains('{');
    if quotes || !is_taken(&runner.name()) {
        return runner.label.clone();
    }
    // In the label the method's title is quoted, so that it stays true when another method is chosen.
    let is_number = |end: &str| end.chars().all(|letter| letter.is_ascii_digit());
    let (name, label) = match runner.label.rsplit_once(' ') {
        Some((METHOD_QUOTED, end)) if is_number(end) => {
            (title_with_modifiers(&runner.optimizer.of).into_owned(), METHOD_QUOTED)
        }
        Some((label, end)) if is_number(end) => (label.to_owned(), label),
        _ if runner.label.is_empty() => (runner.name().into_owned(), METHOD_QUOTED),
        _ => (runner.label.clone(), &*runner.label),
    };
    // So many others leave one of these free.
    let most = document.runners.len() + 2;
    let number = (2..=most).find(|number| !is_taken(&format!("{name} {number}"))).unwrap_or(2);
    one_line(&format!("{label} {number}"), MAX_LABEL)
}

/// The first colour that nobody has, or else the one that comes next.
fn free_color(document: &Scenario) -> Color {
    let runners = &document.runners;
    let free = Color::ALL.into_iter().find(|color| runners.iter().all(|runner| runner.color != *color));
    free.unwrap_or(Color::of_runner(runners.len()))
}

/// Whether the data decide where the surface is worth a look.
fn has_home_of_its_own(document: &Scenario) -> bool {
    let is_grid = document.surface.values.iter().any(|value| matches!(value, Value::Grid(_)));
    document.surface.of.is_mean() || is_grid
}

/// Shows the part of the plane where the surface is worth a look, and starts there.
fn go_home(document: &mut Scenario) {
    let (view, start) = Objective::new(&document.surface).home();
    (document.view, document.start) = (view, Start::At(start));
    if let Some(cloud) = &mut document.cloud {
        cloud.draw.within = view;
    }
}

/// Another function was typed: of one of x alone, the view is that of the heights that it has.
fn follow_formula(document: &mut Scenario, was_univariate: bool) {
    let objective = Objective::new(&document.surface);
    if objective.is_univariate() {
        document.view.y = objective.heights(document.view.x);
    } else if was_univariate {
        document.view = objective.home().0;
    }
}

/// The view to fit: that of the document as it was opened, as long as the surface is about the same.
fn home(document: &Scenario, opened: &Scenario) -> View {
    let of_data = |scenario: &Scenario| {
        let values = scenario.surface.values.iter();
        values
            .filter(|value| matches!(value, Value::Data(_) | Value::Switch(_) | Value::Grid(_)))
            .cloned()
            .collect::<Vec<_>>()
    };
    let same = document.surface.of == opened.surface.of
        && document.surface.is_univariate() == opened.surface.is_univariate();
    if same && document.surface.is_univariate() && document.surface != opened.surface {
        let x = opened.view.x;
        View { x, y: Objective::new(&document.surface).heights(x) }
    } else if same && of_data(document) == of_data(opened) {
        opened.view
    } else {
        Objective::new(&document.surface).home().0
    }
}
