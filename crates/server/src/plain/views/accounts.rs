//! The accounts of the sign-in: one or several to be ticked, with figures only if the session has any.

use super::{Body, Scene, alert, problem, submit, way};
use crate::plain::deed::Deed;
use egusi_flow::{Open, Remedy};
use egusi_protocol::{AccountList, AccountView, BalanceView, ChargeView};
use maud::{Markup, html};

/// What can be picked and what is.
pub struct Choice<'a> {
    pub list: &'a AccountList,
    pub picked: &'a [u16],
    pub is_hidden: bool,
}

pub fn view(scene: &Scene, open: &Open, choice: &Choice) -> Body {
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let name = open.setting.name.as_str();
    let low = low_funds(scene, open).filter(|_| scene.window.carried.is_warned);
    let ticked = html! {
        (figures_bar(scene, choice))
        fieldset {
            legend.unseen { (scene.say("accounts.title")) }
            @for one in &choice.list.accounts { (account(scene, open, one, choice)) }
        }
        @if let Some(low) = &low { p.caution role="status" { (low) } }
        (submit("primary", Deed::Share, scene.say("accounts.go")))
    };
    let content = html! {
        @if let Some(asked) = scene.texts().connect_message { p { bdi { (asked) } } }
        @if let Some(digits) = &open.setting.account_ending {
            p { (scene.fill("accounts.named", &[("name", name), ("digits", digits)])) }
        }
        p.quiet { (scene.fill("accounts.with", &[("name", name)])) }
        (alert(problem.as_deref()))
        (scene.form(&ticked))
        @if low.is_some() { (way("second", Deed::Mend(Remedy::ChooseAnother), scene.say("remedy.another"))) }
    };
    Body::new(scene.say("accounts.title"), content)
}

/// As of when the figures are, and the button that hides them from people nearby.
fn figures_bar(scene: &Scene, choice: &Choice) -> Markup {
    if choice.list.accounts.iter().all(|account| account.balance.is_none()) {
        return html! {};
    }
    let label = if choice.is_hidden { "accounts.show" } else { "accounts.hide" };
    html! {
        div.figures {
            span { (scene.fill("accounts.asof", &[("time", &scene.time_of_day(choice.list.read_at_ms))])) }
            (submit("plain", Deed::Figures, scene.say(label)))
        }
    }
}

fn account(scene: &Scene, open: &Open, account: &AccountView, choice: &Choice) -> Markup {
    let ending = scene.fill("accounts.ending", &[("digits", &account.last_four)]);
    let kind = if open.is_single() { "radio" } else { "checkbox" };
    let barred =
        account.barred.map(|why| scene.fill(&format!("barred.{why}"), &[("name", &open.setting.name)]));
    html! {
        label.account.barred[barred.is_some()] {
            input type=(kind) name="account" value=(account.pick) checked[choice.picked.contains(&account.pick)]
                disabled[barred.is_some()] required[open.is_single()];
            span {
                bdi { (account.name) } " "
                small { bdi { (account.kind) } " · " (ending) }
                @if let Some(barred) = &barred { " " small.why { (barred) } }
                @if account.is_short { " " small.why { (scene.say("accounts.short")) } }
            }
            @if let Some(balance) = &account.balance {
                " " span.balance {
                    @if choice.is_hidden { span role="img" aria-label=(scene.say("accounts.hidden")) { "••••" } }
                    @else { (balance_of(scene, account, balance)) }
                }
            }
        }
    }
}

fn balance_of(scene: &Scene, account: &AccountView, balance: &BalanceView) -> Markup {
    let amount = |minor| scene.figure(minor, account.currency);
    let how = if balance.is_derived() { "accounts.derived" } else { "accounts.available" };
    html! {
        @if let Some(minor) = balance.available_minor {
            strong { bdi { (account.currency.code()) " " (amount(minor)) } } " "
            small { (scene.say(if minor < 0 { "accounts.overdrawn" } else { how })) }
        } @else {
            small { (scene.say("accounts.unknown")) }
        }
        @if let Some(minor) = balance.ledger_minor {
            " " small { (scene.fill("accounts.ledger", &[("amount", &amount(minor))])) }
        }
    }
}

/// What it means that a picked account holds less than the charge.
fn low_funds(scene: &Scene, open: &Open) -> Option<String> {
    let ChargeView { amount_minor, currency, garnish } = open.setting.charge?;
    let amount = format!("{} {}", currency.code(), scene.figure(amount_minor, currency));
    let sentence = if garnish { "accounts.low.garnish" } else { "accounts.low.standard" };
    (open.short_picked() > 0)
        .then(|| scene.fill(sentence, &[("amount", &amount), ("name", &open.setting.name)]))
}
