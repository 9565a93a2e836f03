//! What the stories are made of: institutions, a setting, and one of each step.

use egusi_protocol::{
    AccountList, AccountView, AvailableSource, BalanceView, Challenge, ChallengeKind, ChallengeOption,
    Currency, Environment, FieldKind, Form, FormField, Health, Holders, Institution, InstitutionFilter,
    InstitutionKind, MethodKind, Pending, PendingKind, Problem, ProblemCode, Product, Receipt, Redirect,
    Resumed, Selection, Setting, SignInMethod, Step,
};

pub fn bank_id(number: u8) -> egusi_protocol::InstitutionId {
    let mut bytes = [0; 12];
    bytes[11] = number;
    bytes.into()
}

/// First Bank, a bank that is down, a degraded one.
pub fn institutions() -> Vec<Institution> {
    [(1, "First Bank", Health::Healthy), (2, "Down Bank", Health::Down), (3, "Slow Bank", Health::Degraded)]
        .map(|(number, name, health)| Institution {
            id: bank_id(number),
            name: name.into(),
            monogram: "FB".into(),
            also: String::new(),
            color: "#114185".into(),
            country: "NG".into(),
            kind: InstitutionKind::Bank,
            holders: Holders::Individual,
            lacks: Vec::new(),
            health,
        })
        .into()
}

pub fn setting() -> Setting {
    Setting {
        session: [7; 12].into(),
        name: "Moringa Market".into(),
        operator: "Egusi".into(),
        env: Environment::Sandbox,
        products: vec![Product::Auth, Product::Balance],
        show_balance: true,
        consent_days: 180,
        selection: Selection::Multiple,
        filter: InstitutionFilter {
            countries: Vec::new(),
            kinds: Vec::new(),
            only: Vec::new(),
            products: Vec::new(),
            holders: Holders::Individual,
        },
        institution: None,
        account_ending: None,
        returning: Vec::new(),
        charge: None,
        redirect_url: None,
    }
}

/// A form with internet banking and a second way.
pub fn whole_form() -> Form {
    let field = |name: &str, kind| FormField { name: name.into(), label: name.into(), kind };
    let method = |id: &str, kind, fields| SignInMethod {
        id: id.into(),
        kind,
        holders: Holders::Individual,
        text: String::new(),
        fields,
    };
    let username = field("username", FieldKind::Username);
    let both = vec![username.clone(), field("password", FieldKind::Password)];
    Form {
        institution: bank_id(1),
        methods: vec![
            method("internet", MethodKind::InternetBanking, both),
            method("ussd", MethodKind::Ussd, vec![username]),
        ],
        is_return: false,
        problem: None,
    }
}

/// The form that asks somebody who was here before for the password alone.
pub fn form_again() -> Form {
    let mut form = whole_form();
    form.methods.truncate(1);
    form.methods[0].fields.remove(0);
    Form { is_return: true, ..form }
}

pub fn form() -> Step {
    Step::Form(whole_form())
}

pub fn code(problem: Option<Problem>) -> Step {
    Step::Challenge(Challenge { problem, ..Challenge::new(ChallengeKind::OneTimeCode, "", 6) })
}

pub fn timed_code() -> Step {
    let (resend_in_s, expires_in_s) = (Some(30), Some(120));
    let code = Challenge::new(ChallengeKind::OneTimeCode, "", 6);
    Step::Challenge(Challenge { resend_in_s, expires_in_s, ..code })
}

pub fn pending(text: &str) -> Step {
    Step::Pending(Pending { text: text.into(), kind: PendingKind::Working, retry_after_ms: 1000 })
}

pub fn approval() -> Step {
    Step::Pending(Pending { text: String::new(), kind: PendingKind::Approval, retry_after_ms: 1000 })
}

pub fn redirect() -> Step {
    Step::Redirect(Redirect { url: "https://bank.example/authorize".into() })
}

pub fn account(pick: u16, name: &str) -> AccountView {
    AccountView {
        pick,
        name: name.into(),
        last_four: "0042".into(),
        kind: name.into(),
        currency: Currency::NGN,
        balance: Some(BalanceView {
            ledger_minor: Some(100),
            available_minor: Some(90),
            source: AvailableSource::Reported,
        }),
        is_short: false,
        barred: None,
    }
}

pub fn list(accounts: Vec<AccountView>) -> Step {
    Step::Accounts(AccountList { accounts, read_at_ms: 1_790_000_000_000 })
}

pub fn accounts() -> Step {
    list(vec![account(0, "Current"), account(1, "Savings")])
}

pub fn done() -> Step {
    Step::Done(Receipt { institution: bank_id(1), accounts: 1, host_payload: "{…}".into(), number: None })
}

pub fn failed(code: ProblemCode) -> Step {
    Step::Failed(Problem::new(code))
}

/// The form again, because the institution did not accept the details.
pub fn form_after(code: ProblemCode) -> Step {
    Step::Form(Form { problem: Some(Problem::new(code)), ..whole_form() })
}

/// A code again, because the institution did not accept the last one.
pub fn wrong_code(attempts_left: u8) -> Step {
    let attempts_left = Some(attempts_left);
    code(Some(Problem { code: ProblemCode::WrongAnswer, attempts_left }))
}

/// A question in words.
pub fn question(text: &str) -> Step {
    Step::Challenge(Challenge::new(ChallengeKind::Question, text, 0))
}

/// A choice of things, each by its id.
pub fn choice(kind: ChallengeKind, options: &[&str]) -> Step {
    let option = |id: &&str| ChallengeOption { id: (*id).into(), label: format!("The {id}") };
    let options = options.iter().map(option).collect();
    Step::Challenge(Challenge { options, ..Challenge::new(kind, "Which one?", 0) })
}

/// What a page needs that was loaded anew, where there is a form behind the step.
pub fn resumed() -> Resumed {
    Resumed { form: Some(whole_form()), ..resumed_without_form() }
}

/// The same where the step is the form itself, or none has been reached.
pub fn resumed_without_form() -> Resumed {
    Resumed { setting: setting(), form: None }
}
