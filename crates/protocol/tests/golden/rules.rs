//! Rules that both sides of the wire keep.

use crate::{bank, full_setting};
use egusi_protocol::*;

#[test]
fn an_institution_is_admitted_by_every_part_of_the_filter() {
    let everywhere = full_setting().filter;
    let everywhere = InstitutionFilter { only: Vec::new(), countries: Vec::new(), ..everywhere };
    let wallet = Institution {
        id: bank(),
        name: "Harmattan Wallet".into(),
        monogram: "H".into(),
        also: String::new(),
        color: "#7a1f2b".into(),
        country: "KE".into(),
        kind: InstitutionKind::Wallet,
        holders: Holders::Individual,
        lacks: vec![Product::Transactions],
        health: Health::Healthy,
    };
    assert!(everywhere.admits(&wallet));
    for narrower in [
        InstitutionFilter { countries: vec!["NG".into()], ..everywhere.clone() },
        InstitutionFilter { kinds: vec![InstitutionKind::Bank], ..everywhere.clone() },
        InstitutionFilter { only: vec![[1; 12].into()], ..everywhere.clone() },
        InstitutionFilter { products: vec![Product::Transactions], ..everywhere.clone() },
        InstitutionFilter { holders: Holders::Corporate, ..everywhere.clone() },
    ] {
        assert!(!narrower.admits(&wallet), "{narrower:?}");
    }
}

#[test]
fn a_support_code_is_short_and_differs_from_session_to_session() {
    let code = |text: &str| text.parse::<SessionId>().unwrap().support_code();
    assert_eq!(code("65f0c0ffee00000000000001"), "R3ZG-0001");
    assert_eq!(code("65f0c0ffee00000000000002"), "R3ZG-0002");
}
