//! Accounts, authentications, customers, records, transactions and banks. Where a generation has no
//! shape of its own, the file is one for both.

use crate::samples::*;
use egusi_connectors::Details;
use egusi_protocol::RecordStatus;
use egusi_server::okra::account::{OkraAccount, OkraAccountDetails};
use egusi_server::okra::auth::OkraAuth;
use egusi_server::okra::bank::OkraBank;
use egusi_server::okra::customer::{Customers, OkraCustomer};
use egusi_server::okra::list::List;
use egusi_server::okra::page::Pagination;
use egusi_server::okra::record::OkraRecord;
use egusi_server::okra::shape::Shape;
use egusi_server::okra::transaction::OkraTransaction;
use egusi_store::{AccountRow, CustomerRow, Page, RecordRow, TransactionRow};
use serde_json::{Value, json};

/// Both generations have this shape.
const BOTH: [Shape; 2] = [Shape::V2, Shape::V1];

#[test]
fn an_account() {
    let institution = harmattan();
    for shape in BOTH {
        let account = account_row();
        let account = OkraAccount::new(&account, view(shape), Some(bank(&institution)));
        golden("account", &compact(&account));
    }
    let unshared =
        AccountRow { connected: false, number: "******6789".into(), balance: None, ..account_row() };
    let json = golden("account_not_shared", &compact(&OkraAccount::new(&unshared, view(Shape::V2), None)));
    assert_eq!((&json["connected"], &json["balance"]), (&json!([]), &Value::Null));
}

#[test]
fn the_details_of_an_account_bear_the_name_of_its_holder() {
    let institution = harmattan();
    let account = account_row();
    let details = OkraAccountDetails::new(&account, view(Shape::V2), Some(bank(&institution)));
    let json = golden("account_details", &compact(&details));
    assert_eq!(json["name"], "ADA OBI");
}

#[test]
fn an_authentication() {
    let institution = harmattan();
    let record = record_row();
    for shape in BOTH {
        let json = golden("auth", &compact(&OkraAuth::new(&record, view(shape), Some(bank(&institution)))));
        assert_eq!((&json["id"], &json["validated"]), (&json["record"], &json!(true)));
    }
    let product = OkraAuth::new(&record, view(Shape::V1Products), Some(bank(&institution)));
    golden("auth_v1_products", &compact(&product));
}

#[test]
fn a_record() {
    let institution = harmattan();
    let record = record_row();
    for shape in BOTH {
        golden("record", &compact(&OkraRecord::new(&record, view(shape), Some(bank(&institution)))));
    }
    let ended = RecordRow { status: RecordStatus::SignInNeeded, app: None, ..record };
    golden("record_sign_in_needed", &compact(&OkraRecord::new(&ended, view(Shape::V2), None)));
}

#[test]
fn a_transaction_either_took_or_brought() {
    let institution = harmattan();
    let took = transaction_row(-4_000_050);
    for shape in BOTH {
        let transaction = OkraTransaction::new(&took, view(shape), Some(bank(&institution)));
        let compact = compact(&transaction);
        assert_digits(&compact, "debit", "40000.5");
        assert_digits(&compact, "credit", "null");
        golden("transaction_debit", &compact);
    }
    let brings = TransactionRow { is_pending: true, ..transaction_row(1_000_000) };
    let json = golden("transaction_pending", &compact(&OkraTransaction::new(&brings, view(Shape::V2), None)));
    assert_eq!((&json["credit"], &json["cleared_date"]), (&json!(10_000), &Value::Null));
}

#[test]
fn a_page_of_customers_stands_where_either_client_looks() {
    let institution = harmattan();
    let row = CustomerRow {
        id: id(3),
        name: "ADA OBI".into(),
        created_at_ms: CONNECTED_AT_MS,
        updated_at_ms: CONNECTED_AT_MS + DAY_MS,
        records: vec![id(4)],
        accounts: vec![account_row(), AccountRow { connected: false, ..account_row() }],
    };
    let customer = || OkraCustomer::new(&row, view(Shape::V2), |_| Some(bank(&institution)));
    golden("customer", &compact(&customer()));
    let pagination = Some(Pagination::new(Page::numbered(1, 20), 1));
    let list = List { pagination, names: &["customers"], rows: vec![customer()] };
    let json = golden("customers", &compact(&Customers::new(&list)));
    for name in ["customers", "total", "pagination"] {
        assert_eq!(json[name], json["data"][name], "{name}");
    }
}

#[test]
fn a_bank() {
    let institution = harmattan();
    let details = Details { slug: "harmattan-bank".into() };
    golden("bank", &compact(&OkraBank::new(&institution, &details)));
}
