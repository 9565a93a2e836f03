//! The last pages: connected, whether to leave, and gone.

use super::{Body, Scene, bank_name, submit, way};
use crate::plain::deed::Deed;
use crate::plain::words::{fill, say};
use egusi_flow::Open;
use egusi_protocol::Receipt;
use maud::html;

/// Connected, with whom, and until when; in the host's own words where it has any.
pub fn done(scene: &Scene, open: &Open, receipt: &Receipt) -> Body {
    let (count, days) = (receipt.accounts.to_string(), open.setting.consent_days.to_string());
    let holes =
        [("name", open.setting.name.as_str()), ("bank", bank_name(open)), ("count", &count), ("days", &days)];
    let what = if receipt.accounts == 1 { "done.one" } else { "done.many" };
    let texts = scene.texts();
    let go = texts.continue_cta.unwrap_or_else(|| say("done.go").to_owned());
    let content = html! {
        @if let Some(own) = texts.success_message.or(texts.widget_success) { p { (own) } }
        p { (fill(what, &holes)) }
        p.quiet { (fill("done.until", &holes)) }
        (submit("primary", Deed::Finish, &go))
    };
    Body::new(texts.success_title.unwrap_or_else(|| say("done.title").to_owned()), scene.form(&content))
}

/// Asks whether to leave in the middle.
pub fn leaving(open: &Open) -> Body {
    let content = html! {
        p { (fill("leave.text", &[("bank", bank_name(open))])) }
        (way("primary", Deed::Look, say("leave.stay")))
        (way("second", Deed::Leave, say("leave.go")))
    };
    Body::new(say("leave.title"), content)
}

/// Nothing more comes here.
pub fn closed(scene: &Scene) -> Body {
    let content = html! {
        p { (say("plain.over")) }
        @if let Some(url) = scene.window.go_to.as_deref() {
            p { a.primary href=(url) target="_top" rel="noopener" { (say("consent.go")) } }
        }
    };
    Body::new(say("plain.closed"), content)
}
