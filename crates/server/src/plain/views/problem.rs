//! What went wrong, in a human sentence, and the ways out.

use super::{Body, Scene, bank_name, way};
use crate::plain::deed::Deed;
use egusi_flow::{Open, Remedy, remedies};
use egusi_protocol::{ErrorCode, Problem, ProblemCode};
use maud::html;

/// The sentence of a problem at the institution the screen is about.
pub fn sentence(scene: &Scene, open: &Open, problem: &Problem) -> String {
    let digits = open.setting.account_ending.as_deref().unwrap_or_default();
    let said = said(scene, problem.code, bank_name(scene, open), &open.setting.name, digits);
    match problem.attempts_left {
        None => said,
        Some(left) => {
            [said, scene.count("problem.left", left.into(), &[("count", &left.to_string())])].join(" ")
        }
    }
}

fn said(scene: &Scene, code: ProblemCode, bank: &str, name: &str, digits: &str) -> String {
    let known = if code == ProblemCode::Unknown { ProblemCode::Internal } else { code };
    scene.fill(&format!("problem.{known}"), &[("bank", bank), ("name", name), ("digits", digits)])
}

/// An attempt is over.
pub fn stopped(scene: &Scene, open: &Open, problem: &Problem) -> Body {
    // Whoever helps finds the session by this; the problem's own code tells them what it was.
    let code = format!("{} · {}", open.setting.session.support_code(), problem.code);
    view(scene, &sentence(scene, open, problem), &code, open.remedies(problem.code))
}

/// The session could not be opened, and there is no list to choose from.
pub fn unopened(scene: &Scene, problem: &Problem) -> Body {
    let ways: &[Remedy] = match remedies(problem.code) {
        [Remedy::StartAgain, ..] => &[Remedy::StartAgain, Remedy::Leave],
        _ => &[Remedy::TryAgain, Remedy::Leave],
    };
    view(scene, &said(scene, problem.code, scene.say("problem.bank"), "", ""), problem.code.as_str(), ways)
}

fn view(scene: &Scene, sentence: &str, code: &str, ways: &[Remedy]) -> Body {
    let texts = scene.texts();
    let content = html! {
        p role="alert" { (sentence) }
        @if let Some(own) = texts.widget_failed { p { bdi { (own) } } }
        @for (at, remedy) in ways.iter().enumerate() {
            (way(if at == 0 { "primary" } else { "second" }, Deed::Mend(*remedy), scene.say(label(*remedy))))
        }
        p.quiet { (scene.fill("problem.code", &[("code", code)])) }
        @if let Some(address) = texts.support_email {
            p.quiet { a href={ "mailto:" (address) } target="_blank" rel="noopener" { (address) } }
        }
    };
    Body::new(scene.say("problem.title"), content)
}

const fn label(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::CorrectDetails => "remedy.correct",
        Remedy::TryAgain => "remedy.again",
        Remedy::ChooseAnother => "remedy.another",
        Remedy::StartAgain => "remedy.start",
        Remedy::Leave => "remedy.leave",
    }
}

/// The host set the window up wrongly, or for a time that is over; the customer can only leave, and
/// its makers can read why.
pub fn refused(scene: &Scene, code: ErrorCode, message: &str) -> Body {
    let why = if code == ErrorCode::WidgetExpired { "refused.expired" } else { "refused.text" };
    let content = html! {
        p role="alert" { (scene.say(why)) }
        p.quiet { (scene.fill("refused.code", &[("message", message)])) }
        (way("primary", Deed::Close, scene.say("remedy.leave")))
    };
    Body::new(scene.say("refused.title"), content)
}
