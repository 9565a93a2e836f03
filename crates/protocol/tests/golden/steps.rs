//! What the customer is asked next, and what the customer answers, as they are written.

use crate::file::{golden, golden_with_secret};
use crate::{balance, bank, full_setting, secret, setting, smallest_opening, two_tries_left};
use egusi_protocol::*;

fn step(name: &str, step: Step) {
    golden(&format!("step_{name}"), &reply(step));
}

fn reply(step: Step) -> StepReply {
    StepReply { step, turn: 3, is_busy: false, resumed: None }
}

#[test]
fn a_reply_in_the_middle() {
    let resumed = Some(Resumed { setting: full_setting(), form: Some(form(None)) });
    golden("step_resumed", &StepReply { resumed, ..reply(Step::Choose) });
    golden("step_busy", &StepReply { is_busy: true, ..reply(Step::Choose) });
}

pub fn form(problem: Option<Problem>) -> Form {
    let field = |name: &str, label: &str, kind| FormField { name: name.into(), label: label.into(), kind };
    let internet = SignInMethod {
        id: "internet".into(),
        kind: MethodKind::InternetBanking,
        holders: Holders::Individual,
        text: String::new(),
        fields: vec![
            field("username", "Internet banking ID", FieldKind::Username),
            field("password", "Password", FieldKind::Password),
        ],
    };
    let ussd = SignInMethod {
        id: "ussd".into(),
        kind: MethodKind::Ussd,
        holders: Holders::Both,
        text: "Dial *000#".into(),
        fields: vec![field("phone", "Telephone", FieldKind::Phone)],
    };
    Form { institution: bank(), methods: vec![internet, ussd], is_return: false, problem }
}

#[test]
fn step_choose() {
    step("choose", Step::Choose);
}

#[test]
fn step_form() {
    step("form", Step::Form(form(None)));
    step("form_again", Step::Form(form(Some(two_tries_left(ProblemCode::WrongCredentials)))));
}

#[test]
fn step_challenge_of_every_kind() {
    for kind in ChallengeKind::ALL {
        let (text, digits) = match kind {
            ChallengeKind::OneTimeCode => ("Sent to 0803****123", 6),
            ChallengeKind::Pin => ("", 4),
            ChallengeKind::Question | ChallengeKind::Unknown => ("What was your first school?", 0),
            ChallengeKind::Device | ChallengeKind::Choice => ("Where should the code go?", 0),
            ChallengeKind::Image => ("What stands on the picture?", 0),
        };
        let mut challenge = Challenge::new(*kind, text, digits);
        if kind.is_choice() {
            let option = |id: &str, label: &str| ChallengeOption { id: id.into(), label: label.into() };
            challenge.options = vec![option("0", "Phone ending 42"), option("1", "E-mail")];
        }
        match kind {
            ChallengeKind::OneTimeCode => {
                (challenge.resend_in_s, challenge.expires_in_s) = (Some(30), Some(300));
            }
            ChallengeKind::Image => challenge.image = "data:image/png;base64,iVBORw0KGgo=".into(),
            _ => {}
        }
        step(&format!("challenge_{kind}"), Step::Challenge(challenge));
    }
}

#[test]
fn step_challenge_again() {
    let challenge = Challenge {
        problem: Some(two_tries_left(ProblemCode::WrongAnswer)),
        ..Challenge::new(ChallengeKind::OneTimeCode, "Sent to 0803****123", 6)
    };
    step("challenge_again", Step::Challenge(challenge));
}

#[test]
fn step_pending() {
    let pending = |text: &str, kind| Step::Pending(Pending { text: text.into(), kind, retry_after_ms: 1500 });
    step("pending", pending("Approve the sign-in in your bank's app", PendingKind::Approval));
    step("pending_without_text", pending("", PendingKind::Working));
}

#[test]
fn step_redirect() {
    step("redirect", Step::Redirect(Redirect { url: "https://bank.example/authorize?state=7".into() }));
}

#[test]
fn step_accounts() {
    let current = AccountView {
        pick: 0,
        name: "Ada's current account".into(),
        last_four: "4321".into(),
        kind: "Current".into(),
        currency: Currency::NGN,
        balance: Some(balance(Some(24_000_000), Some(21_999_950), AvailableSource::Reported)),
        is_short: false,
        barred: None,
    };
    let dollars = AccountView {
        pick: 1,
        kind: "Domiciliary".into(),
        currency: "USD".parse().unwrap(),
        ..current.clone()
    };
    let short = AccountView { pick: 2, is_short: true, barred: Some(Barred::Dormant), ..current.clone() };
    let hidden = AccountView { pick: 2, balance: None, ..current.clone() };
    let list = |accounts| Step::Accounts(AccountList { accounts, read_at_ms: 1_790_000_000_000 });
    step("accounts", list(vec![current, dollars, short]));
    step("accounts_without_figures", list(vec![hidden]));
}

#[test]
fn step_done() {
    let host_payload = r#"{"success":true}"#.into();
    let number = ReceiptNumber::read("1234 5678 9abc defg");
    let done = Receipt { institution: bank(), accounts: 2, host_payload, number };
    step("done", Step::Done(done.clone()));
    // An older server gives none.
    step("done_without_receipt", Step::Done(Receipt { number: None, ..done }));
}

#[test]
fn step_failed() {
    step("failed", Step::Failed(Problem::new(ProblemCode::AccountLocked)));
}

// What the customer answers.

#[test]
fn choose_institution() {
    let consent = Consent { agreed: true, language: "en".into() };
    let chosen = ChooseInstitution { institution: bank(), consent, anew: false };
    golden("choose_institution", &chosen);
    golden("choose_institution_anew", &ChooseInstitution { anew: true, ..chosen });
}

fn submit_form_canary() -> SubmitForm {
    let field = |name: &str, value: &str| FieldAnswer { name: name.into(), value: secret(value) };
    SubmitForm {
        turn: Some(3),
        method: "internet".into(),
        fields: vec![field("username", "canary-ada"), field("password", "canary \"p\u{e4}ss\"\\ 1")],
    }
}

fn answer_canary() -> Answer {
    Answer { turn: Some(3), answer: secret("canary-012345") }
}

#[test]
fn submit_form_and_answer() {
    golden_with_secret("submit_form", &submit_form_canary());
    golden_with_secret("answer", &answer_canary());
}

#[test]
fn what_is_printed_of_an_answer_holds_no_secret() {
    let opened = SessionOpened {
        session_token: secret("canary-token"),
        setting: setting(),
        step: Step::Choose,
        turn: 0,
    };
    let account_number = Some(secret("canary-2000110042"));
    let customer = Some(secret(r#"{"bvn":"canary"}"#));
    let opening = OpenSession { account_number, customer, ..smallest_opening() };
    for printed in [
        format!("{:?}", submit_form_canary()),
        format!("{:#?}", submit_form_canary()),
        format!("{:?}", answer_canary()),
        format!("{opened:?}"),
        format!("{opening:?}"),
    ] {
        assert!(printed.contains("Secret"), "{printed}");
        assert!(!printed.contains("canary"), "{printed}");
    }
}

#[test]
fn share_accounts() {
    golden("share_accounts", &ShareAccounts { turn: Some(3), picks: vec![0, 2] });
    golden("resend", &Resend { turn: Some(3) });
}
