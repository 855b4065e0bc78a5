//! The keys: one table that both the window's help and its keyboard handling read.

use super::context::Action;
use super::picture_dialog;
use super::pinned;
use super::present::Present;
use egui::{Context, Key, KeyboardShortcut, Modifiers, Popup};
use thalweg_scenario::{Layer, ViewState};
use thalweg_session::{Command, Edit, Playback, Session, Story};

/// One line of the table.
pub struct Binding {
    /// The key as people say it.
    pub keys: &'static str,
    /// What it does; empty where the line before has said so.
    pub does: &'static str,
    shortcut: KeyboardShortcut,
    action: fn(&Session) -> Action,
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// How far a key turns the relief, in degrees: to the side, and up.
const TURN: f64 = 15.0;
const RAISE: f64 = 5.0;

/// How much thicker a key makes the plots.
const THICKER: f64 = 1.2;

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// Turns the relief; where only the plane is shown, moves by steps as the key does without Shift.
fn turn(session: &Session, [side, up]: [f64; 2], steps: i64) -> Action {
    if session.scenario().relief().has_relief() {
        Action::TurnRelief(side, up)
    } else {
        Action::Do(Playback::StepBy(steps).into())
    }
}

const fn command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// Every key that does something, in the order of the help window. More specific ones first where
/// two share a key.
pub const BINDINGS: &[Binding] = &[
    Binding {
        keys: "Space",
        does: "play or pause",
        shortcut: plain(Key::Space),
        action: |_| Action::Do(Playback::Toggle.into()),
    },
    Binding {
        keys: "Shift + arrow keys",
        does: "turn the relief, as a drag does",
        shortcut: shift(Key::ArrowRight),
        action: |session| turn(session, [-TURN, 0.0], 1),
    },
    Binding {
        keys: "Shift + Left",
        does: "",
        shortcut: shift(Key::ArrowLeft),
        action: |session| turn(session, [TURN, 0.0], -1),
    },
    Binding {
        keys: "Shift + Up",
        does: "",
        shortcut: shift(Key::ArrowUp),
        action: |session| turn(session, [0.0, RAISE], 10),
    },
    Binding {
        keys: "Shift + Down",
        does: "",
        shortcut: shift(Key::ArrowDown),
        action: |session| turn(session, [0.0, -RAISE], -10),
    },
    Binding {
        keys: "Right, Left",
        does: "one step forward, back",
        shortcut: plain(Key::ArrowRight),
        action: |_| Action::Do(Playback::StepBy(1).into()),
    },
    Binding {
        keys: "Left",
        does: "",
        shortcut: plain(Key::ArrowLeft),
        action: |_| Action::Do(Playback::StepBy(-1).into()),
    },
    Binding {
        keys: "Up, Down",
        does: "ten steps forward, back",
        shortcut: plain(Key::ArrowUp),
        action: |_| Action::Do(Playback::StepBy(10).into()),
    },
    Binding {
        keys: "Down",
        does: "",
        shortcut: plain(Key::ArrowDown),
        action: |_| Action::Do(Playback::StepBy(-10).into()),
    },
    Binding {
        keys: "Home, End",
        does: "to the start, to where the last run ends",
        shortcut: plain(Key::Home),
        action: |_| Action::Do(Playback::Rewind.into()),
    },
    Binding {
        keys: "End",
        does: "",
        shortcut: plain(Key::End),
        action: |session| Action::Do(Playback::Seek(session.finish_line()).into()),
    },
    Binding {
        keys: ".",
        does: "the next line of the step (page Step)",
        shortcut: plain(Key::Period),
        action: |_| Action::Do(Playback::NextLine.into()),
    },
    Binding {
        keys: ",",
        does: "the line before",
        shortcut: plain(Key::Comma),
        action: |_| Action::Do(Playback::PreviousLine.into()),
    },
    Binding {
        keys: "R",
        does: "play again from the start",
        shortcut: plain(Key::R),
        action: |_| Action::Do(Playback::Restart.into()),
    },
    Binding {
        keys: "Page down, Page up",
        does: "the next scene or lesson, the one before",
        shortcut: plain(Key::PageDown),
        action: |_| Action::TurnPage(1),
    },
    Binding { keys: "Page up", does: "", shortcut: plain(Key::PageUp), action: |_| Action::TurnPage(-1) },
    Binding {
        keys: "3",
        does: "plane, relief, both",
        shortcut: plain(Key::Num3),
        action: |session| {
            let show = session.scenario().show.clone();
            Action::Do(Edit::Show(Box::new(ViewState { relief: show.relief.next(), ..show })).into())
        },
    },
    Binding {
        keys: "F5 or F11",
        does: "present: the plane as large as the screen",
        shortcut: plain(Key::F5),
        action: |_| Action::Present(Present::Toggle),
    },
    Binding {
        keys: "F11",
        does: "",
        shortcut: plain(Key::F11),
        action: |_| Action::Present(Present::Toggle),
    },
    Binding {
        keys: "Ctrl + R",
        does: "back to what was opened, at its start",
        shortcut: command(Key::R),
        action: |_| Action::Do(Command::Reset),
    },
    Binding {
        keys: "F",
        does: "fit the view; once more, with all paths in it",
        shortcut: plain(Key::F),
        action: |session| Action::Do(session.fit().into()),
    },
    Binding {
        keys: "H",
        does: "hide what is to come, everywhere",
        shortcut: plain(Key::H),
        action: |session| {
            let mut show = session.scenario().show.clone();
            // What is asked hides it, until the answer is shown.
            let is_asked = session.story().is_some_and(Story::is_asking);
            show.layers = show.layers.with(Layer::Future, !show.layers.has(Layer::Future) && !is_asked);
            Action::Do(Edit::Show(Box::new(show)).into())
        },
    },
    Binding {
        keys: "P",
        does: "pin the present paths",
        shortcut: plain(Key::P),
        action: |session| Action::Do(Edit::Pin(pinned::name(session)).into()),
    },
    Binding { keys: "T", does: "light or dark", shortcut: plain(Key::T), action: |_| Action::ToggleTheme },
    Binding {
        keys: "Ctrl + Shift + Z",
        does: "the same as Ctrl + Y",
        shortcut: KeyboardShortcut::new(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z),
        action: |_| Action::Do(Command::Redo),
    },
    Binding {
        keys: "Ctrl + Z",
        does: "take back the last change",
        shortcut: command(Key::Z),
        action: |_| Action::Do(Command::Undo),
    },
    Binding {
        keys: "Ctrl + Y",
        does: "do again what was taken back",
        shortcut: command(Key::Y),
        action: |_| Action::Do(Command::Redo),
    },
    Binding {
        keys: "Ctrl + N",
        does: "begin a preset of one's own",
        shortcut: command(Key::N),
        action: |_| Action::New,
    },
    Binding {
        keys: "Ctrl + O",
        does: "open a preset, data, a path, a loss or a link; Ctrl + V: the copied link",
        shortcut: command(Key::O),
        action: |_| Action::AskOpen,
    },
    Binding {
        keys: "Ctrl + Shift + S",
        does: "save under another name",
        shortcut: KeyboardShortcut::new(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::S),
        action: |_| Action::AskSaveAs,
    },
    Binding {
        keys: "Ctrl + S",
        does: "save the preset",
        shortcut: command(Key::S),
        action: |_| Action::Save,
    },
    Binding {
        keys: "Ctrl + Shift + E",
        does: "export a picture or a film",
        shortcut: KeyboardShortcut::new(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::E),
        action: |session| Action::ShowPictures(picture_dialog::seen(session)),
    },
    Binding {
        keys: "Ctrl + E",
        does: "export the trajectories as CSV",
        shortcut: command(Key::E),
        action: |_| Action::AskExport,
    },
    Binding {
        keys: "Ctrl + Q",
        does: "quit; the session comes back at the next start",
        shortcut: command(Key::Q),
        action: |_| Action::Quit,
    },
    Binding {
        keys: "?",
        does: "show or hide these keys",
        shortcut: plain(Key::Questionmark),
        action: |_| Action::ToggleHelp,
    },
    Binding { keys: "F1", does: "the same", shortcut: plain(Key::F1), action: |_| Action::ToggleHelp },
];

/// The keys that do something else, or something at all, while somebody presents.
pub const PRESENTING: &[Binding] = &[
    Binding {
        keys: "N",
        does: "the text, or not",
        shortcut: plain(Key::N),
        action: |_| Action::Present(Present::Notes),
    },
    Binding {
        keys: "C",
        does: "the charts, or not",
        shortcut: plain(Key::C),
        action: |_| Action::Present(Present::Charts),
    },
    Binding {
        keys: "B or .",
        does: "a black screen, or not",
        shortcut: plain(Key::B),
        action: |_| Action::Present(Present::Black),
    },
    Binding {
        keys: ".",
        does: "",
        shortcut: plain(Key::Period),
        action: |_| Action::Present(Present::Black),
    },
    Binding {
        keys: "L",
        does: "a dot of light for a pointer, or not",
        shortcut: plain(Key::L),
        action: |_| Action::Present(Present::Laser),
    },
    Binding {
        keys: "], [",
        does: "thicker, thinner lines, marks and letters of the plots",
        shortcut: plain(Key::CloseBracket),
        action: |_| Action::Present(Present::Thicker(THICKER)),
    },
    Binding {
        keys: "[",
        does: "",
        shortcut: plain(Key::OpenBracket),
        action: |_| Action::Present(Present::Thicker(1.0 / THICKER)),
    },
    Binding {
        keys: "Escape",
        does: "leave",
        shortcut: plain(Key::Escape),
        action: |_| Action::Present(Present::Leave),
    },
];

/// What the key of this name does, as the keyboard calls it: "Space", ".", "Ctrl+Z".
pub fn named(name: &str, session: &Session) -> Option<Action> {
    binding(name).map(|binding| (binding.action)(session))
}

/// What the key of this name does, in words.
pub fn says(name: &str) -> Option<&'static str> {
    binding(name).map(|binding| binding.does)
}

fn binding(name: &str) -> Option<&'static Binding> {
    BINDINGS.iter().find(|binding| {
        let shortcut = binding.shortcut;
        let key = shortcut.logical_key.symbol_or_name();
        let with = if shortcut.modifiers == Modifiers::COMMAND { "Ctrl+" } else { "" };
        let is_simple = shortcut.modifiers == Modifiers::NONE || !with.is_empty();
        let key_name = name.strip_prefix(with).unwrap_or_default();
        is_simple && (key_name == key || key_name == shortcut.logical_key.name())
    })
}

/// What the mouse does in the plot, and the keys that are not in the table.
pub const GESTURES: &[(&str, &str)] = &[
    ("1, 2, 4 to 9", "show or hide a runner; the third, too: Ctrl + 1 to 9"),
    ("click or drag in the plot", "move the start (in the relief, and while presenting: drag its ring)"),
    ("right or middle drag", "move the view"),
    ("wheel, two fingers", "zoom the view"),
    ("drag, Ctrl + wheel in a chart", "move it, zoom it; double click: all of it"),
    ("Ctrl + plus, minus, 0", "larger or smaller text, for the last row"),
    ("Shift + drag on a slider", "finer; or Tab to it, and the arrow keys"),
];

/// The keys that a button, a switch, a chooser or a slider takes when it has the keyboard.
const OF_A_WIDGET: [Key; 5] = [Key::Space, Key::ArrowRight, Key::ArrowLeft, Key::ArrowUp, Key::ArrowDown];

const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What the keys pressed in this frame ask for, of `runners` runners. There is nothing while a text is being edited, a menu is
/// open or a dialog asks something: there they act on that alone. A key that was pressed twice in a slow frame acts twice.
pub fn pressed(ctx: &Context, runners: usize, is_presenting: bool) -> Vec<Action> {
    if ctx.text_edit_focused() || Popup::is_any_open(ctx) {
        return Vec::new();
    }
    // What was reached with Tab is moved, pressed and left with these.
    let is_focused = ctx.memory(|memory| memory.focused().is_some());
    let belongs_to_it = |key: Key| is_focused && OF_A_WIDGET.contains(&key);
    ctx.input_mut(|input| {
        let mut pressed = Vec::new();
        let own = if is_presenting { PRESENTING } else { &[] };
        let bindings = own.iter().chain(BINDINGS);
        for binding in bindings.filter(|binding| !belongs_to_it(binding.shortcut.logical_key)) {
            let shortcut = binding.shortcut;
            let mut presses = input.count_and_consume_key(shortcut.modifiers, shortcut.logical_key);
            // A question mark needs Shift on most keyboards.
            if shortcut.logical_key == Key::Questionmark {
                presses += input.count_and_consume_key(Modifiers::SHIFT, Key::Questionmark);
            }
            pressed.extend((0..presses).map(|_| Action::Press(binding.action)));
        }
        for (index, key) in DIGITS.into_iter().take(runners).enumerate() {
            let presses = input.count_and_consume_key(Modifiers::COMMAND, key);
            // 3 alone is the relief's: its binding has taken it.
            let presses = presses + input.count_and_consume_key(Modifiers::NONE, key);
            pressed.extend((0..presses).map(|_| Action::HideOrShow(index)));
        }
        pressed
    })
}
