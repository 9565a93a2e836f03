//! The last screen: connected, with whom, and until when; in the host's own words where it has any.

use super::frame::screen;
use super::{Scene, icons};
use egusi_flow::{Event, Open};
use egusi_protocol::{Receipt, ReceiptNumber};
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open, receipt: &Receipt) -> Html {
    let bank = scene.bank_name(open);
    let count = receipt.accounts.to_string();
    let days = open.setting.consent_days.to_string();
    let holes = [("name", open.setting.name.as_str()), ("bank", &bank), ("count", &count), ("days", &days)];
    let shared = scene.text.count("done.shared", receipt.accounts.into(), &holes);
    let until = scene.text.count("done.until", open.setting.consent_days.into(), &holes);
    let texts = &scene.options.texts;
    let own = texts.success_message.as_ref().or(texts.widget_success.as_ref());
    let body = html! {
        <div class="done">
            { icons::tick() }
            if let Some(own) = own { <p>{ own }</p> }
            <p>{ shared }</p>
            <p class="quiet">{ until }</p>
            { for receipt.number.as_ref().map(|number| kept(scene, number)) }
        </div>
    };
    let go = texts.continue_cta.clone().unwrap_or_else(|| scene.say("done.go"));
    let go = html! {
        <button type="button" class="primary" onclick={scene.report(|| Event::DonePressed)}>{ go }</button>
    };
    let title = texts.success_title.clone().unwrap_or_else(|| scene.say("done.title"));
    screen(&title, body, go)
}

/// The way to the receipt, in a tab of its own. Its number goes in the body of a form: an address is kept
/// by browsers and proxies.
fn kept(scene: &Scene, number: &ReceiptNumber) -> Html {
    html! {
        <form method="post" action="/consent" target="_blank">
            <input type="hidden" name="number" value={number.expose().to_owned()} />
            <button type="submit" class="second">{ scene.say("done.receipt") }</button>
        </form>
    }
}
