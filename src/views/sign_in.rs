//! The sign-in form, as the institution describes it. What is typed lives in the fields alone, and
//! a password leaves its field the moment it is sent.

use super::frame::{WRONG, alert, busy_label};
use super::{Scene, banks, problem};
use egusi_flow::{Entry, Event, Open};
use egusi_protocol::{FieldAnswer, FieldKind, FormField, Health, Holders, MethodKind, Secret, SignInMethod};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, MouseEvent, SubmitEvent};
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open, entry: &Entry, busy: bool) -> Html {
    let Some(method) = entry.chosen() else { return Html::default() };
    let bank = scene.bank_name(open);
    let digits = open.setting.account_ending.clone();
    let days = open.setting.consent_days;
    let days_text = days.to_string();
    let holes = [
        ("bank", bank.as_str()),
        ("name", open.setting.name.as_str()),
        ("digits", digits.as_deref().unwrap_or_default()),
        ("days", &days_text),
    ];
    let institution = open.catalogue.find(entry.form.institution);
    let is_slow = institution.is_some_and(|institution| institution.health == Health::Degraded);
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let wrong = problem.is_some();
    let title = if entry.form.is_return { "signin.again" } else { "signin.title" };
    html! {
        <form class="screen" onsubmit={submit(scene, &method.fields)}>
            <div class="body">
                <div class="bank-head">
                    if let Some(institution) = institution { { banks::monogram(institution) } }
                    <h1 data-focus="" tabindex="-1">{ scene.text.fill(title, &holes) }</h1>
                </div>
                if is_slow && !wrong { <p class="caution">{ scene.text.fill("signin.slow", &holes) }</p> }
                if digits.is_some() { <p>{ scene.text.fill("signin.account", &holes) }</p> }
                { alert(problem) }
                { methods(scene, entry, busy) }
                if !method.text.is_empty() { <p>{ &method.text }</p> }
                // In a list of their own, so that a field both ways have keeps what is typed.
                <div class="fields">
                    { for method.fields.iter().map(|one| field(scene, one, entry.kept(&one.name), busy, wrong)) }
                </div>
                if entry.form.is_return {
                    <button type="button" class="plain word" disabled={busy}
                        onclick={scene.report(|| Event::SignInAnew)}>{ scene.say("signin.anew") }</button>
                }
                <p class="quiet">
                    { scene.text.fill("signin.where", &holes) }<br />
                    { scene.text.count("signin.reads", days.into(), &holes) }
                </p>
            </div>
            <div class="foot">
                <button type="submit" class="primary" disabled={busy}>
                    { busy_label(scene, busy, action(method), "signin.busy") }
                </button>
            </div>
        </form>
    }
}

/// The ways to sign in, where there are several.
fn methods(scene: &Scene, entry: &Entry, busy: bool) -> Html {
    if entry.form.methods.len() < 2 {
        return Html::default();
    }
    let way = |(at, method): (usize, &SignInMethod)| {
        html! {
            <button key={method.id.clone()} type="button" class="way" disabled={busy}
                aria-pressed={if at == entry.method { "true" } else { "false" }}
                onclick={scene.send.reform(move |_| Event::MethodChosen(at))}>
                { scene.say(name(method)) }
            </button>
        }
    };
    html! {
        <div class="ways" role="group" aria-label={scene.say("signin.ways")}>
            { for entry.form.methods.iter().enumerate().map(way) }
        </div>
    }
}

fn name(method: &SignInMethod) -> &'static str {
    match (method.kind, method.holders) {
        (MethodKind::InternetBanking | MethodKind::Unknown, Holders::Corporate) => "method.business",
        (MethodKind::InternetBanking | MethodKind::Unknown, _) => "method.internet",
        (MethodKind::MobileApp, _) => "method.mobile",
        (MethodKind::Ussd, _) => "method.ussd",
        (MethodKind::OwnPage, _) => "method.page",
    }
}

fn action(method: &SignInMethod) -> &'static str {
    match method.kind {
        MethodKind::Ussd => "signin.dialled",
        MethodKind::OwnPage => "challenge.go",
        MethodKind::InternetBanking | MethodKind::MobileApp | MethodKind::Unknown => "signin.go",
    }
}

fn submit(scene: &Scene, fields: &[FormField]) -> Callback<SubmitEvent> {
    let fields = fields.to_vec();
    scene.send.reform(move |submitted: SubmitEvent| {
        submitted.prevent_default();
        let form = submitted.target_dyn_into::<HtmlFormElement>();
        Event::FormSubmitted(form.map(|form| take(&form, &fields)).unwrap_or_default())
    })
}

/// The value stands in the field alone; what was typed before is put there once, and not again while
/// somebody types.
fn field(scene: &Scene, field: &FormField, kept: Option<&str>, busy: bool, wrong: bool) -> Html {
    let hidden = field.kind.is_secret();
    let id = format!("field-{}", field.name);
    let (complete, mode) = match field.kind {
        FieldKind::Password => ("current-password", None),
        FieldKind::Pin => ("off", Some("numeric")),
        FieldKind::Username => ("username", None),
        FieldKind::Phone => ("tel", Some("tel")),
        FieldKind::Text | FieldKind::Unknown => ("off", None),
    };
    html! {
        <div class="field" key={field.name.clone()}>
            <label for={id.clone()}>{ &field.label }</label>
            <div class="typed">
                <input id={id.clone()} name={field.name.clone()} type={if hidden { "password" } else { "text" }}
                    ~defaultValue={kept.unwrap_or_default().to_owned()} inputmode={mode}
                    autocomplete={complete} autocapitalize="off" autocorrect="off" spellcheck="false" required=true
                    readonly={busy} aria-invalid={wrong.then_some("true")}
                    aria-describedby={wrong.then_some(WRONG)} />
                if hidden {
                    <button type="button" class="plain reveal" aria-controls={id} aria-pressed="false"
                        onclick={reveal(scene)}>{ scene.say("signin.show") }</button>
                }
            </div>
        </div>
    }
}

/// Shows or hides what was typed. The page alone knows; there is nothing for the flow to decide.
fn reveal(scene: &Scene) -> Callback<MouseEvent> {
    let (show, hide) = (scene.say("signin.show"), scene.say("signin.hide"));
    Callback::from(move |click: MouseEvent| {
        let Some(button) = click.target_dyn_into::<Element>() else { return };
        let field =
            button.previous_element_sibling().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        let shown = field.type_() == "password";
        field.set_type(if shown { "text" } else { "password" });
        button.set_text_content(Some(if shown { &hide } else { &show }));
        // The attribute exists, so setting it cannot fail.
        let _ = button.set_attribute("aria-pressed", if shown { "true" } else { "false" });
    })
}

/// Takes the answers out of the fields; a password does not stay behind.
fn take(form: &HtmlFormElement, fields: &[FormField]) -> Vec<FieldAnswer> {
    let answer = |field: &FormField| {
        let input = form.query_selector(&format!("#field-{}", field.name)).ok().flatten()?;
        let input = input.dyn_into::<HtmlInputElement>().ok()?;
        let value = Secret::new(input.value());
        if field.kind.is_secret() {
            input.set_value("");
        }
        Some(FieldAnswer { name: field.name.clone(), value })
    };
    fields.iter().filter_map(answer).collect()
}
