//! What is open is handed over to be kept, and what was kept is gone back to.

use super::App;
use super::typed_field;
use crate::files::earlier_session::EarlierSession;
use egui::Context;

impl App {
    /// Hands over what has changed, to be kept until the next start.
    pub(super) fn keep(&mut self, ctx: &Context) {
        let is_last = ctx.input(|input| input.viewport().close_requested());
        let fingerprint = self.session.file().and_then(|file| self.files.fingerprint(file));
        let told = self.keeping.update(ctx, &self.session, fingerprint, is_last);
        if let Some(earlier) = self.keeping.earlier() {
            self.panels.earlier = earlier;
        }
        if !told.is_empty() {
            self.files.tell(told.join("\n"), true);
            ctx.request_repaint();
        }
    }

    /// Goes back to an earlier session; the one that was open is kept as another.
    pub(super) fn go_back(&mut self, ctx: &Context, earlier: EarlierSession) {
        typed_field::forget_drafts(ctx);
        self.files.know(&earlier.session);
        self.keeping.go_back(ctx, &earlier.session, &self.session);
        self.session.resume(earlier.session);
    }
}
