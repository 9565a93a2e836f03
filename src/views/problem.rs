//! What went wrong, in a human sentence, and the ways out.

use super::frame::screen;
use super::{Scene, icons};
use egusi_flow::{Event, Open, Remedy, remedies};
use egusi_protocol::{ErrorCode, Problem, ProblemCode};
use yew::prelude::*;

/// The sentence of a problem at the institution the screen is about.
pub fn sentence(scene: &Scene, open: &Open, problem: &Problem) -> String {
    let digits = open.setting.account_ending.as_deref().unwrap_or_default();
    let mut said = said(scene, problem.code, &scene.bank_name(open), &open.setting.name, digits);
    if let Some(left) = problem.attempts_left {
        said.push(' ');
        said.push_str(&scene.text.count("problem.left", left.into(), &[("count", &left.to_string())]));
    }
    said
}

fn said(scene: &Scene, code: ProblemCode, bank: &str, name: &str, digits: &str) -> String {
    let known = if code == ProblemCode::Unknown { ProblemCode::Internal } else { code };
    scene.text.fill(&format!("problem.{known}"), &[("bank", bank), ("name", name), ("digits", digits)])
}

/// An attempt is over.
pub fn stopped(scene: &Scene, open: &Open, problem: &Problem) -> Html {
    let said = sentence(scene, open, problem);
    // Whoever helps finds the session by this; the problem's own code tells them what it was.
    let code = format!("{} · {}", open.setting.session.support_code(), problem.code);
    view(scene, &said, &code, open.remedies(problem.code))
}

/// The session could not be opened.
pub fn unopened(scene: &Scene, problem: &Problem) -> Html {
    let said = said(scene, problem.code, &scene.say("problem.bank"), "", "");
    view(scene, &said, problem.code.as_str(), remedies_unopened(problem.code))
}

/// Without a session there is no list to choose from.
fn remedies_unopened(code: ProblemCode) -> &'static [Remedy] {
    match remedies(code) {
        [Remedy::StartAgain, ..] => &[Remedy::StartAgain, Remedy::Leave],
        _ => &[Remedy::TryAgain, Remedy::Leave],
    }
}

fn view(scene: &Scene, sentence: &str, code: &str, ways: &'static [Remedy]) -> Html {
    let texts = &scene.options.texts;
    let body = html! {
        <>
            <span class="sign">{ icons::warning() }</span>
            <p role="alert">{ sentence }</p>
            if let Some(own) = &texts.widget_failed { <p>{ own }</p> }
            <p class="quiet">{ scene.text.fill("problem.code", &[("code", code)]) }</p>
            if let Some(address) = &texts.support_email {
                <p class="quiet"><a href={format!("mailto:{address}")} target="_blank" rel="noopener">{ address }</a></p>
            }
        </>
    };
    let buttons = ways.iter().enumerate().map(|(at, remedy)| {
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

/// The host set the widget up wrongly, or for a time that is over; the customer can only leave, and
/// its makers can read why.
pub fn refused(scene: &Scene, code: ErrorCode, message: &str) -> Html {
    let why = if code == ErrorCode::WidgetExpired { "refused.expired" } else { "refused.text" };
    let body = html! {
        <>
            <span class="sign">{ icons::warning() }</span>
            <p role="alert">{ scene.say(why) }</p>
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
