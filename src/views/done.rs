//! The last screen: connected, with whom, and until when.

use super::frame::screen;
use super::{Scene, icons};
use egusi_flow::{Event, Open};
use egusi_protocol::{InstitutionId, Receipt};
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open, institution: InstitutionId, receipt: &Receipt) -> Html {
    let bank = scene.bank_name(open, Some(institution));
    let count = receipt.accounts.to_string();
    let days = open.setting.consent_days.to_string();
    let holes = [("name", open.setting.name.as_str()), ("bank", &bank), ("count", &count), ("days", &days)];
    let what = if receipt.accounts == 1 { "done.one" } else { "done.many" };
    let body = html! {
        <div class="done">
            { icons::tick() }
            <p>{ scene.text.fill(what, &holes) }</p>
            <p class="quiet">{ scene.text.fill("done.until", &holes) }</p>
        </div>
    };
    let go = html! {
        <button type="button" class="primary" onclick={scene.report(|| Event::DonePressed)}>{ scene.say("done.go") }</button>
    };
    screen(&scene.say("done.title"), body, go)
}
