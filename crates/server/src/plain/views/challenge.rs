//! One further question: a code, a PIN, a question in the bank's own words, a choice, a picture.

use super::{Body, Scene, alert, problem, submit, way};
use crate::plain::deed::Deed;
use crate::words::figures::minutes;
use egusi_flow::Open;
use egusi_protocol::{Challenge, ChallengeKind};
use maud::{Markup, html};

pub fn view(scene: &Scene, open: &Open, challenge: &Challenge) -> Body {
    let kind = match challenge.kind {
        ChallengeKind::OneTimeCode => "code",
        ChallengeKind::Pin => "pin",
        ChallengeKind::Device => "device",
        ChallengeKind::Choice => "choice",
        ChallengeKind::Image => "image",
        ChallengeKind::Question | ChallengeKind::Unknown => "question",
    };
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let is_wrong = problem.is_some();
    // A question's own words name its field; whatever else is asked says its words above it.
    let is_label = kind == "question";
    let label = if is_label {
        challenge.text.clone()
    } else {
        scene.say(&format!("challenge.{kind}.label")).to_owned()
    };
    let asked = html! {
        @if challenge.kind.is_choice() { (options(challenge, &label)) } @else { (typed(scene, challenge, &label, is_wrong)) }
        (submit("primary", Deed::Answer, scene.say("challenge.go")))
    };
    let content = html! {
        @if !is_label && !challenge.text.is_empty() { p { bdi { (challenge.text) } } }
        (alert(problem.as_deref()))
        // Only a picture that came with the question itself: an address would tell its server who looks.
        @if challenge.image.starts_with("data:image/") {
            img.picture src=(challenge.image) alt=(scene.say("challenge.image.alt"));
        }
        (scene.form(&asked))
        (times(scene, challenge))
    };
    let has_wrong_field = is_wrong && !challenge.kind.is_choice();
    Body { title: scene.say(&format!("challenge.{kind}.title")).to_owned(), has_wrong_field, content }
}

fn options(challenge: &Challenge, label: &str) -> Markup {
    html! {
        fieldset {
            legend { (label) }
            @for option in &challenge.options {
                label.account {
                    input type="radio" name="answer" value=(option.id) required;
                    span { bdi { (option.label) } }
                }
            }
        }
    }
}

fn typed(scene: &Scene, challenge: &Challenge, label: &str, is_wrong: bool) -> Markup {
    let has_digits = challenge.digits > 0;
    let kind = if challenge.kind == ChallengeKind::Pin { "password" } else { "text" };
    let complete = if challenge.kind == ChallengeKind::OneTimeCode { "one-time-code" } else { "off" };
    let described = match (is_wrong, has_digits) {
        (true, true) => Some("problem hint"),
        (true, false) => Some("problem"),
        (false, true) => Some("hint"),
        (false, false) => None,
    };
    html! {
        div.field {
            label for="answer" { (label) }
            input #answer name="answer" type=(kind) inputmode=[has_digits.then_some("numeric")]
                autocomplete=(complete) autocapitalize="off" spellcheck="false" required
                aria-invalid=[is_wrong.then_some("true")] aria-describedby=[described] autofocus[is_wrong];
            @if has_digits {
                p.hint #hint { (scene.count("challenge.digits", challenge.digits.into(), &[("digits", &challenge.digits.to_string())])) }
            }
        }
    }
}

/// As they were when the page was made: it does not count. Whoever asks too early is told the rest.
fn times(scene: &Scene, challenge: &Challenge) -> Markup {
    let time = |name, seconds| scene.fill(name, &[("time", &minutes(seconds))]);
    html! {
        @if let Some(seconds) = challenge.expires_in_s { p.quiet { (time("challenge.expires", seconds)) } }
        @if let Some(seconds) = challenge.resend_in_s {
            @if seconds > 0 { p.quiet { (time("challenge.resend.in", seconds)) } }
            (way("second", Deed::Resend, scene.say("challenge.resend")))
        }
    }
}
