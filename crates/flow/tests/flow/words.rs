//! The words in which a story is written down.

use egusi_flow::{CallFailure, Catalogue, Effect, Event, Flow, Happening, HostEvent, Screen, Window};
use egusi_protocol::{PendingKind, Problem, Step};

/// What happened, in a word or two.
pub fn name_of(event: &Event) -> String {
    match event {
        Event::SessionOpened(_, answer) => format!("session {}", outcome(answer)),
        Event::SessionResumed(_, Ok((_, reply))) => format!("resumed: {}", describe_step(&reply.step)),
        Event::SessionResumed(_, Err(failure)) => format!("resuming {}", describe_failure(failure)),
        Event::InstitutionsArrived(_, answer) => format!("list {}", outcome(answer)),
        Event::StepArrived(_, Ok(reply)) if reply.is_busy => "server: busy".into(),
        Event::StepArrived(_, Ok(reply)) => format!("server: {}", describe_step(&reply.step)),
        Event::StepArrived(_, Err(failure)) => format!("call {}", describe_failure(failure)),
        Event::SearchTyped(text) => format!("type {text:?}"),
        Event::InstitutionChosen(id) => format!("choose bank {}", id.bytes()[11]),
        Event::AccountToggled(pick) => format!("tick {pick}"),
        Event::FormSubmitted(_) => "send form".into(),
        Event::AnswerSubmitted(_) => "send answer".into(),
        other => format!("{other:?}"),
    }
}

fn outcome<T>(answer: &Result<T, CallFailure>) -> String {
    answer.as_ref().map_or_else(describe_failure, |_| "arrives".into())
}

fn describe_failure(failure: &CallFailure) -> String {
    match failure {
        CallFailure::Refused { code, .. } => format!("refused {code}"),
        CallFailure::Unreachable => "unreachable".into(),
        CallFailure::Unreadable => "unreadable".into(),
    }
}

fn describe_step(step: &Step) -> String {
    match step {
        Step::Choose => "choose".into(),
        Step::Form(form) => format!("form{}", why(form.problem.as_ref())),
        Step::Challenge(challenge) => format!("{}{}", challenge.kind, why(challenge.problem.as_ref())),
        Step::Pending(pending) => format!("pending {:?}", pending.text),
        Step::Redirect(redirect) => format!("redirect {}", redirect.url),
        Step::Accounts(list) => format!("{} accounts", list.accounts.len()),
        Step::Done(_) => "done".into(),
        Step::Failed(problem) => format!("failed {}", problem.code),
    }
}

fn why(problem: Option<&Problem>) -> String {
    problem.map(|problem| format!(" ({})", problem.code)).unwrap_or_default()
}

fn offline(flow: &Flow) -> &'static str {
    if flow.is_offline() { " offline" } else { "" }
}

/// What the customer sees, in a word or two.
pub fn describe(flow: &Flow) -> String {
    let open = match flow {
        Flow::Opening { .. } => return format!("opening{}", offline(flow)),
        Flow::Unopened { problem, .. } => return format!("unopened ({}){}", problem.code, offline(flow)),
        Flow::Refused { code, .. } => return format!("refused ({code})"),
        Flow::Closed => return "closed".into(),
        Flow::Open(open) => open,
    };
    let mut marks = String::new();
    for (is_set, mark) in [
        (open.screen.is_busy(), " busy"),
        (matches!(open.screen, Screen::Selecting { is_hidden: true, .. }), " hidden"),
        (open.lost.is_some(), " lost"),
        (open.is_offline, " offline"),
        (open.is_slow(), " slow"),
        (open.is_leaving, " leaving?"),
    ] {
        marks.push_str(if is_set { mark } else { "" });
    }
    let screen = match &open.screen {
        Screen::Consent { problem, .. } => format!("consent{}", why(problem.as_ref())),
        Screen::Choosing { problem, .. } => {
            let list = match &open.catalogue {
                Catalogue::Asked { tries: 0, .. } => "coming".into(),
                Catalogue::Asked { .. } => "coming at last".into(),
                Catalogue::Here(directory) => directory.offered().len().to_string(),
                Catalogue::Missing => "missing".into(),
            };
            format!("banks [{list}]{}", why(problem.as_ref()))
        }
        Screen::SigningIn { entry, .. } => {
            let method =
                if entry.method == 0 { "" } else { entry.chosen().map_or("?", |one| one.id.as_str()) };
            let separator = if method.is_empty() { "" } else { " by " };
            let again = if entry.form.is_return { " again" } else { "" };
            format!("sign in{again}{separator}{method}{}", why(entry.form.problem.as_ref()))
        }
        Screen::Challenged { challenge, .. } => {
            format!("{}{}", challenge.kind, why(challenge.problem.as_ref()))
        }
        Screen::Waiting { text, kind: PendingKind::Working, .. } => format!("waiting {text:?}"),
        Screen::Waiting { text, kind, .. } => format!("waiting for {kind} {text:?}"),
        Screen::Redirected { window, .. } => match window {
            Window::NotYet => "redirect".into(),
            Window::Open => "redirect (open)".into(),
            Window::Blocked => "redirect (blocked)".into(),
        },
        Screen::Elsewhere { window: Window::Open, .. } => "elsewhere".into(),
        Screen::Elsewhere { .. } => "elsewhere (blocked)".into(),
        Screen::Selecting { picked, problem, .. } => format!("accounts {picked:?}{}", why(problem.as_ref())),
        Screen::Finished { .. } => "success".into(),
        Screen::Stopped { problem, .. } => format!("stopped ({})", problem.code),
    };
    format!("{screen}{marks}")
}

/// What a story tells of an effect. Beats, what keeps a session and the steps the host hears of have stories of
/// their own.
pub fn describe_effect(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::Beat(_) | Effect::KeepSession { .. } | Effect::Tell(HostEvent::Happened(_)) => return None,
        Effect::ResumeSession { after_ms, .. } => format!("resume session{}", in_ms(*after_ms)),
        Effect::OpenSession { after_ms, .. } => format!("open session{}", in_ms(*after_ms)),
        Effect::LoadInstitutions { after_ms, .. } => format!("load list{}", in_ms(*after_ms)),
        Effect::ChooseInstitution { institution, anew, .. } => {
            format!("choose {}{}", institution.bytes()[11], if *anew { " anew" } else { "" })
        }
        Effect::SubmitForm { fields, .. } => {
            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
            format!("submit {}", names.join("+"))
        }
        Effect::SubmitAnswer { answer, .. } => format!("answer {answer:?}"),
        Effect::ResendCode { .. } => "resend".into(),
        Effect::Look { after_ms, past: None, .. } => format!("look in {after_ms} ms"),
        Effect::Look { after_ms, past: Some(turn), .. } => format!("look past {turn} in {after_ms} ms"),
        Effect::Poll { after_ms, .. } => format!("poll in {after_ms} ms"),
        Effect::ShareAccounts { picks, .. } => format!("share {picks:?}"),
        Effect::EndSession => "end session".into(),
        Effect::Tell(HostEvent::Success(payload)) => format!("onSuccess {payload}"),
        Effect::Tell(HostEvent::Error { code, .. }) => format!("onError {code}"),
        Effect::Tell(HostEvent::BeforeClose) => "beforeClose".into(),
        Effect::Tell(HostEvent::Close) => "onClose".into(),
        Effect::GoTo(url) => format!("go to {url}"),
    })
}

fn in_ms(after_ms: u32) -> String {
    if after_ms == 0 { String::new() } else { format!(" in {after_ms} ms") }
}

/// What the host hears of a step, with all that came along.
pub fn describe_happening(happening: &Happening) -> String {
    let mut said = format!("{} at {}", happening.name, happening.place.as_str());
    let details = [
        happening.institution_name.clone(),
        happening.method.clone(),
        happening.challenge.map(|kind| kind.to_string()),
        happening.problem.map(|code| code.to_string()),
        happening.remedy.map(|remedy| format!("by {}", remedy.as_str())),
        happening.accounts.map(|count| format!("{count} accounts")),
    ];
    let details: Vec<_> = details.into_iter().flatten().collect();
    if !details.is_empty() {
        said.push_str(&format!(": {}", details.join(", ")));
    }
    said
}
