//! The pages of a receipt: the form for its number, the receipt itself, the same as a file to keep, and
//! whether to stop. They decide nothing, need no script, and fetch nothing.

use super::{FactAccount, Receipt, Standing};
use crate::words::Words;
use egusi_protocol::Product;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Nobody types a number in more characters.
pub const TYPED_MAX: usize = 40;

/// What every page is given.
pub struct Scene<'a> {
    /// The language it speaks.
    pub words: &'a Words,
    /// The style sheet.
    pub style: &'a str,
    /// Where the form for a number is, as an address to write down.
    pub address: &'a str,
    /// Who runs this server.
    pub operator: &'a str,
    /// When it is drawn.
    pub now_ms: i64,
}

impl Scene<'_> {
    fn say<'a>(&'a self, name: &'a str) -> &'a str {
        self.words.say(name)
    }

    /// A whole page. `policy` is for a file, which no header goes with.
    fn page(&self, title: &str, policy: Option<&str>, content: &Markup, is_sandbox: bool) -> String {
        let page = html! {
            (DOCTYPE)
            html lang=(self.words.language()) dir=(self.words.direction()) {
                head {
                    meta charset="utf-8";
                    @if let Some(policy) = policy { meta http-equiv="Content-Security-Policy" content=(policy); }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (title) }
                    style { (PreEscaped(self.style)) }
                }
                body {
                    header { p.quiet { bdi { (self.operator) } } }
                    main { h1 { (title) } (content) }
                    @if is_sandbox { footer { p { (self.say("sandbox")) } } }
                }
            }
        };
        page.into_string()
    }

    /// The form for a number, with what was wrong about the one that was typed before.
    pub fn ask(&self, wrong: Option<&str>, typed: &str) -> String {
        let content = html! {
            form method="post" action="/consent" autocomplete="off" {
                @if let Some(wrong) = wrong { p.alert role="alert" id="problem" { (self.say(wrong)) } }
                div.field {
                    label for="number" { (self.say("receipt.number")) }
                    input.typed-number id="number" name="number" type="text" dir="ltr" required autofocus
                        placeholder="XXXX-XXXX-XXXX-XXXX" maxlength=(TYPED_MAX) value=[Some(typed).filter(|typed| !typed.is_empty())] autocomplete="off"
                        autocapitalize="characters" autocorrect="off" spellcheck="false"
                        aria-invalid=[wrong.map(|_| "true")]
                        aria-describedby=(if wrong.is_some() { "problem hint" } else { "hint" });
                    p.hint id="hint" { (self.say("receipt.enter")) }
                }
                button.primary type="submit" { (self.say("receipt.show")) }
            }
        };
        self.page(self.say("receipt.find"), None, &content, false)
    }

    /// The receipt, with what can be done about it.
    pub fn receipt(&self, receipt: &Receipt) -> String {
        let is_open = receipt.is_open(self.now_ms);
        let buttons = html! {
            (button(receipt, "/consent/receipt", "second", self.say("receipt.save")))
            @if is_open { (button(receipt, "/consent/stop", "second stop", self.say("receipt.stop"))) }
        };
        let content = html! { (self.told(receipt)) (buttons) };
        self.page(self.title(receipt), None, &content, receipt.is_of_sandbox())
    }

    /// The receipt as a file that stands alone.
    pub fn file(&self, receipt: &Receipt, policy: &str) -> String {
        self.page(self.title(receipt), Some(policy), &self.told(receipt), receipt.is_of_sandbox())
    }

    /// Whether to stop, and what that means.
    pub fn sure(&self, receipt: &Receipt) -> String {
        let name = [("name", receipt.facts.name.as_str())];
        let content = html! {
            p { (self.words.fill("receipt.means", &name)) }
            form method="post" action="/consent/stop" {
                (number(receipt))
                input type="hidden" name="confirm" value="yes";
                button.second.sure type="submit" { (self.say("receipt.yes")) }
            }
            (button(receipt, "/consent", "second", self.say("receipt.no")))
        };
        self.page(&self.words.fill("receipt.sure", &name), None, &content, receipt.is_of_sandbox())
    }

    fn title(&self, receipt: &Receipt) -> &str {
        match receipt.standing(self.now_ms) {
            Standing::Open { .. } => self.say("receipt.title"),
            Standing::Over { .. } | Standing::Stopped { .. } => self.say("receipt.over"),
        }
    }

    fn told(&self, receipt: &Receipt) -> Markup {
        let facts = &receipt.facts;
        let holes = [("name", facts.name.as_str()), ("address", self.address)];
        let standing = receipt.standing(self.now_ms);
        html! {
            @match standing {
                Standing::Open { again_ms: Some(at_ms), .. } => {
                    p { (self.words.fill("receipt.again", &[("date", &self.words.date(at_ms))])) }
                }
                Standing::Stopped { .. } => { p { (self.words.fill("receipt.then", &holes)) } }
                Standing::Open { .. } | Standing::Over { .. } => {}
            }
            dl.facts {
                (self.fact("receipt.whom", &html! { bdi { (facts.name) } }))
                (self.fact("receipt.bank", &html! { bdi { (facts.institution) } }))
                (self.fact("receipt.accounts", &html! {
                    ul { @for account in &facts.accounts { li { (self.account(account)) } } }
                }))
                (self.fact("receipt.what", &html! {
                    ul { @for sentence in read(&facts.products) { li { (self.words.fill(sentence, &holes)) } } }
                }))
                (self.fact("receipt.since", &self.day(receipt.agreed_at_ms())))
                @match standing {
                    Standing::Open { until_ms, .. } => { (self.fact("receipt.until", &self.day(until_ms))) }
                    Standing::Over { at_ms } => { (self.fact("receipt.ended", &self.day(at_ms))) }
                    Standing::Stopped { at_ms } => { (self.fact("receipt.stopped", &self.day(at_ms))) }
                }
                (self.fact("receipt.operator", &html! { bdi { (facts.operator) } }))
            }
            p.number {
                small { (self.say("receipt.number")) }
                strong dir="ltr" { (receipt.number.expose()) }
            }
            p { (self.words.fill("receipt.keep", &holes)) }
            p.quiet { (self.say("receipt.never")) }
        }
    }

    fn fact(&self, name: &str, value: &Markup) -> Markup {
        html! { div { dt { (self.say(name)) } dd { (value) } } }
    }

    fn day(&self, at_ms: i64) -> Markup {
        let machine = crate::times::wire_time(at_ms);
        html! { time datetime=(machine.get(..10).unwrap_or_default()) { (self.words.date(at_ms)) } }
    }

    fn account(&self, account: &FactAccount) -> Markup {
        let FactAccount { kind, currency, last_four } = account;
        let ending = self.words.fill("accounts.ending", &[("digits", last_four)]);
        html! { bdi { (kind) } " " (currency.code()) ", " (ending) }
    }
}

/// What is read, in the sentences that the customer agreed to.
fn read(products: &[Product]) -> impl Iterator<Item = &'static str> {
    let more = [(Product::Balance, "consent.balances"), (Product::Transactions, "consent.transactions")];
    let has = |product: &Product| products.contains(product);
    let more: Vec<_> = more.into_iter().filter(|(product, _)| has(product)).collect();
    std::iter::once("consent.accounts").chain(more.into_iter().map(|(_, sentence)| sentence))
}

fn number(receipt: &Receipt) -> Markup {
    html! { input type="hidden" name="number" value=(receipt.number.expose()); }
}

/// A button that carries the number to another page. It goes in a body, never in an address.
fn button(receipt: &Receipt, action: &str, class: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(action) { (number(receipt)) button class=(class) type="submit" { (label) } }
    }
}
