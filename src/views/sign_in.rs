//! The sign-in form, as the institution describes it. What is typed lives in the fields alone, and
//! a password leaves its field the moment it is sent.

use super::frame::{alert, busy_label};
use super::{Scene, banks, problem};
use egusi_flow::{Event, Open};
use egusi_protocol::{FieldAnswer, FieldKind, Form, FormField, Secret};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, MouseEvent, SubmitEvent};
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open, form: &Form, busy: bool) -> Html {
    let bank = scene.bank_name(open, Some(form.institution));
    let holes = [("bank", bank.as_str()), ("name", open.setting.name.as_str())];
    let problem =
        form.problem.as_ref().map(|problem| problem::sentence(scene, open, Some(form.institution), problem));
    let wrong = problem.is_some();
    let fields = form.fields.clone();
    let onsubmit = scene.send.reform(move |submitted: SubmitEvent| {
        submitted.prevent_default();
        Event::FormSubmitted(
            submitted
                .target_dyn_into::<HtmlFormElement>()
                .map(|form| take(&form, &fields))
                .unwrap_or_default(),
        )
    });
    html! {
        <form class="screen" {onsubmit}>
            <div class="body">
                <div class="bank-head">
                    if let Some(institution) = open.catalogue.find(form.institution) { { banks::monogram(institution) } }
                    <h1 data-focus="" tabindex="-1">{ scene.text.fill("signin.title", &holes) }</h1>
                </div>
                { alert(problem) }
                { for form.fields.iter().map(|one| field(scene, one, busy, wrong)) }
                <p class="quiet">{ scene.text.fill("signin.where", &holes) }</p>
            </div>
            <div class="foot">
                <button type="submit" class="primary" disabled={busy}>
                    { busy_label(scene, busy, "signin.go", "signin.busy") }
                </button>
            </div>
        </form>
    }
}

fn field(scene: &Scene, field: &FormField, busy: bool, wrong: bool) -> Html {
    let hidden = field.kind == FieldKind::Password;
    let id = format!("field-{}", field.name);
    let complete = if hidden { "current-password" } else { "username" };
    html! {
        <div class="field">
            <label for={id.clone()}>{ &field.label }</label>
            <div class="typed">
                <input id={id.clone()} name={field.name.clone()} type={if hidden { "password" } else { "text" }}
                    autocomplete={complete} autocapitalize="off" autocorrect="off" spellcheck="false" required=true
                    readonly={busy} aria-invalid={wrong.then_some("true")} />
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
        if field.kind == FieldKind::Password {
            input.set_value("");
        }
        Some(FieldAnswer { name: field.name.clone(), value })
    };
    fields.iter().filter_map(answer).collect()
}
