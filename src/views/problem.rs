//! What went wrong, in a human sentence, and the ways out.

use super::Scene;
use super::frame::screen;
use egusi_flow::{Event, Open, Remedy, remedies};
use egusi_protocol::{Form, InstitutionId, Problem, ProblemCode};
use yew::prelude::*;

/// The sentence of a problem.
pub fn sentence(scene: &Scene, open: &Open, institution: Option<InstitutionId>, problem: &Problem) -> String {
    let bank = scene.bank_name(open, institution);
    let mut said = said(scene, problem.code, &bank, &open.setting.name);
    if let Some(left) = problem.attempts_left {
        said.push(' ');
        said.push_str(&scene.text.fill("problem.left", &[("count", &left.to_string())]));
    }
    said
}

fn said(scene: &Scene, code: ProblemCode, bank: &str, name: &str) -> String {
    let known = if code == ProblemCode::Unknown { ProblemCode::Internal } else { code };
    scene.text.fill(&format!("problem.{known}"), &[("bank", bank), ("name", name)])
}

/// An attempt is over.
pub fn stopped(scene: &Scene, open: &Open, form: Option<&Form>, problem: &Problem) -> Html {
    let institution = form.map(|form| form.institution);
    view(scene, &sentence(scene, open, institution, problem), problem.code)
}

/// The session could not be opened.
pub fn unopened(scene: &Scene, problem: &Problem) -> Html {
    let bank = scene.say("problem.bank");
    view(scene, &said(scene, problem.code, &bank, ""), problem.code)
}

fn view(scene: &Scene, sentence: &str, code: ProblemCode) -> Html {
    let body = html! {
        <>
            <p role="alert">{ sentence }</p>
            <p class="quiet">{ scene.text.fill("problem.code", &[("code", code.as_str())]) }</p>
        </>
    };
    let buttons = remedies(code).iter().enumerate().map(|(at, remedy)| {
        let remedy = *remedy;
        let class = if at == 0 { "primary" } else { "second" };
        html! {
            <button type="button" {class} onclick={scene.send.reform(move |_| Event::RemedyChosen(remedy))}>
                { scene.say(label(remedy)) }
            </button>
        }
    });
    screen(&scene.say("problem.title"), body, html! { <>{ for buttons }</> })
}

fn label(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::CorrectDetails => "remedy.correct",
        Remedy::TryAgain => "remedy.again",
        Remedy::ChooseAnother => "remedy.another",
        Remedy::StartAgain => "remedy.start",
        Remedy::Leave => "remedy.leave",
    }
}

/// The host set the widget up wrongly; the customer can only leave, and its makers can read why.
pub fn refused(scene: &Scene, message: &str) -> Html {
    let body = html! {
        <>
            <p role="alert">{ scene.say("refused.text") }</p>
            <p class="quiet">{ scene.text.fill("refused.code", &[("message", message)]) }</p>
        </>
    };
    let leave = html! {
        <button type="button" class="primary" onclick={scene.report(|| Event::ClosePressed)}>
            { scene.say("remedy.leave") }
        </button>
    };
    screen(&scene.say("refused.title"), body, leave)
}
