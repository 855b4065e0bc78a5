//! What the monkey does.

use super::chance::Chance;
use super::desk::Desk;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, pos2, vec2};
use std::path::PathBuf;
use thalweg::files::disk::{Disk, load, save};
use thalweg_core::objective::view::View;
use thalweg_scenario::{PRESETS, Start, parse_with, to_ron};
use thalweg_session::{Command, Edit, Playback};

/// A monkey at a window.
pub struct Monkey {
    chance: Chance,
    desk: Desk,
    pointer: Pos2,
    files: usize,
}

impl Monkey {
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let lesson = chance.of(PRESETS).name;
        let scenario = thalweg_scenario::open_preset(lesson).expect("a built-in lesson");
        Self { chance, desk: Desk::new(scenario), pointer: Pos2::ZERO, files: 0 }
    }

    /// Does something, and looks what comes of it.
    pub fn act(&mut self) {
        match self.chance.below(40) {
            0 => self.resize(),
            1 => self.open_lesson(),
            2 => self.open_document(),
            3 => self.drop_file(),
            4 => self.undo_and_redo(),
            5 => self.command(),
            6 => self.save_and_load(),
            7 | 8 => self.odd_input(),
            9..=12 => self.write(),
            13..=18 => self.press_key(),
            19..=22 => self.scroll(),
            23..=28 => self.drag(),
            _ => self.click(),
        }
    }

    /// Closes the window.
    pub fn leave(&mut self) {
        self.save_and_load();
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.desk.frame(events, None);
    }

    fn resize(&mut self) {
        self.desk.scale = *self.chance.of(&[0.5, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0]);
        let pixels = vec2(self.chance.size(200.0, 4000.0), self.chance.size(150.0, 3000.0)).round();
        self.desk.size = pixels / self.desk.scale;
        self.desk.note(&format!("a window of {pixels} pixels at {}", self.desk.scale));
        self.frame(Vec::new());
        self.frame(Vec::new());
    }

    fn open_lesson(&mut self) {
        let name = self.chance.of(PRESETS).name;
        self.desk.note(&format!("opens {name}"));
        let scenario = thalweg_scenario::open_preset(name).expect("a built-in lesson");
        self.desk.app.apply(Command::Open(Box::new(scenario), None));
        self.frame(Vec::new());
    }

    /// Most damaged documents are refused; the next one is tried.
    fn open_document(&mut self) {
        for _ in 0..8 {
            let text = self.chance.document();
            if let Ok(scenario) = parse_with(&text, &mut Disk::default()) {
                self.desk.note(&format!("opens {text}"));
                self.desk.app.apply(Command::Open(Box::new(scenario), None));
                break;
            }
        }
        self.frame(Vec::new());
    }

    fn drop_file(&mut self) {
        let (bytes, ending) = self.chance.file();
        self.files += 1;
        let path = PathBuf::from(format!("dropped-{}.{ending}", self.files));
        std::fs::write(&path, bytes).expect("written");
        let path = std::path::absolute(path).expect("a folder");
        self.desk.note(&format!("drops {}", path.display()));
        self.desk.frame(Vec::new(), Some(&path));
    }

    /// What was undone is done again, to the same document.
    fn undo_and_redo(&mut self) {
        self.desk.note("undoes and redoes");
        // What glides is on its way to the document that is meant.
        for _ in 0..400 {
            if self.desk.app.session().is_gliding() {
                self.frame(Vec::new());
            }
        }
        let before = self.desk.app.session().scenario().clone();
        let most = 1 + self.chance.below(60);
        let mut undone = 0;
        while undone < most && self.desk.app.session().undoable().is_some() {
            self.desk.app.apply(Command::Undo);
            undone += 1;
        }
        for _ in 0..undone {
            self.desk.app.apply(Command::Redo);
        }
        let after = self.desk.app.session().scenario();
        assert!(
            *after == before,
            "{undone} changes undone and done again make another document of\n{}\nthan before\n{}",
            to_ron(&before),
            to_ron(after)
        );
        self.frame(Vec::new());
    }

    /// Asks the session for what no hand can ask for.
    fn command(&mut self) {
        let [a, b, c, d] = [(); 4].map(|()| self.chance.number().parse::<f64>().unwrap_or(2.0));
        let place = self.chance.below(40);
        let command: Command = match self.chance.below(7) {
            0 => Edit::SetView(View { x: (a, b), y: (c, d) }).into(),
            1 => Edit::SetView(View { x: (-a, a), y: (c - 1e-12, c + 1e-12) }).into(),
            2 => Edit::SetStart(Start::At([a, b])).into(),
            3 => Edit::SetSteps(1 + place as u32 * place as u32 * 10).into(),
            4 => Playback::SetSpeed(a).into(),
            5 => Edit::Pin(self.chance.text()).into(),
            _ => Edit::SetTitle(self.chance.text()).into(),
        };
        self.desk.note(&format!("{command:?}"));
        self.desk.app.apply(command);
        self.frame(Vec::new());
    }

    /// Whatever is open can be saved, and comes back the same.
    fn save_and_load(&mut self) {
        self.desk.note("saves");
        let path = PathBuf::from("saved.ron");
        let scenario = self.desk.app.session().scenario();
        save(&path, scenario).expect("what is open can be saved");
        assert!(load(&path).expect("what was saved opens") == *scenario, "another document came back");
    }

    /// What no hand does, but some driver.
    fn odd_input(&mut self) {
        let odd = *self.chance.of(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 0.0, 1e-30]);
        let point = if self.chance.one_in(2) { pos2(odd, self.pointer.y) } else { pos2(odd, odd) };
        let modifiers = Modifiers::NONE;
        let events = match self.chance.below(6) {
            0 => vec![Event::PointerMoved(point)],
            1 => [true, false]
                .map(|pressed| Event::PointerButton {
                    pos: point,
                    button: PointerButton::Primary,
                    pressed,
                    modifiers,
                })
                .to_vec(),
            2 => vec![Event::Zoom(odd)],
            3 => vec![wheel(Vec2::splat(odd), modifiers)],
            4 => vec![Event::PointerGone],
            _ => vec![Event::WindowFocused(self.chance.one_in(2))],
        };
        self.desk.note(&format!("{events:?}"));
        self.frame(events);
        self.frame(Vec::new());
    }

    fn write(&mut self) {
        let text = self.chance.text();
        self.desk.note(&format!("writes {text:?}"));
        if self.chance.one_in(2) {
            self.key(Key::A, Modifiers::COMMAND);
        }
        let event = if self.chance.one_in(2) { Event::Paste(text) } else { Event::Text(text) };
        self.frame(vec![event]);
        let ending = *self.chance.of(&[Key::Enter, Key::Tab, Key::Escape, Key::Backspace, Key::ArrowDown]);
        if self.chance.one_in(2) {
            self.key(ending, Modifiers::NONE);
        }
    }

    fn press_key(&mut self) {
        const KEYS: [Key; 20] = [
            Key::Space,
            Key::ArrowLeft,
            Key::ArrowRight,
            Key::ArrowUp,
            Key::ArrowDown,
            Key::Home,
            Key::End,
            Key::PageUp,
            Key::PageDown,
            Key::Enter,
            Key::Escape,
            Key::Tab,
            Key::Backspace,
            Key::Delete,
            Key::P,
            Key::F,
            Key::T,
            Key::R,
            Key::Questionmark,
            Key::Num1,
        ];
        let key = if self.chance.one_in(3) { *self.chance.of(Key::ALL) } else { *self.chance.of(&KEYS) };
        let modifiers = *self.chance.of(&[
            Modifiers::NONE,
            Modifiers::NONE,
            Modifiers::NONE,
            Modifiers::SHIFT,
            Modifiers::COMMAND,
            Modifiers::ALT,
        ]);
        self.desk.note(&format!("{modifiers:?} {key:?}"));
        self.key(key, modifiers);
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) {
        let press = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame(vec![press(true), press(false)]);
    }

    /// A place: mostly one where there is something.
    fn place(&mut self) -> Pos2 {
        if self.desk.widgets.is_empty() || self.chance.one_in(4) {
            let Vec2 { x, y } = self.desk.size;
            return pos2(self.chance.between(-5.0, x + 5.0), self.chance.between(-5.0, y + 5.0));
        }
        let rect = *self.chance.of(&self.desk.widgets);
        let part = vec2(self.chance.between(0.0, 1.0), self.chance.between(0.0, 1.0));
        if self.chance.one_in(2) { rect.center() } else { rect.min + part * rect.size() }
    }

    fn scroll(&mut self) {
        let at = self.place();
        self.pointer = at;
        let delta = vec2(self.chance.between(-60.0, 60.0), self.chance.between(-900.0, 900.0));
        let modifiers = if self.chance.one_in(3) { Modifiers::COMMAND } else { Modifiers::NONE };
        self.desk.note(&format!("scrolls by {delta:?} at {at:?} {modifiers:?}"));
        self.frame(vec![Event::PointerMoved(at)]);
        self.frame(vec![wheel(delta, modifiers)]);
        self.frame(Vec::new());
    }

    fn click(&mut self) {
        let at = self.place();
        self.pointer = at;
        let button = if self.chance.one_in(8) { PointerButton::Secondary } else { PointerButton::Primary };
        self.desk.note(&format!("clicks at {at:?}"));
        let modifiers = Modifiers::NONE;
        for _ in 0..=self.chance.below(2) {
            self.frame(vec![Event::PointerMoved(at)]);
            for pressed in [true, false] {
                self.frame(vec![Event::PointerButton { pos: at, button, pressed, modifiers }]);
            }
        }
        self.frame(Vec::new());
    }

    fn drag(&mut self) {
        let (from, to) = (self.place(), self.place());
        self.pointer = to;
        let button =
            *self.chance.of(&[PointerButton::Primary, PointerButton::Primary, PointerButton::Secondary]);
        self.desk.note(&format!("drags from {from:?} to {to:?} with {button:?}"));
        let modifiers = Modifiers::NONE;
        self.frame(vec![Event::PointerMoved(from)]);
        self.frame(vec![Event::PointerButton { pos: from, button, pressed: true, modifiers }]);
        for step in 1..=3 {
            self.frame(vec![Event::PointerMoved(from + (to - from) * (step as f32 / 3.0))]);
        }
        self.frame(vec![Event::PointerButton { pos: to, button, pressed: false, modifiers }]);
        self.frame(Vec::new());
    }
}

fn wheel(delta: Vec2, modifiers: Modifiers) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers,
    }
}
