//! The first page: who asks, what is read, for how long, who runs this window.

use super::{Body, Scene, alert, problem, submit};
use crate::plain::deed::Deed;
use egusi_flow::Open;
use egusi_protocol::Product;
use maud::html;

pub fn view(scene: &Scene, open: &Open) -> Body {
    let setting = &open.setting;
    let days = setting.consent_days.to_string();
    let holes = [("name", setting.name.as_str()), ("days", &days), ("operator", &setting.operator)];
    let over = scene.window.is_new.then(|| scene.say("problem.session_expired").to_owned());
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem)).or(over);
    let content = html! {
        (alert(problem.as_deref()))
        ul.promises aria-label=(scene.fill("consent.what", &holes)) {
            li { (scene.fill("consent.accounts", &holes)) }
            @if setting.products.contains(&Product::Balance) { li { (scene.fill("consent.balances", &holes)) } }
            @if setting.products.contains(&Product::Transactions) { li { (scene.fill("consent.transactions", &holes)) } }
            li { (scene.count("consent.long", setting.consent_days.into(), &holes)) }
            li { (scene.fill("consent.never", &holes)) }
        }
        p.quiet { (scene.fill("consent.who", &holes)) }
        (submit("primary", Deed::Agree, scene.say("consent.go")))
    };
    Body::new(scene.fill("consent.title", &holes), scene.form(&content))
}
