//! The rows of a finished session: customer, record, accounts with their balances, the thresholds
//! they fell below, and the events that tell of all this.

use crate::error::ApiError;
use crate::readings::crossing::{Cause, Crossing, cross};
use crate::readings::telling::Subject;
use crate::sessions::claim::Claimed;
use crate::sessions::naming::KeptIdentifier;
use crate::sessions::opening::CONSENT_DAYS;
use crate::sessions::returning::account_key;
use crate::sessions::sharing::Selection;
use crate::sessions::state::{Carried, KeptAccount, last_four};
use crate::state::App;
use crate::webhooks::events::What;
use egusi_protocol::{Barred, Currency, EndpointId, Product, RecordId, RecordStatus};
use egusi_store::{
    BalanceRow, KnownAccount, KnownConnection, KnownQuery, NewAccount, NewBalance, NewConnection, NewConsent,
    NewCustomer, NewEvent, NewRecord, Rule, TaskKind, Watch, WatchChange,
};

const DAY_MS: i64 = 86_400_000;

/// What the store knows beside the session.
pub struct Around {
    /// Where events of the record go, and its address.
    pub endpoint: Option<(EndpointId, String)>,
    /// The App's thresholds, in minor units of each currency.
    pub thresholds: Vec<(Currency, i64)>,
}

/// What an earlier visit left.
pub struct Known {
    /// Ids and watches.
    pub known: KnownConnection,
    /// The balances.
    pub before: Vec<BalanceRow>,
}

/// Everything the finished session leaves.
///
/// # Errors
/// `Internal` if something could not be sealed or written.
pub fn connection(
    app: &App,
    claimed: &Claimed,
    selection: &Selection,
    query: &KnownQuery,
    earlier: &Known,
    around: &Around,
    consent: NewConsent,
) -> Result<NewConnection, ApiError> {
    let known = &earlier.known;
    let now_ms = claimed.now_ms;
    let record = known.record.unwrap_or_else(|| app.mint.id(now_ms));
    let customer = NewCustomer {
        id: known.customer.unwrap_or_else(|| app.mint.id(now_ms)),
        key: query.customer,
        name: selection.holder.name.clone(),
    };
    let accounts: Vec<NewAccount> = (0..)
        .zip(&selection.accounts)
        .map(|(pick, account)| new_account(app, claimed, selection, known, account, pick))
        .collect();
    let (watches, crossings) = low_funds(claimed, earlier, around, &accounts);
    let subject = subject(claimed, selection, &customer, record, around);
    let events = events(app, claimed, &subject, earlier, &customer, &accounts, &crossings)?;
    let products = &claimed.state.setting.products;
    // Whoever asked for names and numbers alone has no use for the past.
    let is_history_wanted = products.iter().any(|product| *product != Product::Auth);
    Ok(NewConnection {
        at_ms: now_ms,
        customer,
        identifiers: selection.holder.identifiers.iter().filter_map(KeptIdentifier::row).collect(),
        record: new_record(app, claimed, selection, query, record, around)?,
        consent,
        accounts,
        events,
        watches,
        then: is_history_wanted.then_some(TaskKind::History),
    })
}

fn new_record(
    app: &App,
    claimed: &Claimed,
    selection: &Selection,
    query: &KnownQuery,
    id: RecordId,
    around: &Around,
) -> Result<NewRecord, ApiError> {
    let access = app
        .sealer
        .seal(id.bytes(), &selection.access)
        .map_err(|_| ApiError::Internal("an access could not be sealed".into()))?;
    let agreed = carried(claimed).cloned().unwrap_or_else(|| {
        let products: Vec<_> =
            claimed.state.setting.products.iter().map(|product| Product::as_str(*product)).collect();
        let until_ms = claimed.now_ms + i64::from(CONSENT_DAYS) * DAY_MS;
        Carried { until_ms, products: products.join(" ") }
    });
    let extras = &claimed.state.extras;
    Ok(NewRecord {
        id,
        key: query.record,
        institution: selection.institution,
        access,
        products: agreed.products,
        endpoint: around.endpoint.as_ref().map(|(id, _)| *id),
        app: extras.app,
        options: extras.options.clone(),
        meta: extras.meta.clone(),
        consent_until_ms: agreed.until_ms,
    })
}

/// The earlier agreement that is carried over, if one is.
fn carried(claimed: &Claimed) -> Option<&Carried> {
    claimed.state.consent.as_ref()?.carried.as_ref()
}

fn new_account(
    app: &App,
    claimed: &Claimed,
    selection: &Selection,
    known: &KnownConnection,
    account: &KeptAccount,
    pick: u16,
) -> NewAccount {
    let now_ms = claimed.now_ms;
    let key = account_key(app, claimed.row.scope, &account.number);
    let before = known.accounts.iter().find(|known| known.key == key);
    let connected = selection.picks.contains(&pick);
    // Where an earlier agreement is carried over, nobody is asked about any account but the one.
    let is_carried = carried(claimed).is_some();
    NewAccount {
        id: before.map_or_else(|| app.mint.id(now_ms), |known| known.id),
        key,
        name: account.name.clone(),
        number: if connected { account.number.clone() } else { masked(&account.number) },
        kind: account.kind.clone(),
        currency: account.currency,
        connected,
        is_left: is_carried && account.barred == Some(Barred::OtherAccount),
        balance: account.balance.filter(|_| connected).map(|balance| NewBalance {
            id: before.and_then(|known| known.balance).unwrap_or_else(|| app.mint.id(now_ms)),
            reading: balance.reading(selection.read_at_ms),
        }),
    }
}

/// The thresholds that accounts fell below: their own, the App's, and the amount to be collected.
fn low_funds(
    claimed: &Claimed,
    earlier: &Known,
    around: &Around,
    accounts: &[NewAccount],
) -> (Vec<WatchChange>, Vec<Crossing>) {
    let (mut changes, mut crossings) = (Vec::new(), Vec::new());
    for account in accounts {
        let Some(NewBalance { id: _, reading }) = &account.balance else { continue };
        let Known { known, before } = earlier;
        // While the customer was picking, somebody may have looked again.
        let is_late = |row: &BalanceRow| row.account == account.id && !reading.supersedes(&row.current);
        if before.iter().any(is_late) {
            continue;
        }
        let before = known.accounts.iter().find(|known| known.id == account.id);
        let watches = watches_of(before, around, account.currency);
        let (changed, crossed) = cross(account.id, account.currency, &watches, reading.available_minor);
        changes.extend(changed);
        crossings.extend(crossed);
        let charge = claimed.state.extras.charge.filter(|charge| charge.currency == account.currency);
        if let (Some(charge), Some(available_minor)) = (charge, reading.available_minor)
            && available_minor < charge.amount_minor
        {
            crossings.push(Crossing {
                account: account.id,
                cause: Cause::Charge,
                currency: account.currency,
                threshold_minor: charge.amount_minor,
                available_minor,
                number: 1,
            });
        }
    }
    (changes, crossings)
}

/// An account's own threshold takes the place of its App's. The App of this session may be another
/// than that of the visit before.
fn watches_of(before: Option<&KnownAccount>, around: &Around, currency: Currency) -> Vec<Watch> {
    let known = before.map_or(&[][..], |known| &known.watches);
    let own = known.iter().find(|watch| watch.rule == Rule::Account);
    let of_app = around.thresholds.iter().find(|(of, _)| *of == currency).map(|(_, threshold_minor)| {
        let stood = known.iter().find(|watch| watch.rule == Rule::App);
        Watch {
            rule: Rule::App,
            threshold_minor: *threshold_minor,
            is_low: stood.is_some_and(|watch| watch.is_low),
            crossings: stood.map_or(0, |watch| watch.crossings),
        }
    });
    own.copied().or(of_app).into_iter().collect()
}

fn subject(
    claimed: &Claimed,
    selection: &Selection,
    customer: &NewCustomer,
    record: RecordId,
    around: &Around,
) -> Subject {
    let extras = &claimed.state.extras;
    let (endpoint, callback_url) = match &around.endpoint {
        Some((id, url)) => (Some(*id), url.clone()),
        None => (None, String::new()),
    };
    Subject {
        scope: claimed.row.scope,
        record,
        customer: customer.id,
        institution: selection.institution,
        app: extras.app,
        options: extras.options.clone(),
        meta: extras.meta.clone(),
        endpoint,
        callback_url,
        started_at_ms: claimed.state.opened_at_ms,
        asked_at_ms: None,
    }
}

fn events(
    app: &App,
    claimed: &Claimed,
    subject: &Subject,
    earlier: &Known,
    customer: &NewCustomer,
    accounts: &[NewAccount],
    crossings: &[Crossing],
) -> Result<Vec<NewEvent>, ApiError> {
    let at_ms = claimed.now_ms;
    let mut events =
        vec![subject.event(app, at_ms, What::Connected { is_return: earlier.known.record.is_some() })?];
    if claimed.state.setting.products.contains(&Product::Balance) {
        let rows =
            accounts.iter().filter_map(|account| balance_row(subject, earlier, customer, account, at_ms));
        let rows: Vec<_> = rows.collect();
        events.push(subject.event(app, at_ms, What::BalanceRead(&rows))?);
    }
    for crossing in crossings {
        let occasion: &[u8] = match crossing.cause {
            Cause::Charge => claimed.row.id.bytes(),
            Cause::Account | Cause::App => b"",
        };
        events.push(subject.low_funds(app, at_ms, crossing, occasion)?);
    }
    Ok(events)
}

/// The balance as it is going to be read.
fn balance_row(
    subject: &Subject,
    earlier: &Known,
    customer: &NewCustomer,
    account: &NewAccount,
    at_ms: i64,
) -> Option<BalanceRow> {
    let NewBalance { id, reading } = account.balance.as_ref()?;
    let before = earlier.before.iter().find(|before| before.id == *id);
    Some(BalanceRow {
        id: *id,
        account: account.id,
        account_name: account.name.clone(),
        account_number: account.number.clone(),
        currency: account.currency,
        connected: account.connected,
        customer: customer.id,
        customer_name: customer.name.clone(),
        record: subject.record,
        record_status: RecordStatus::Ok,
        institution: subject.institution,
        created_at_ms: before.map_or(at_ms, |before| before.created_at_ms),
        current: *reading,
        readings: Vec::new(),
    })
}

/// An account that was not picked is known by its last digits alone.
fn masked(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(4);
    format!("{}{}", "*".repeat(hidden), last_four(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_was_not_picked_keeps_its_last_digits_only() {
        assert_eq!(masked("2000110042"), "******0042");
        assert_eq!(masked("42"), "42");
    }
}
