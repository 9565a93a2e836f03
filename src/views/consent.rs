//! The first screen: who asks, what is read, for how long, who runs this window.

use super::Scene;
use super::frame::{alert, busy_label, screen};
use super::{icons, problem};
use egusi_flow::{Event, Open};
use egusi_protocol::Product;
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open, busy: bool) -> Html {
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let setting = &open.setting;
    let name = setting.name.as_str();
    let days = setting.consent_days.to_string();
    let holes = [("name", name), ("days", &days), ("operator", &setting.operator)];
    let line = |icon: Html, sentence: &str| html! { <li>{ icon }<span>{ scene.text.fill(sentence, &holes) }</span></li> };
    let body = html! {
        <>
            <ul class="promises" aria-label={scene.text.fill("consent.what", &holes)}>
                { line(icons::accounts(), "consent.accounts") }
                if setting.products.contains(&Product::Balance) { { line(icons::balances(), "consent.balances") } }
                if setting.products.contains(&Product::Transactions) {
                    { line(icons::transactions(), "consent.transactions") }
                }
                { line(icons::duration(), "consent.long") }
                { line(icons::lock(), "consent.never") }
            </ul>
            <p class="quiet">{ scene.text.fill("consent.who", &holes) }</p>
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
