//! The sign-in form, as the institution describes it.

use super::{Body, Scene, WAY, alert, bank, bank_name, problem, submit, way};
use crate::plain::deed::{Deed, FIELD};
use egusi_flow::{Entry, Open};
use egusi_protocol::{FieldKind, FormField, Health, Holders, MethodKind, SignInMethod};
use maud::{Markup, html};

pub fn view(scene: &Scene, open: &Open, entry: &Entry) -> Body {
    let Some(method) = entry.chosen() else { return Body::new(scene.say("problem.title"), html! {}) };
    let digits = open.setting.account_ending.as_deref();
    let days = open.setting.consent_days.to_string();
    let holes = [
        ("bank", bank_name(scene, open)),
        ("name", &open.setting.name),
        ("digits", digits.unwrap_or_default()),
        ("days", &days),
    ];
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let is_wrong = problem.is_some();
    let health = bank(open, Some(entry.form.institution)).map(|bank| bank.health);
    let fields = html! {
        @for (at, one) in method.fields.iter().enumerate() {
            (field(one, entry.kept(&one.name), is_wrong, is_wrong && at == 0))
        }
        (submit("primary", Deed::SignIn, scene.say(action(method))))
    };
    let content = html! {
        @if health == Some(Health::Degraded) && !is_wrong { p.caution { (scene.fill("signin.slow", &holes)) } }
        @if digits.is_some() { p { (scene.fill("signin.account", &holes)) } }
        (alert(problem.as_deref()))
        (ways(scene, entry))
        @if !method.text.is_empty() { p { bdi { (method.text) } } }
        (scene.form(&fields))
        @if entry.form.is_return { (way("second", Deed::Anew, scene.say("signin.anew"))) }
        p.quiet { (scene.fill("signin.where", &holes)) }
        p.quiet { (scene.count("signin.reads", open.setting.consent_days.into(), &holes)) }
    };
    let title = if entry.form.is_return { "signin.again" } else { "signin.title" };
    let has_wrong_field = is_wrong && !method.fields.is_empty();
    Body { title: scene.fill(title, &holes), has_wrong_field, content }
}

/// The ways to sign in, where there are several.
fn ways(scene: &Scene, entry: &Entry) -> Markup {
    if entry.form.methods.len() < 2 {
        return html! {};
    }
    html! {
        div.ways role="group" aria-label=(scene.say("signin.ways")) {
            @for (at, method) in entry.form.methods.iter().enumerate() {
                button.way type="submit" form=(WAY) name="way" value=(method.id)
                    aria-pressed=(if at == entry.method { "true" } else { "false" }) { (scene.say(name(method))) }
            }
        }
    }
}

fn name(method: &SignInMethod) -> &'static str {
    match (method.kind, method.holders) {
        (MethodKind::MobileApp, _) => "method.mobile",
        (MethodKind::Ussd, _) => "method.ussd",
        (MethodKind::OwnPage, _) => "method.page",
        (MethodKind::InternetBanking | MethodKind::Unknown, Holders::Corporate) => "method.business",
        (MethodKind::InternetBanking | MethodKind::Unknown, _) => "method.internet",
    }
}

fn action(method: &SignInMethod) -> &'static str {
    match method.kind {
        MethodKind::Ussd => "signin.dialled",
        MethodKind::OwnPage => "challenge.go",
        MethodKind::InternetBanking | MethodKind::MobileApp | MethodKind::Unknown => "signin.go",
    }
}

/// What was typed before stands in the fields that are seen while typed, and in no other.
fn field(field: &FormField, kept: Option<&str>, is_wrong: bool, takes_focus: bool) -> Markup {
    let id = format!("{FIELD}{}", field.name);
    let is_secret = field.kind.is_secret();
    let kept = kept.filter(|_| !is_secret);
    let (complete, mode) = match field.kind {
        FieldKind::Password => ("current-password", None),
        FieldKind::Pin => ("off", Some("numeric")),
        FieldKind::Username => ("username", None),
        FieldKind::Phone => ("tel", Some("tel")),
        FieldKind::Text | FieldKind::Unknown => ("off", None),
    };
    html! {
        div.field {
            label for=(id) { bdi { (field.label) } }
            input id=(id) name=(id) type=(if is_secret { "password" } else { "text" }) value=[kept]
                inputmode=[mode] autocomplete=(complete) autocapitalize="off" autocorrect="off" spellcheck="false"
                required aria-invalid=[is_wrong.then_some("true")] aria-describedby=[is_wrong.then_some("problem")]
                autofocus[takes_focus];
        }
    }
}
