//! The accounts of the sign-in, to be ticked one by one; with figures only if the server sent any.

use super::frame::{alert, busy_label, screen};
use super::{Scene, problem};
use crate::money::figure;
use egusi_flow::{Event, Open};
use egusi_protocol::{AccountView, BalanceView, Form, Problem};
use yew::prelude::*;

/// What can be picked and what is.
pub struct Choice<'a> {
    pub accounts: &'a [AccountView],
    pub picked: &'a [u16],
    pub busy: bool,
    pub problem: Option<&'a Problem>,
}

pub fn view(scene: &Scene, open: &Open, form: &Form, choice: &Choice) -> Html {
    let problem =
        choice.problem.map(|problem| problem::sentence(scene, open, Some(form.institution), problem));
    let body = html! {
        <>
            <p class="quiet">{ scene.text.fill("accounts.with", &[("name", &open.setting.name)]) }</p>
            { alert(problem) }
            <div class="rows">{ for choice.accounts.iter().map(|one| account(scene, one, choice)) }</div>
        </>
    };
    let go = html! {
        <button type="button" class="primary" disabled={choice.busy || choice.picked.is_empty()}
            onclick={scene.report(|| Event::AccountsConfirmed)}>
            { busy_label(scene, choice.busy, "accounts.go", "accounts.busy") }
        </button>
    };
    screen(&scene.say("accounts.title"), body, go)
}

fn account(scene: &Scene, account: &AccountView, choice: &Choice) -> Html {
    let pick = account.pick;
    let ending = scene.text.fill("accounts.ending", &[("digits", &account.last_four)]);
    html! {
        <label key={pick} class="account">
            <input type="checkbox" checked={choice.picked.contains(&pick)} disabled={choice.busy}
                onchange={scene.send.reform(move |_| Event::AccountToggled(pick))} />
            <span class="box" aria-hidden="true"></span>
            <span class="account-name"><bdi>{ &account.name }</bdi><small>{ format!("{} · {ending}", account.kind) }</small></span>
            if let Some(balance) = &account.balance { { balance_of(scene, account, balance) } }
        </label>
    }
}

fn balance_of(scene: &Scene, account: &AccountView, balance: &BalanceView) -> Html {
    let amount = |minor| figure(minor, account.currency, scene.text.language);
    let ledger =
        balance.ledger_minor.map(|minor| scene.text.fill("accounts.ledger", &[("amount", &amount(minor))]));
    let how = if balance.is_derived() { "accounts.derived" } else { "accounts.available" };
    html! {
        <span class="balance">
            if let Some(minor) = balance.available_minor {
                <span class={classes!("amount", (minor < 0).then_some("below"))}>
                    <i>{ account.currency.code() }</i>{ " " }{ amount(minor) }
                </span>
                <small>{ if minor < 0 { scene.say("accounts.overdrawn") } else { scene.say(how) } }</small>
            } else {
                <small>{ scene.say("accounts.unknown") }</small>
            }
            if let Some(ledger) = ledger { <small>{ ledger }</small> }
        </span>
    }
}
