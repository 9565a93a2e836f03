//! The accounts of the sign-in: one or several to be picked, with figures only if the server sent any.

use super::frame::{alert, busy_label, screen};
use super::{Scene, problem};
use crate::money::{figure, time_of_day};
use egusi_flow::{Event, Open, Remedy};
use egusi_protocol::{AccountList, AccountView, BalanceView, ChargeView};
use yew::prelude::*;

/// What can be picked and what is.
pub struct Choice<'a> {
    pub list: &'a AccountList,
    pub picked: &'a [u16],
    pub is_hidden: bool,
    pub busy: bool,
}

pub fn view(scene: &Scene, open: &Open, choice: &Choice) -> Html {
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let name = open.setting.name.as_str();
    let asked = scene.options.texts.connect_message.clone();
    let named = open
        .setting
        .account_ending
        .as_ref()
        .map(|digits| scene.text.fill("accounts.named", &[("name", name), ("digits", digits)]));
    let body = html! {
        <>
            if let Some(asked) = asked { <p>{ asked }</p> }
            if let Some(named) = named { <p>{ named }</p> }
            <p class="quiet">{ scene.text.fill("accounts.with", &[("name", name)]) }</p>
            { figures_bar(scene, choice) }
            { alert(problem) }
            <div class="rows" role={open.is_single().then_some("radiogroup")}
                aria-label={open.is_single().then(|| scene.say("accounts.title"))}>
                { for choice.list.accounts.iter().map(|one| account(scene, open, one, choice)) }
            </div>
            <div role="status">
                if let Some(low) = low_funds(scene, open) { <p class="caution">{ low }</p> }
            </div>
        </>
    };
    let is_low = open.short_picked() > 0;
    let go = html! {
        <>
            <button type="button" class="primary" disabled={choice.busy || choice.picked.is_empty()}
                onclick={scene.report(|| Event::AccountsConfirmed)}>
                { busy_label(scene, choice.busy, "accounts.go", "accounts.busy") }
            </button>
            if is_low {
                <button type="button" class="second" disabled={choice.busy}
                    onclick={scene.report(|| Event::RemedyChosen(Remedy::ChooseAnother))}>
                    { scene.say("remedy.another") }
                </button>
            }
        </>
    };
    screen(&scene.say("accounts.title"), body, go)
}

/// As of when the figures are, and the switch that hides them from people nearby.
fn figures_bar(scene: &Scene, choice: &Choice) -> Html {
    if choice.list.accounts.iter().all(|account| account.balance.is_none()) {
        return Html::default();
    }
    let at = time_of_day(choice.list.read_at_ms, scene.text).unwrap_or_default();
    let label = if choice.is_hidden { "accounts.show" } else { "accounts.hide" };
    html! {
        <div class="figures">
            <span>{ scene.text.fill("accounts.asof", &[("time", &at)]) }</span>
            <button type="button" class="plain word" onclick={scene.report(|| Event::FiguresToggled)}>
                { scene.say(label) }
            </button>
        </div>
    }
}

fn account(scene: &Scene, open: &Open, account: &AccountView, choice: &Choice) -> Html {
    let pick = account.pick;
    let ending = scene.text.fill("accounts.ending", &[("digits", &account.last_four)]);
    let kind = if open.is_single() { "radio" } else { "checkbox" };
    let barred =
        account.barred.map(|why| scene.text.fill(&format!("barred.{why}"), &[("name", &open.setting.name)]));
    html! {
        <label key={pick} class={classes!("account", barred.is_some().then_some("barred"))}>
            <input type={kind} name="account" checked={choice.picked.contains(&pick)}
                disabled={choice.busy || barred.is_some()}
                onchange={scene.send.reform(move |_| Event::AccountToggled(pick))} />
            <span class="box" aria-hidden="true"></span>
            <span class="account-name">
                <bdi>{ &account.name }</bdi>
                <small>{ format!("{} · {ending}", account.kind) }</small>
                if let Some(barred) = barred { <small class="why">{ barred }</small> }
                if account.is_short { <small class="why">{ scene.say("accounts.short") }</small> }
            </span>
            if let Some(balance) = &account.balance {
                if choice.is_hidden {
                    <span class="balance"><span class="amount" aria-label={scene.say("accounts.hidden")}>{ "••••" }</span></span>
                } else {
                    { balance_of(scene, account, balance) }
                }
            }
        </label>
    }
}

fn balance_of(scene: &Scene, account: &AccountView, balance: &BalanceView) -> Html {
    let amount = |minor| figure(minor, account.currency, scene.text);
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

/// What it means that a picked account holds less than the charge.
fn low_funds(scene: &Scene, open: &Open) -> Option<String> {
    let ChargeView { amount_minor, currency, garnish } = open.setting.charge?;
    if open.short_picked() == 0 {
        return None;
    }
    let amount = format!("{} {}", currency.code(), figure(amount_minor, currency, scene.text));
    let sentence = if garnish { "accounts.low.garnish" } else { "accounts.low.standard" };
    Some(scene.text.fill(sentence, &[("amount", &amount), ("name", &open.setting.name)]))
}
