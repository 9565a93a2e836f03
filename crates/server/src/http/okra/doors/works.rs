//! The paths that this server serves, with their fields.

use super::{Door, Field};

const ID: Field = ("id", "Its id.", true);
const CUSTOMER: Field = ("customer", "Id of a customer.", true);
const ACCOUNT: Field = ("account", "Id of an account.", true);
const ACCOUNT_ID: Field = ("account_id", "Id of an account.", true);
const EITHER_ACCOUNT: Field = ("account_id", "Id of an account; this or `record_id` is needed.", false);
const EITHER_RECORD: Field = ("record_id", "Id of a record; this or `account_id` is needed.", false);
const RECORD: Field = ("record_id", "Id of a record.", true);
const BANK: Field = ("bank", "Id of a bank.", true);
const FROM: Field = ("from", "First day or moment, UTC.", true);
const TO: Field = ("to", "Last day or moment, UTC; a day counts to its end.", true);
const MAYBE_FROM: Field = ("from", "First day or moment, UTC.", false);
const MAYBE_TO: Field = ("to", "Last day or moment, UTC; a day counts to its end.", false);
const SUM_FROM: Field = ("from", "From when on `periodic.summary` counts.", false);
const SUM_TO: Field = ("to", "Until when `periodic.summary` counts.", false);
const PAGE: Field = ("page", "Which page, from 1.", false);
const LIMIT: Field = ("limit", "How many on a page, at most 100; 20 without it.", false);
const PERIODIC: Field = ("includePeriodic", "`false` leaves the history out.", false);
const OPTIONS: Field = ("options", "An object; the connection's own options had all of it.", true);
const BALANCE_TYPE: Field = ("type", "`available_balance` or `ledger_balance`.", true);
const MOVE_TYPE: Field = ("type", "`debit` or `credit`.", true);
const VALUE: Field = ("value", "Amount in major units; exactly this one is found.", true);

const GET_ONE_BALANCE: &[Field] = &[ID, PERIODIC, SUM_FROM, SUM_TO];
const BALANCES_IN_TIME: &[Field] = &[
    FROM,
    TO,
    ("account_id", "Id of an account.", false),
    ("customer_id", "Id of a customer.", false),
    PAGE,
    LIMIT,
    PERIODIC,
];
const LOOK: &[Field] = &[EITHER_ACCOUNT, EITHER_RECORD];
const PAGED: &[Field] = &[PAGE, LIMIT];
const OF_ACCOUNT: &[Field] = &[ACCOUNT, PAGE, LIMIT];
const OF_BANK: &[Field] = &[BANK, PAGE, LIMIT];
const OF_CUSTOMER: &[Field] = &[CUSTOMER, PAGE, LIMIT];
const OF_OPTIONS: &[Field] = &[OPTIONS, PAGE, LIMIT];
const OF_RECORD: &[Field] = &[RECORD, PAGE, LIMIT];
const OF_TIME: &[Field] = &[FROM, TO, PAGE, LIMIT];
const OF_CUSTOMER_AND_TIME: &[Field] = &[CUSTOMER, FROM, TO, PAGE, LIMIT];
const OF_MOVE: &[Field] = &[MOVE_TYPE, VALUE, PAGE, LIMIT];
const OF_NUMBER: &[Field] = &[("nuban", "Number of an account.", true), PAGE, LIMIT];
const PROCESSED: &[Field] = &[ACCOUNT, MAYBE_FROM, MAYBE_TO, PAGE, LIMIT];

const fn post(path: &'static str, summary: &'static str, fields: &'static [Field]) -> Door {
    Door { path, get: false, post: true, summary, fields, works: true, is_of_sandbox: false }
}

const fn either(path: &'static str, summary: &'static str, fields: &'static [Field]) -> Door {
    Door { path, get: true, post: true, summary, fields, works: true, is_of_sandbox: false }
}

const fn sandbox(path: &'static str, summary: &'static str, fields: &'static [Field]) -> Door {
    Door { path, get: false, post: true, summary, fields, works: true, is_of_sandbox: true }
}

/// All of them, by subject.
pub const DOORS: &[Door] = &[
    either("banks/list", "Every bank, never paged; no key needed.", &[]),
    either("banks/getById", "One bank, which is the data itself; no key needed.", &[ID]),
    either("callback", "How the last look at a record stands, and what it brought.", CALLBACK),
    // Balances.
    post("balance/getById", "One balance.", GET_ONE_BALANCE),
    post("balance/getBalanceById", "One balance; another name.", GET_ONE_BALANCE),
    post(
        "balance/getByCustomer",
        "Balances of a customer.",
        &[CUSTOMER, PAGE, LIMIT, PERIODIC, SUM_FROM, SUM_TO],
    ),
    post(
        "balance/getByAccount",
        "Balance of an account.",
        &[ACCOUNT_ID, PAGE, LIMIT, PERIODIC, SUM_FROM, SUM_TO],
    ),
    post("balance/getByType", "Balances of just that amount.", &[BALANCE_TYPE, VALUE, PAGE, LIMIT, PERIODIC]),
    post("balance/getByDate", "Balances made in that time.", &[FROM, TO, PAGE, LIMIT, PERIODIC]),
    post(
        "balance/getByCustomerDate",
        "Those of a customer made in that time.",
        &[CUSTOMER, FROM, TO, PAGE, LIMIT, PERIODIC],
    ),
    post("balance/byOptions", "Those of connections with these options.", &[OPTIONS, PAGE, LIMIT, PERIODIC]),
    post("products/balances", "All balances.", &[PAGE, LIMIT, PERIODIC]),
    post("balance/process", "Balances made in that time.", BALANCES_IN_TIME),
    post("products/balance/process", "Balances made in that time; another name.", BALANCES_IN_TIME),
    post("transactions/balance/process", "Balances made in that time; another name.", BALANCES_IN_TIME),
    post("transaction/balance/process", "Balances made in that time; another name.", BALANCES_IN_TIME),
    post(
        "balance/check",
        "Asks the institution now and answers what it says.",
        &[EITHER_RECORD, EITHER_ACCOUNT, PERIODIC],
    ),
    post("balance/refresh", "Asks for new balances; poll `callback_url`.", LOOK),
    post("products/balance/refresh", "Asks for new balances; another name.", LOOK),
    post("products/balance/periodic", "Asks for new balances; another name.", LOOK),
    // Accounts.
    post("accounts/getById", "One account.", &[ID]),
    post("accounts/getAccountDetails", "One account, which is the data itself.", &[ACCOUNT]),
    post("accounts/getByCustomer", "Accounts of a customer.", OF_CUSTOMER),
    post("accounts/getByDate", "Accounts first seen in that time.", OF_TIME),
    post("accounts/getByCustomerDate", "Those of a customer first seen in that time.", OF_CUSTOMER_AND_TIME),
    post("accounts/getByBalance", "The account of a balance.", &[("balance", "Id of a balance.", true)]),
    post("accounts/getByBank", "Accounts at a bank.", OF_BANK),
    post(
        "accounts/getByName",
        "Accounts of just that name.",
        &[("name", "What the bank calls it.", true), PAGE, LIMIT],
    ),
    post("products/accounts", "All accounts.", PAGED),
    // Authentications.
    post("auth/getById", "One authentication; its id is the record's.", &[ID]),
    post("auth/getByCustomer", "Authentications of a customer.", OF_CUSTOMER),
    post("auth/getByDate", "Authentications made in that time.", OF_TIME),
    post("auth/getByCustomerDate", "Those of a customer made in that time.", OF_CUSTOMER_AND_TIME),
    post("auth/getByBank", "Authentications at a bank.", OF_BANK),
    post("auth/byOptions", "Those of connections with these options.", OF_OPTIONS),
    post("products/auths", "All authentications.", PAGED),
    // Transactions, under two names.
    post("transactions/getById", "One transaction.", &[ID]),
    post("transactions/getByAccount", "Transactions of an account.", OF_ACCOUNT),
    post("transactions/getByBank", "Transactions at a bank.", OF_BANK),
    post("transactions/getByType", "Transactions of just that amount.", OF_MOVE),
    post("transactions/getByNuban", "Transactions of an account number.", OF_NUMBER),
    post("transactions/getByCustomer", "Transactions of a customer.", OF_CUSTOMER),
    post("transactions/getByDate", "Money moved in that time.", OF_TIME),
    post("transactions/getByCustomerDate", "Money of a customer moved in that time.", OF_CUSTOMER_AND_TIME),
    post("transactions/byOptions", "Those of connections with these options.", OF_OPTIONS),
    post("transactions/byRecord", "Transactions of a record.", OF_RECORD),
    post("transactions/process", "Transactions of an account, within a time if one is given.", PROCESSED),
    post("transactions/refresh", "Asks for new transactions; poll `callback_url`.", LOOK),
    post("transaction/getById", "One transaction; another name.", &[ID]),
    post("transaction/getByAccount", "Transactions of an account; another name.", OF_ACCOUNT),
    post("transaction/getByBank", "Transactions at a bank; another name.", OF_BANK),
    post("transaction/getByType", "Transactions of just that amount; another name.", OF_MOVE),
    post("transaction/getByNuban", "Transactions of an account number; another name.", OF_NUMBER),
    post("transaction/getByCustomer", "Transactions of a customer; another name.", OF_CUSTOMER),
    post("transaction/getByDate", "Money moved in that time; another name.", OF_TIME),
    post(
        "transaction/getByCustomerDate",
        "Money of a customer moved in that time; another name.",
        OF_CUSTOMER_AND_TIME,
    ),
    post("transaction/byOptions", "Those of connections with these options; another name.", OF_OPTIONS),
    post("transaction/byRecord", "Transactions of a record; another name.", OF_RECORD),
    post("transaction/process", "Transactions of an account; another name.", PROCESSED),
    post("transaction/refresh", "Asks for new transactions; another name.", LOOK),
    post("products/transactions", "All transactions.", PAGED),
    post("products/transactions/periodic", "Asks for new transactions; another name.", LOOK),
    // Customers and records.
    post("customers/list", "All customers.", PAGED),
    post("customers/get", "One customer.", &[CUSTOMER]),
    post("customers/find-customers-by", "Customers of that name or id.", FIND),
    post("products/records", "All records.", PAGED),
    post(
        "products/records/get",
        "One record, or without an id all.",
        &[("record_id", "Id of a record.", false)],
    ),
    post(
        "products/records/getByCustomerByBank",
        "Records of a customer, at a bank if one is given.",
        RECORDS,
    ),
    post("products/all/byRecord", "Everything that came of a record.", OF_RECORD),
    post(
        "products/all/byCustomer",
        "Everything of a customer.",
        &[("customer_id", "Id of a customer.", true), PAGE, LIMIT],
    ),
    post("products/list", "The products this server has.", &[]),
    // Test persons.
    sandbox("customers/create", "Makes test persons; the body is an array of them.", PERSON),
    sandbox("customers/generate", "Draws test persons.", GENERATE),
    sandbox("sandbox/customers/create", "Makes test persons; another name.", PERSON),
    sandbox("sandbox/customers/generate", "Draws test persons; another name.", GENERATE),
    sandbox("sandbox/customers/list", "All test persons.", PAGED),
    sandbox("sandbox/customers/get", "One test person.", &[CUSTOMER]),
];

const CALLBACK: &[Field] = &[
    ("record", "Id of a record.", true),
    ("method", "`AUTH`, `BALANCE` or `TRANSACTIONS`.", true),
    PAGE,
    LIMIT,
];
const FIND: &[Field] = &[("key", "`name` or `id`.", true), ("value", "Which.", true), PAGE, LIMIT];
const RECORDS: &[Field] = &[CUSTOMER, ("bank", "Id of a bank.", false), PAGE, LIMIT];
const GENERATE: &[Field] = &[
    ("number", "How many, at most 10.", false),
    ("create", "`true` makes them; else they are only shown.", false),
];
const PERSON: &[Field] = &[
    ("username", "What they sign in with.", true),
    ("password", "What they sign in with.", true),
    ("name", "Their name.", false),
    ("bank", "Id or name of a bank.", false),
    ("noOfAccount", "How many accounts, at most 5.", false),
    ("type", "`ind` or `corp`.", false),
    ("volume", "`low`, `medium` or `high`: how much moves.", false),
];
