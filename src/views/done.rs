//! The last screen: connected, with whom, and until when; in the host's own words where it has any.

use super::frame::screen;
use super::{Scene, icons};
use egusi_flow::{Event, Open};
use egusi_protocol::Receipt;
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open, receipt: &Receipt) -> Html {
    let bank = scene.bank_name(open);
    let count = receipt.accounts.to_string();
    let days = open.setting.consent_days.to_string();
    let holes = [("name", open.setting.name.as_str()), ("bank", &bank), ("count", &count), ("days", &days)];
    let what = if receipt.accounts == 1 { "done.one" } else { "done.many" };
    let texts = &scene.options.texts;
    let own = texts.success_message.as_ref().or(texts.widget_success.as_ref());
    let body = html! {
        <div class="done">
            { icons::tick() }
            if let Some(own) = own { <p>{ own }</p> }
            <p>{ scene.text.fill(what, &holes) }</p>
            <p class="quiet">{ scene.text.fill("done.until", &holes) }</p>
        </div>
    };
    let go = texts.continue_cta.clone().unwrap_or_else(|| scene.say("done.go"));
    let go = html! {
        <button type="button" class="primary" onclick={scene.report(|| Event::DonePressed)}>{ go }</button>
    };
    let title = texts.success_title.clone().unwrap_or_else(|| scene.say("done.title"));
    screen(&title, body, go)
}
