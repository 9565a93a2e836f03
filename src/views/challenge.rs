//! One further question: a code, a PIN, a question in the bank's own words, a choice, a picture.

use super::frame::{WRONG, alert, busy_label};
use super::{Scene, problem};
use egusi_flow::{Event, Open};
use egusi_protocol::{Challenge, ChallengeKind, Secret};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, SubmitEvent};
use yew::prelude::*;

const FIELD: &str = "field-answer";

pub fn view(scene: &Scene, open: &Open, challenge: &Challenge, busy: bool) -> Html {
    let kind = match challenge.kind {
        ChallengeKind::OneTimeCode => "code",
        ChallengeKind::Pin => "pin",
        ChallengeKind::Device => "device",
        ChallengeKind::Choice => "choice",
        ChallengeKind::Image => "image",
        ChallengeKind::Question | ChallengeKind::Unknown => "question",
    };
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let wrong = problem.is_some();
    // A question's own words name its field; whatever else is asked says its words above it.
    let is_label = kind == "question";
    let label = if is_label { challenge.text.clone() } else { scene.say(&format!("challenge.{kind}.label")) };
    html! {
        <form class="screen" onsubmit={scene.send.reform(take)}>
            <div class="body">
                <h1 data-focus="" tabindex="-1">{ scene.say(&format!("challenge.{kind}.title")) }</h1>
                if !is_label && !challenge.text.is_empty() { <p class="quiet">{ &challenge.text }</p> }
                { alert(problem) }
                { picture(scene, challenge) }
                if challenge.kind.is_choice() {
                    { options(challenge, &label, busy, wrong) }
                } else {
                    <div class="field">
                        <label for={FIELD}>{ label }</label>
                        { input(challenge, busy, wrong) }
                        if challenge.digits > 0 {
                            <p class="hint" id="hint-answer">
                                { digits(scene, challenge.digits) }
                            </p>
                        }
                    </div>
                }
                { times(scene, challenge, busy) }
            </div>
            <div class="foot">
                <button type="submit" class="primary" disabled={busy}>
                    { busy_label(scene, busy, "challenge.go", "challenge.busy") }
                </button>
            </div>
        </form>
    }
}

fn digits(scene: &Scene, digits: u8) -> String {
    scene.text.count("challenge.digits", digits.into(), &[("digits", &digits.to_string())])
}

/// Only a picture that came with the question itself: an address would tell its server who looks.
fn picture(scene: &Scene, challenge: &Challenge) -> Html {
    if !challenge.image.starts_with("data:image/") {
        return Html::default();
    }
    html! { <img class="picture" src={challenge.image.clone()} alt={scene.say("challenge.image.alt")} /> }
}

fn options(challenge: &Challenge, label: &str, busy: bool, wrong: bool) -> Html {
    html! {
        <div class="rows" role="radiogroup" aria-label={label.to_owned()} aria-describedby={wrong.then_some(WRONG)}>
            { for challenge.options.iter().map(|option| html! {
                <label key={option.id.clone()} class="account">
                    <input type="radio" name="answer" value={option.id.clone()} disabled={busy} required=true />
                    <span class="box" aria-hidden="true"></span>
                    <span class="account-name"><bdi>{ &option.label }</bdi></span>
                </label>
            }) }
        </div>
    }
}

/// Codes are one wide field, so pasting and the phone's own offer of the code both work. A PIN is
/// hidden while typed: it is known for longer than a moment.
fn input(challenge: &Challenge, busy: bool, wrong: bool) -> Html {
    let digits = challenge.digits > 0;
    let described = match (digits, wrong) {
        (true, true) => Some("hint-answer wrong"),
        (true, false) => Some("hint-answer"),
        (false, wrong) => wrong.then_some(WRONG),
    };
    let kind = if challenge.kind == ChallengeKind::Pin { "password" } else { "text" };
    let complete = if challenge.kind == ChallengeKind::OneTimeCode { "one-time-code" } else { "off" };
    html! {
        <input id={FIELD} name="answer" type={kind} class={classes!(digits.then_some("code"))}
            inputmode={digits.then_some("numeric")} autocomplete={complete} autocapitalize="off" spellcheck="false"
            required=true readonly={busy} aria-invalid={wrong.then_some("true")}
            aria-describedby={described} />
    }
}

/// How long the code is good for, and when another one can be had. The seconds are not read out one
/// by one: the button says when its time has come.
fn times(scene: &Scene, challenge: &Challenge, busy: bool) -> Html {
    let clock = |seconds: u16| format!("{}:{:02}", seconds / 60, seconds % 60);
    let good_for = challenge.expires_in_s.map(clock);
    html! {
        <div class="times">
            if let Some(good_for) = good_for {
                <small>{ scene.text.fill("challenge.expires", &[("time", &good_for)]) }</small>
            }
            if let Some(left) = challenge.resend_in_s {
                <button type="button" class="plain word" disabled={busy || left > 0}
                    onclick={scene.report(|| Event::ResendPressed)}>
                    if left > 0 {
                        { scene.text.fill("challenge.resend.in", &[("time", &clock(left))]) }
                    } else {
                        { scene.say("challenge.resend") }
                    }
                </button>
            }
        </div>
    }
}

/// Takes the answer out of its field, which is emptied; or the id of what was chosen.
fn take(submitted: SubmitEvent) -> Event {
    submitted.prevent_default();
    let form = submitted.target_dyn_into::<HtmlFormElement>();
    let field = form.and_then(|form| {
        let chosen = form.query_selector("input[type=radio]:checked").ok().flatten();
        chosen.or_else(|| form.query_selector(&format!("#{FIELD}")).ok().flatten())
    });
    let typed = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).map(|field| {
        let typed = field.value();
        if field.type_() != "radio" {
            field.set_value("");
        }
        typed
    });
    Event::AnswerSubmitted(Secret::new(typed.unwrap_or_default()))
}
