//! The first screen: who asks, what is read, for how long, who runs this window.

use super::Scene;
use super::frame::{alert, busy_label, screen};
use super::{icons, problem};
use crate::window;
use egusi_flow::{Event, Open};
use egusi_protocol::Product;
use yew::prelude::*;

/// The way to a tab of its own. It opens within the click, or browsers would block it.
fn tab(scene: &Scene, busy: bool) -> Html {
    let language = scene.text.language.clone();
    let onclick = scene.send.reform(move |_| match window::open_tab(&language) {
        true => Event::TabOpened,
        false => Event::TabBlocked,
    });
    html! {
        <button type="button" class="plain word" disabled={busy} {onclick}>{ scene.say("tab.open") }</button>
    }
}

pub fn view(scene: &Scene, open: &Open, busy: bool) -> Html {
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let setting = &open.setting;
    let name = setting.name.as_str();
    let days = setting.consent_days.to_string();
    let holes = [("name", name), ("days", &days), ("operator", &setting.operator)];
    let long = scene.text.count("consent.long", setting.consent_days.into(), &holes);
    let line = |icon: Html, sentence: &str| html! { <li>{ icon }<span>{ scene.text.fill(sentence, &holes) }</span></li> };
    let body = html! {
        <>
            <ul class="promises" aria-label={scene.text.fill("consent.what", &holes)}>
                { line(icons::accounts(), "consent.accounts") }
                if setting.products.contains(&Product::Balance) { { line(icons::balances(), "consent.balances") } }
                if setting.products.contains(&Product::Transactions) {
                    { line(icons::transactions(), "consent.transactions") }
                }
                <li>{ icons::duration() }<span>{ long }</span></li>
                { line(icons::lock(), "consent.never") }
            </ul>
            <p class="quiet">{ scene.text.fill("consent.who", &holes) }</p>
            if scene.has_tab { { tab(scene, busy) } }
            { alert(problem) }
        </>
    };
    let go = html! {
        <button type="button" class="primary" disabled={busy} onclick={scene.report(|| Event::ConsentGiven)}>
            { busy_label(scene, busy, "consent.go", "consent.busy") }
        </button>
    };
    screen(&scene.text.fill("consent.title", &holes), body, go)
}
