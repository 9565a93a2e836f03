//! The last pages: connected, whether to leave, and gone.

use super::{Body, Scene, bank_name, submit, way};
use crate::plain::deed::Deed;
use egusi_flow::Open;
use egusi_protocol::Receipt;
use maud::html;

/// Connected, with whom, and until when; in the host's own words where it has any.
pub fn done(scene: &Scene, open: &Open, receipt: &Receipt) -> Body {
    let (shared, days) = (receipt.accounts.to_string(), open.setting.consent_days.to_string());
    let holes = [
        ("name", open.setting.name.as_str()),
        ("bank", bank_name(scene, open)),
        ("count", &shared),
        ("days", &days),
    ];
    let texts = scene.texts();
    let go = texts.continue_cta.unwrap_or_else(|| scene.say("done.go").to_owned());
    let content = html! {
        @if let Some(own) = texts.success_message.or(texts.widget_success) { p { bdi { (own) } } }
        p { (scene.count("done.shared", receipt.accounts.into(), &holes)) }
        p.quiet { (scene.count("done.until", open.setting.consent_days.into(), &holes)) }
        (submit("primary", Deed::Finish, &go))
    };
    let content = html! {
        (scene.form(&content))
        // In a tab of its own: this page may stand in a frame, and the window is not over yet.
        @if let Some(number) = &receipt.number {
            form method="post" action="/consent" target="_blank" {
                input type="hidden" name="number" value=(number.expose());
                button.second type="submit" { (scene.say("done.receipt")) }
            }
        }
    };
    Body::new(texts.success_title.unwrap_or_else(|| scene.say("done.title").to_owned()), content)
}

/// Asks whether to leave in the middle.
pub fn leaving(scene: &Scene, open: &Open) -> Body {
    let content = html! {
        p { (scene.fill("leave.text", &[("bank", bank_name(scene, open))])) }
        (way("primary", Deed::Look, scene.say("leave.stay")))
        (way("second", Deed::Leave, scene.say("leave.go")))
    };
    Body::new(scene.say("leave.title"), content)
}

/// Nothing more comes here.
pub fn closed(scene: &Scene) -> Body {
    let content = html! {
        p { (scene.say("plain.over")) }
        @if let Some(url) = scene.window.go_to.as_deref() {
            p { a.primary href=(url) target="_top" rel="noopener" { (scene.say("consent.go")) } }
        }
    };
    Body::new(scene.say("plain.closed"), content)
}
