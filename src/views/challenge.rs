//! One further question: a code, a PIN, or a question in the bank's own words.

use super::frame::{alert, busy_label};
use super::{Scene, problem};
use egusi_flow::{Event, Open};
use egusi_protocol::{Challenge, ChallengeKind, Form, Secret};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, SubmitEvent};
use yew::prelude::*;

const FIELD: &str = "field-answer";

pub fn view(scene: &Scene, open: &Open, form: &Form, challenge: &Challenge, busy: bool) -> Html {
    let (title, label) = match challenge.kind {
        ChallengeKind::OneTimeCode => (scene.say("challenge.code.title"), scene.say("challenge.code.label")),
        ChallengeKind::Pin => (scene.say("challenge.pin.title"), scene.say("challenge.pin.label")),
        ChallengeKind::Question | ChallengeKind::Unknown => {
            (scene.say("challenge.question.title"), challenge.text.clone())
        }
    };
    let problem = challenge
        .problem
        .as_ref()
        .map(|problem| problem::sentence(scene, open, Some(form.institution), problem));
    let wrong = problem.is_some();
    let asked_above = challenge.kind == ChallengeKind::Question;
    html! {
        <form class="screen" onsubmit={scene.send.reform(take)}>
            <div class="body">
                <h1 data-focus="" tabindex="-1">{ title }</h1>
                if !asked_above && !challenge.text.is_empty() { <p class="quiet">{ &challenge.text }</p> }
                { alert(problem) }
                <div class="field">
                    <label for={FIELD}>{ label }</label>
                    { input(challenge, busy, wrong) }
                    if challenge.digits > 0 {
                        <p class="hint" id="hint-answer">
                            { scene.text.fill("challenge.digits", &[("digits", &challenge.digits.to_string())]) }
                        </p>
                    }
                </div>
            </div>
            <div class="foot">
                <button type="submit" class="primary" disabled={busy}>
                    { busy_label(scene, busy, "challenge.go", "challenge.busy") }
                </button>
            </div>
        </form>
    }
}

/// Codes are one wide field, so pasting and the phone's own offer of the code both work. A PIN is
/// hidden while typed: it is known for longer than a moment.
fn input(challenge: &Challenge, busy: bool, wrong: bool) -> Html {
    let digits = challenge.digits > 0;
    let kind = if challenge.kind == ChallengeKind::Pin { "password" } else { "text" };
    let complete = if challenge.kind == ChallengeKind::OneTimeCode { "one-time-code" } else { "off" };
    html! {
        <input id={FIELD} name="answer" type={kind} class={classes!(digits.then_some("code"))}
            inputmode={digits.then_some("numeric")} autocomplete={complete} autocapitalize="off" spellcheck="false"
            required=true readonly={busy} aria-invalid={wrong.then_some("true")}
            aria-describedby={digits.then_some("hint-answer")} />
    }
}

/// Takes the answer out of its field, which is emptied.
fn take(submitted: SubmitEvent) -> Event {
    submitted.prevent_default();
    let form = submitted.target_dyn_into::<HtmlFormElement>();
    let field = form.and_then(|form| form.query_selector(&format!("#{FIELD}")).ok().flatten());
    let typed = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).map(|field| {
        let typed = field.value();
        field.set_value("");
        typed
    });
    Event::AnswerSubmitted(Secret::new(typed.unwrap_or_default()))
}
