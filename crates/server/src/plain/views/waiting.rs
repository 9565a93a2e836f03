//! What is shown while somebody else is at work: the institution, or the customer elsewhere.

use super::{Body, Scene, bank_name, way};
use crate::plain::deed::Deed;
use crate::plain::words::{fill, say};
use egusi_flow::{Open, Remedy};
use egusi_protocol::PendingKind;
use maud::{Markup, html};

/// The institution is at work, or the customer approves or dials on a telephone.
pub fn view(open: &Open, kind: PendingKind, text: &str) -> Body {
    let (title, hint) = match kind {
        PendingKind::Approval => ("waiting.approve.title", "waiting.approve"),
        PendingKind::Dialling => ("waiting.dial.title", "waiting.dial"),
        PendingKind::Working | PendingKind::Unknown => ("waiting.title", "waiting.stay"),
    };
    let title = say(title);
    let content = html! {
        // Many a bank says no more than the heading does.
        @if !text.is_empty() && text != title { p { (text) } }
        p { (fill(hint, &[("bank", bank_name(open))])) }
        (check())
    };
    Body::new(title, content)
}

/// A call took longer than a page may.
pub fn busy(_: &Scene, open: &Open) -> Body {
    let content = html! { p { (fill("news.slow", &[("bank", bank_name(open))])) } (check()) };
    Body::new(say("waiting.title"), content)
}

/// The session itself took longer than a page may.
pub fn opening(_: &Scene) -> Body {
    Body::new(say("opening"), way("primary", Deed::Mend(Remedy::TryAgain), say("remedy.again")))
}

fn check() -> Markup {
    html! { p.quiet { (say("plain.later")) } (way("primary", Deed::Look, say("plain.check"))) }
}

/// The institution's own page asks. In a frame it gets a tab of its own, because banks let nobody frame
/// them; a window that fills a tab makes room for it and is found again on the way back.
pub fn redirect(scene: &Scene, open: &Open, url: &str) -> Body {
    let holes = [("bank", bank_name(open)), ("name", open.setting.name.as_str())];
    let target = (!scene.fills_tab).then_some("_blank");
    let content = html! {
        p { (fill(if scene.fills_tab { "plain.there" } else { "redirect.text" }, &holes)) }
        p { a.primary href=(url) target=[target] rel="noopener" { (fill("redirect.go", &holes)) } }
        @if !scene.fills_tab { p.quiet { (say("plain.back")) } }
        (way("second", Deed::Look, say("plain.check")))
    };
    Body::new(fill("redirect.title", &holes), content)
}
