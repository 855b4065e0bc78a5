//! Links in the window: opened, copied, and what they say of how it looks.

use super::address::{Address, AddressChange};
use super::link_view::LinkView;
use super::{App, LAID_OUT_AGAIN, story};
use crate::page_address::page_address;
use egui::{Context, Theme};
use thalweg_scenario::{Link, LinkOptions, LinkTheme, LinkTooLong, at_address, embed_code, link_of};
use thalweg_session::{Command, Playback};

/// What stands for the address of the page in code that is copied, where none is known: the program in one file,
/// beside the page that shows it.
const BESIDE: &str = "thalweg.html";

impl App {
    /// Shows what is open as a link says, from now on.
    pub fn show_as(&mut self, ctx: &Context, options: LinkOptions) {
        if let Some(theme) = options.theme {
            ctx.set_theme(if theme == LinkTheme::Dark { Theme::Dark } else { Theme::Light });
        }
        self.begin_scene(&options);
        self.view = LinkView::new(options);
        ctx.request_repaint();
    }

    /// How the link that the window was opened with shows what is open.
    pub fn link_options(&self) -> &LinkOptions {
        self.view.options()
    }

    /// The link of what is open, at its step, with these options for the rest.
    ///
    /// # Errors
    /// What is open is too long for a link.
    pub fn link(&self, options: &LinkOptions) -> Result<String, LinkTooLong> {
        let step = Some(self.session.cursor()).filter(|step| *step > 0);
        let scene = story::linked_scene(&self.session, options.scene);
        link_of(&self.session.document_to_save(), &LinkOptions { step, scene, ..options.clone() })
    }

    /// Lets a story begin at the scene that a link names, and not in a glide.
    pub(super) fn begin_scene(&mut self, options: &LinkOptions) {
        self.go_to_scene(options.scene);
        self.session.arrive();
        // A scene that plays by itself stops for a link that says where it is to stand, and a plot in a page waits.
        let waits = options.step.is_some() || (options.embed && !options.play);
        if waits && self.session.is_playing() {
            self.session.apply(Playback::Toggle);
        }
    }

    /// Goes to the scene with a number, from 1, if there is a story; beyond the last to the last.
    pub fn go_to_scene(&mut self, scene: Option<u32>) {
        if let Some(scene) = scene.and_then(|scene| scene.checked_sub(1)) {
            self.session.apply(Command::Scene(scene as usize));
        }
    }

    /// Lets what is open begin at a step, as soon as that is computed, and perhaps play.
    pub fn begin_at(&mut self, step: Option<u32>, plays: bool) {
        self.view.begin_at(step, plays);
        self.view.advance(&mut self.session, false);
    }

    /// Another link than `address` has told last, if what is open has one; see [`Address::update`].
    pub fn address_change(&mut self, address: &mut Address, is_held: bool) -> Option<AddressChange> {
        // What glides has not arrived.
        let is_held = is_held || self.session.is_gliding();
        address.update(&self.session, self.view.options_mut(), is_held)
    }

    /// Opens what a link carries. What the window looks like stays: its menus are not taken away by a link that was
    /// pasted. Where it carries nothing, says why, and what is open stays.
    pub(super) fn open_link(&mut self, ctx: &Context, text: &str) {
        let Link { document, options, remarks } = Link::read(text);
        match document {
            Err(fault) => self.files.tell(fault.to_string(), true),
            Ok(document) => {
                self.open_scenario(ctx, Box::new(document.scenario), None);
                self.begin_scene(&options);
                self.begin_at(options.step, options.play);
                self.files.toast = None;
                if !remarks.is_empty() {
                    self.files.tell(remarks.join("\n"), true);
                }
            }
        }
        ctx.request_discard(LAID_OUT_AGAIN);
    }

    /// Copies the link of what is open, or says why there is none.
    pub(super) fn copy_link(&mut self, ctx: &Context) {
        let page = page_address();
        self.copy(ctx, &LinkOptions::default(), |link| {
            let words = if page.is_empty() {
                "Copied the link. Thalweg opens it when it is pasted; behind the address of a page with Thalweg, a \
                 browser does, too."
            } else {
                "Copied the link."
            };
            (at_address(&page, link), words.to_owned())
        });
    }

    /// Copies the code that shows what is open within a page, or says why there is none.
    pub(super) fn copy_embed_code(&mut self, ctx: &Context) {
        let page = page_address();
        let title = self.session.scenario().title.clone();
        self.copy(ctx, &LinkOptions { embed: true, ..LinkOptions::default() }, |link| {
            let base = if page.is_empty() { BESIDE } else { &page };
            let code = embed_code(&at_address(base, link), &title);
            let words = if page.is_empty() {
                "Copied the code of an iframe. It shows the file thalweg.html beside the page."
            } else {
                "Copied the code of an iframe, for a page or a slide."
            };
            (code, words.to_owned())
        });
    }

    fn copy(&mut self, ctx: &Context, options: &LinkOptions, made: impl FnOnce(&str) -> (String, String)) {
        match self.link(options) {
            Ok(link) => {
                let (text, words) = made(&link);
                ctx.copy_text(text);
                self.files.tell(words, false);
            }
            Err(fault) => self.files.tell(format!("Nothing was copied: {fault}."), true),
        }
    }
}
