//! How a link shows its document: which parts of the window there are, and at which step it begins.

use egui::Vec2;
use thalweg_scenario::{LinkOptions, WindowPart};
use thalweg_session::{Playback, Session};

/// The least room of an embedded window that has panels beside the plane, below it, and with a second plot, in points:
/// where there is less, it is the plane's.
const LEAST_WIDTH: f32 = 640.0;
const LEAST_HEIGHT: f32 = 360.0;

/// How a link shows its document.
#[derive(Debug, Default)]
pub struct LinkView {
    options: LinkOptions,
    start: Option<LinkStart>,
}

/// Where a link lets its document begin, until that is reached.
#[derive(Debug)]
struct LinkStart {
    step: u32,
    plays: bool,
    /// Where the runners were put last.
    at: Option<u32>,
}

/// The parts of the window that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownParts {
    /// The panel with the surface and the runners.
    pub cards: bool,
    /// The panel with the lesson and the pages.
    pub pages: bool,
    /// The panel with the charts or the table.
    pub charts: ChartsPanel,
    /// Second plots beside the plane, where the document shows them.
    pub second_plots: bool,
    /// The bars.
    pub bars: WindowBars,
}

/// What of the panel below the plane is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartsPanel {
    /// All of it.
    Whole,
    /// Charts or table, without the controls above them.
    Contents,
    /// Nothing.
    Hidden,
}

/// The bars of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowBars {
    /// The bar at the top, with the menus and the title.
    Menus,
    /// That, and the slim bar, which has the controls that the panel below the plane would have.
    MenusAndControls,
    /// The slim bar, with the title.
    Slim,
    /// None.
    Hidden,
}

impl WindowBars {
    /// Whether there is the one with the menus.
    pub fn has_menus(self) -> bool {
        matches!(self, Self::Menus | Self::MenusAndControls)
    }

    /// Whether there is the slim one.
    pub fn has_slim(self) -> bool {
        matches!(self, Self::Slim | Self::MenusAndControls)
    }
}

impl LinkView {
    /// What a link says, from now on.
    pub fn new(options: LinkOptions) -> Self {
        let mut view = Self { options, start: None };
        view.begin_at(view.options.step, view.options.play);
        view
    }

    /// What the link says.
    pub fn options(&self) -> &LinkOptions {
        &self.options
    }

    /// What the link says, to be changed with what is open.
    pub fn options_mut(&mut self) -> &mut LinkOptions {
        &mut self.options
    }

    /// Lets the document that is open begin at a step, and perhaps play.
    pub fn begin_at(&mut self, step: Option<u32>, plays: bool) {
        let is_asked = step.is_some() || plays;
        self.start = is_asked.then(|| LinkStart { step: step.unwrap_or_default(), plays, at: None });
    }

    /// Goes towards the step at which the document begins, as far as it is computed. `is_done` says that it is
    /// computed to the end.
    pub fn advance(&mut self, session: &mut Session, is_done: bool) {
        let Some(start) = &mut self.start else { return };
        // Who has moved the runners meanwhile wants them where they are.
        if session.is_playing() || start.at.is_some_and(|at| at != session.cursor()) {
            self.start = None;
            return;
        }
        session.apply(Playback::Seek(start.step));
        start.at = Some(session.cursor());
        if is_done || session.cursor() >= start.step {
            if start.plays {
                session.apply(Playback::Toggle);
            }
            self.start = None;
        }
    }

    /// The parts that are shown in a window of this size, in points.
    pub fn parts(&self, size: Vec2) -> ShownParts {
        let options = &self.options;
        let shows = |part| options.shows(part);
        let (is_wide, is_high) =
            if options.embed { (size.x >= LEAST_WIDTH, size.y >= LEAST_HEIGHT) } else { (true, true) };
        let charts = match (shows(WindowPart::Charts), options.embed) {
            (true, false) => ChartsPanel::Whole,
            (true, true) if is_high => ChartsPanel::Contents,
            _ => ChartsPanel::Hidden,
        };
        let bars = match (shows(WindowPart::Bar), options.embed) {
            (false, _) => WindowBars::Hidden,
            (true, true) => WindowBars::Slim,
            (true, false) if charts == ChartsPanel::Hidden => WindowBars::MenusAndControls,
            (true, false) => WindowBars::Menus,
        };
        ShownParts {
            cards: shows(WindowPart::Cards) && is_wide,
            pages: shows(WindowPart::Side) && is_wide,
            charts,
            second_plots: is_wide,
            bars,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;
    use thalweg_scenario::{Link, open_preset};

    fn view(flags: &str) -> LinkView {
        LinkView::new(Link::read(&format!("#lesson=zigzag{flags}")).options)
    }

    #[test]
    fn what_is_shown_follows_from_the_link_and_the_room() {
        let large = vec2(1366.0, 768.0);
        let whole = view("").parts(large);
        assert!(whole.cards && whole.pages && whole.charts == ChartsPanel::Whole);
        assert_eq!(whole.bars, WindowBars::Menus);
        let without_charts = view("&hide=charts,cards").parts(large);
        assert!(!without_charts.cards && without_charts.pages);
        assert_eq!(without_charts.bars, WindowBars::MenusAndControls);
        assert_eq!(view("&hide=bar").parts(large).bars, WindowBars::Hidden);
        for size in [vec2(400.0, 300.0), large] {
            let embedded = view("&embed").parts(size);
            assert!(!embedded.cards && !embedded.pages);
            assert_eq!((embedded.charts, embedded.bars), (ChartsPanel::Hidden, WindowBars::Slim));
        }
        let rest = view("&embed&hide=side");
        assert_eq!(rest.parts(large).charts, ChartsPanel::Contents);
        assert!(rest.parts(large).cards && !rest.parts(vec2(500.0, 700.0)).cards);
        assert_eq!(rest.parts(vec2(900.0, 300.0)).charts, ChartsPanel::Hidden);
        let bare = view("&embed&hide=cards,side,charts,bar").parts(large);
        assert!(!bare.cards && !bare.pages && bare.bars == WindowBars::Hidden);
    }

    /// A step far away is waited for, and whoever moves the runners before has his way.
    #[test]
    fn a_step_is_reached_when_it_is_computed() {
        let opened = || {
            let mut scenario = open_preset("zigzag").expect("a lesson");
            scenario.steps = 2000;
            Session::new(scenario)
        };
        let mut session = opened();
        let mut start = view("&step=1500&play");
        let mut calls = 0;
        let mut slice = |session: &mut Session| {
            session.compute(|| {
                calls += 1;
                calls % 50 == 0
            })
        };
        let mut slices = 0;
        while start.start.is_some() {
            let is_done = slice(&mut session);
            start.advance(&mut session, is_done);
            slices += 1;
            assert!(slices < 10_000, "{}", session.cursor());
        }
        assert_eq!((session.cursor(), session.is_playing()), (1500, true));
        assert!(slices > 1, "{slices}");
        let mut session = opened();
        let mut start = view("&step=1500");
        slice(&mut session);
        start.advance(&mut session, false);
        session.apply(Playback::Rewind);
        session.compute(|| false);
        start.advance(&mut session, true);
        assert!(session.cursor() < 1500 && start.start.is_none());
        // Behind the end of the race there is nothing.
        let mut session = opened();
        session.compute(|| false);
        view("&step=900000").advance(&mut session, true);
        assert_eq!(session.cursor(), 2000);
    }
}
