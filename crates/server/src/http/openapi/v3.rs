//! The doors of v3.

use super::describe::{Door, Doors, Shape};
use crate::http::v3::query::{
    OfAccounts, OfBalances, OfCustomers, OfDeliveries, OfRecords, OfTransactions, Period, Query, WithReadings,
};
use crate::v3::account::{Account, Threshold};
use crate::v3::app::{App, AppWanted};
use crate::v3::balance::Balance;
use crate::v3::customer::Customer;
use crate::v3::institution::Institution;
use crate::v3::record::{Record, Refresh, RefreshWanted, Refreshes};
use crate::v3::statistics::Statistics;
use crate::v3::transaction::Transaction;
use crate::v3::webhook::{
    Delivery, Endpoint, EndpointChanged, EndpointSecret, EndpointWanted, ReplaySince, Replayed, TestSent,
    TestWanted,
};
use utoipa::ToSchema;

/// Adds them.
pub fn describe(doors: &mut Doors) {
    for door in balances().into_iter().chain(customers()).chain(apps()).chain(webhooks()) {
        doors.add(door.behind_the_gate());
    }
}

/// A list with its query.
fn list<T: ToSchema, Q: Query>(path: &str, tag: &str, summary: &str) -> Door {
    Door::new("get", path, tag, summary).query(Q::PARAMS).answers(
        200,
        "A page, newest first.",
        Shape::list::<T>(),
    )
}

/// A list that is always whole.
fn whole<T: ToSchema>(path: &str, tag: &str, summary: &str) -> Door {
    Door::new("get", path, tag, summary).answers(200, "All of them; `next` is null.", Shape::list::<T>())
}

/// One thing by its id.
fn one<T: ToSchema>(path: &str, tag: &str, summary: &str) -> Door {
    Door::new("get", path, tag, summary).answers(200, "It.", Shape::of::<T>())
}

fn balances() -> Vec<Door> {
    const TAG: &str = "Balances";
    let statistics = |path, summary| {
        one::<Statistics>(path, TAG, summary).query(Period::PARAMS).about(
            "Averages count each amount for as long as it stood. Without `from`, the 90 days before `to`; \
            without `to`, until now.",
        )
    };
    vec![
        list::<Balance, OfBalances>("/v3/balances", TAG, "Lists balances"),
        one::<Balance>("/v3/balances/{id}", TAG, "Reads a balance").query(WithReadings::PARAMS),
        statistics("/v3/accounts/{id}/statistics", "Averages and extremes of an account"),
        statistics("/v3/customers/{id}/statistics", "Averages and extremes of a customer's accounts"),
        Door::new("post", "/v3/accounts/{id}/check", TAG, "Asks the institution now")
            .about(
                "Waits for the institution and answers with what it told. 409 `sign_in_needed` if the customer \
                must sign in again, 503 `institution_failed` if the institution does not answer.",
            )
            .answers(200, "The balance just read.", Shape::of::<Balance>()),
        Door::new("post", "/v3/records/{id}/refresh", TAG, "Has a record read again")
            .about(
                "Goes on without you. A look that was asked for within the last 60 s, or that still runs, is not \
                begun again; the answer is that one.",
            )
            .body(Shape::of::<RefreshWanted>())
            .answers(202, "How it stands.", Shape::of::<Refresh>()),
        one::<Refreshes>("/v3/records/{id}/refresh", TAG, "Tells how the last looks at a record stand"),
    ]
}

fn customers() -> Vec<Door> {
    const TAG: &str = "Customers";
    vec![
        list::<Customer, OfCustomers>("/v3/customers", TAG, "Lists customers"),
        one::<Customer>("/v3/customers/{id}", TAG, "Reads a customer"),
        list::<Record, OfRecords>("/v3/records", TAG, "Lists records"),
        one::<Record>("/v3/records/{id}", TAG, "Reads a record"),
        list::<Account, OfAccounts>("/v3/accounts", TAG, "Lists accounts"),
        one::<Account>("/v3/accounts/{id}", TAG, "Reads an account"),
        Door::new("put", "/v3/accounts/{id}/threshold", TAG, "Sets the threshold of an account")
            .about(
                "You are told once by `balance.low` when the available balance falls below it. It takes the \
                place of the one of the account's App.",
            )
            .body(Shape::of::<Threshold>())
            .answers(200, "The account.", Shape::of::<Account>()),
        Door::new("delete", "/v3/accounts/{id}/threshold", TAG, "Removes the threshold of an account")
            .answers_with(204, "There is none any more."),
        list::<Transaction, OfTransactions>("/v3/transactions", "Transactions", "Lists transactions"),
        one::<Transaction>("/v3/transactions/{id}", "Transactions", "Reads a transaction"),
        whole::<Institution>("/v3/institutions", "Institutions", "Lists institutions"),
    ]
}

fn apps() -> Vec<Door> {
    const TAG: &str = "Apps";
    vec![
        whole::<App>("/v3/apps", TAG, "Lists Apps"),
        one::<App>("/v3/apps/{id}", TAG, "Reads an App"),
        Door::new("post", "/v3/apps", TAG, "Makes an App")
            .about("409 `conflict` if another App of this server has the short name.")
            .body(Shape::of::<AppWanted>())
            .answers(201, "The App.", Shape::of::<App>()),
        Door::new("put", "/v3/apps/{id}", TAG, "Changes an App")
            .about(
                "Takes the place of all of it: thresholds, origins and options that are left out are removed. \
                Its short name stays unless another is given.",
            )
            .body(Shape::of::<AppWanted>())
            .answers(200, "The App.", Shape::of::<App>()),
    ]
}

fn webhooks() -> Vec<Door> {
    const TAG: &str = "Webhooks";
    const ENDPOINTS: &str = "/v3/webhooks/endpoints";
    let endpoint = |rest: &str| format!("{ENDPOINTS}/{{id}}{rest}");
    vec![
        whole::<Endpoint>(ENDPOINTS, TAG, "Lists endpoints"),
        Door::new("post", ENDPOINTS, TAG, "Makes an endpoint")
            .about("If there is one of that URL, it is that one. From now on it is told every event.")
            .body(Shape::of::<EndpointWanted>())
            .answers(200, "The endpoint.", Shape::of::<Endpoint>()),
        one::<Endpoint>(&endpoint(""), TAG, "Reads an endpoint"),
        Door::new("patch", &endpoint(""), TAG, "Switches an endpoint off or on")
            .body(Shape::of::<EndpointChanged>())
            .answers(200, "The endpoint.", Shape::of::<Endpoint>()),
        one::<EndpointSecret>(&endpoint("/secret"), TAG, "Reads what signs an endpoint's webhooks"),
        Door::new("post", &endpoint("/rotate"), TAG, "Gives an endpoint a new secret")
            .about("The secret before signs beside the new one for a while.")
            .answers(200, "The new secret.", Shape::of::<EndpointSecret>()),
        Door::new("post", &endpoint("/replay"), TAG, "Begins exhausted deliveries to an endpoint anew")
            .body(Shape::of::<ReplaySince>())
            .answers(202, "How many.", Shape::of::<Replayed>()),
        list::<Delivery, OfDeliveries>("/v3/webhooks/deliveries", TAG, "Lists deliveries"),
        Door::new("post", "/v3/webhooks/deliveries/{id}/replay", TAG, "Begins a delivery anew")
            .about("409 while its endpoint is disabled, or while it is being tried.")
            .answers(202, "That it begins.", Shape::of::<Replayed>())
            .refuses(&[409]),
        Door::new("post", "/v3/webhooks/test", TAG, "Sends a test")
            .about(
                "An event that says nothing, told to the standing endpoints and to one more if you name it.",
            )
            .body(Shape::of::<TestWanted>())
            .answers(202, "The event.", Shape::of::<TestSent>())
            .refuses(&[404]),
    ]
}
