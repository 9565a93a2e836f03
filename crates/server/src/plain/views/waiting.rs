//! What is shown while somebody else is at work: the institution, or the customer elsewhere.

use super::{Body, Scene, bank_name, way};
use crate::plain::deed::Deed;
use egusi_flow::{Open, Remedy};
use egusi_protocol::PendingKind;
use maud::{Markup, html};

/// The institution is at work, or the customer approves or dials on a telephone.
pub fn view(scene: &Scene, open: &Open, kind: PendingKind, text: &str) -> Body {
    let (title, hint) = match kind {
        PendingKind::Approval => ("waiting.approve.title", "waiting.approve"),
        PendingKind::Dialling => ("waiting.dial.title", "waiting.dial"),
        PendingKind::Working | PendingKind::Unknown => ("waiting.title", "waiting.stay"),
    };
    let title = scene.say(title);
    let content = html! {
        // Many a bank says no more than the heading does.
        @if !text.is_empty() && text != title { p { bdi { (text) } } }
        p { (scene.fill(hint, &[("bank", bank_name(scene, open))])) }
        (check(scene))
    };
    Body::new(title, content)
}

/// A call took longer than a page may.
pub fn busy(scene: &Scene, open: &Open) -> Body {
    let content =
        html! { p { (scene.fill("news.slow", &[("bank", bank_name(scene, open))])) } (check(scene)) };
    Body::new(scene.say("waiting.title"), content)
}

/// The session itself took longer than a page may.
pub fn opening(scene: &Scene) -> Body {
    Body::new(scene.say("opening"), way("primary", Deed::Mend(Remedy::TryAgain), scene.say("remedy.again")))
}

fn check(scene: &Scene) -> Markup {
    html! { p.quiet { (scene.say("plain.later")) } (way("primary", Deed::Look, scene.say("plain.check"))) }
}

/// The institution's own page asks. In a frame it gets a tab of its own, because banks let nobody frame
/// them; a window that fills a tab makes room for it and is found again on the way back.
pub fn redirect(scene: &Scene, open: &Open, url: &str) -> Body {
    let holes = [("bank", bank_name(scene, open)), ("name", open.setting.name.as_str())];
    let target = (!scene.fills_tab).then_some("_blank");
    let content = html! {
        p { (scene.fill(if scene.fills_tab { "plain.there" } else { "redirect.text" }, &holes)) }
        p { a.primary href=(url) target=[target] rel="noopener" { (scene.fill("redirect.go", &holes)) } }
        @if !scene.fills_tab { p.quiet { (scene.say("plain.back")) } }
        (way("second", Deed::Look, scene.say("plain.check")))
    };
    Body::new(scene.fill("redirect.title", &holes), content)
}
