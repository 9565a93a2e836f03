//! The sandbox's list of institutions, as the widget and an Okra client see it.

#![allow(clippy::unwrap_used, reason = "clippy does not see that helpers of an integration test are tests")]

use egusi_connectors::sandbox::MemoryBooks;
use egusi_connectors::{Connector, Sandbox};
use egusi_protocol::{Health, Holders, Institution, InstitutionId, InstitutionKind, Product};
use std::collections::HashSet;
use std::sync::Arc;

fn named<'a>(sandbox: &'a Sandbox, name: &str) -> &'a Institution {
    sandbox.institutions().iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no {name}"))
}

/// Contrast of white text on a colour, as WCAG 2 defines it.
fn contrast_of_white(color: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
    1.05 / (luminance + 0.05)
}

#[test]
fn every_row_can_be_shown_and_told_from_the_others() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    let list = sandbox.institutions();
    assert!(list.len() >= 200, "{} institutions", list.len());
    let (mut ids, mut slugs, mut names) = (HashSet::new(), HashSet::new(), HashSet::new());
    for row in list {
        let slug = sandbox.slug(row.id).unwrap();
        assert!(ids.insert(row.id), "id of {} is taken", row.name);
        assert!(slugs.insert(slug), "slug {slug} is taken");
        assert!(names.insert(&row.name), "name {} is taken", row.name);
        assert!(!row.name.trim().is_empty(), "{slug} has no name");
        assert!((1..=2).contains(&row.monogram.chars().count()), "monogram of {}", row.name);
        assert!(contrast_of_white(&row.color) >= 3.0, "white on {} of {}", row.color, row.name);
        assert!(["NG", "ZA", "KE"].contains(&row.country.as_str()), "country of {}", row.name);
        assert!(!sandbox.methods(row.id).unwrap().is_empty(), "nobody can sign in at {}", row.name);
    }
}

#[test]
fn the_twelve_popular_ones_come_first_and_the_rest_by_name() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    let names: Vec<&str> = sandbox.institutions().iter().map(|row| row.name.as_str()).collect();
    let popular = [
        "First Bank of Nigeria",
        "United Bank for Africa",
        "Guaranty Trust Bank",
        "Access Bank",
        "Zenith Bank",
        "Ecobank Nigeria",
        "First City Monument Bank",
        "Sterling Bank",
        "Stanbic IBTC Bank",
        "Kuda Bank",
        "OPay",
        "PalmPay",
    ];
    assert_eq!(names[..12], popular);
    let rest = names.iter().position(|name| *name == "9 Payment Service Bank").unwrap();
    assert!(names[rest..].is_sorted_by_key(|name| name.to_lowercase()));
}

#[test]
fn an_okra_client_finds_the_ids_and_slugs_it_knows() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    for (id, slug) in [
        ("5d6fe57a4099cc4b210bbec0", "access-bank"),
        ("5d6fe57a4099cc4b210bbebe", "alat"),
        ("5f63f473d550180010a14bf1", "diamond-bank"),
        ("5d6fe57a4099cc4b210bbeae", "ecobank-nigeria"),
        ("5d6fe57a4099cc4b210bbeb0", "fidelity-bank"),
        ("5d6fe57a4099cc4b210bbeb1", "first-bank-of-nigeria"),
        ("5d6fe57a4099cc4b210bbeb2", "first-city-monument-bank"),
        ("5d6fe57a4099cc4b210bbeb3", "guaranty-trust-bank"),
        ("5d6fe57a4099cc4b210bbeb4", "heritage-bank"),
        ("5d6fe57a4099cc4b210bbeb5", "polaris-bank"),
        ("5d6fe57a4099cc4b210bbeb6", "stanbic-ibtc-bank"),
        ("5d6fe57a4099cc4b210bbeb7", "standard-chartered-bank"),
        ("5d6fe57a4099cc4b210bbeb8", "sterling-bank"),
        ("5d6fe57a4099cc4b210bbeb9", "union-bank-of-nigeria"),
        ("5d6fe57a4099cc4b210bbeba", "keystone-bank"),
        ("5d6fe57a4099cc4b210bbebb", "united-bank-for-africa"),
        ("5d6fe57a4099cc4b210bbebc", "wema-bank"),
        ("5d6fe57a4099cc4b210bbebd", "unity-bank"),
        ("5d6fe57a4099cc4b210bbebf", "providus-bank"),
        ("5d6fe57a4099cc4b210bbec2", "zenith-bank"),
        ("5f0cf73e8a8bcc18b8156ad7", "kuda-bank"),
        ("5f11487e847b28538bfc6c5f", "rubies-bank"),
        ("5fad03e18a795405d628156f", "v-bank"),
        ("5fb906f78c486a00b987ec06", "jaiz-bank"),
        ("610080715958c61031f37737", "titan-trust-bank"),
        ("6101a35312015634f5c23adf", "paga"),
        ("611e3b8632657e7e2dd15636", "carbon"),
        ("61187bdc92628e026f7ddb5f", "paystack"),
        ("611ff0ee412b11f1b2143bc5", "citibank-nigeria"),
        ("611ff0f4412b11f1b2143d6f", "suntrust-bank"),
        ("611ff0f5412b11f1b2143d9e", "globus-bank"),
        ("611ff0f9412b11f1b2143e67", "opay"),
        ("611ff106412b11f1b21442e6", "taj-bank"),
        ("611ff108412b11f1b21443d4", "sparkle"),
        ("611ff108412b11f1b21443ec", "palmpay"),
        ("611ff0fc412b11f1b2143f7c", "9-payment-service-bank"),
        ("611ff110412b11f1b2144669", "parallex-bank"),
        ("6215fa7c6709f197ad344b8e", "lotus-bank"),
        ("6155de8e8b740800a304c48b", "okra-inc"),
        ("5f7cf986e07d4a80c432bc80", "absa"),
        ("5f7dd068e07d4a80c432bc81", "nedbank"),
        ("5f7cf82be07d4a80c432bc7f", "standard-bank"),
        ("5f7ff8b7e07d4a80c432bc87", "equity-bank"),
    ] {
        let id: InstitutionId = id.parse().unwrap();
        assert_eq!(sandbox.slug(id), Some(slug));
        assert!(sandbox.institutions().iter().any(|row| row.id == id), "{slug} is not on the list");
    }
}

#[test]
fn short_names_lead_to_their_banks() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    for (word, name) in [
        ("GTB", "Guaranty Trust Bank"),
        ("GTBank", "Guaranty Trust Bank"),
        ("FCMB", "First City Monument Bank"),
        ("UBA", "United Bank for Africa"),
        ("FNB", "First National Bank"),
    ] {
        let also = &named(&sandbox, name).also;
        assert!(also.split(' ').any(|known| known == word), "{word} is not among {also:?}");
    }
}

#[test]
fn two_institutions_show_how_poor_health_looks() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    let unwell: Vec<_> = sandbox
        .institutions()
        .iter()
        .filter(|row| row.health != Health::Healthy)
        .map(|row| (row.name.as_str(), row.health))
        .collect();
    assert_eq!(unwell, [("Egusi Degraded Bank", Health::Degraded), ("Egusi Down Bank", Health::Down)]);
}

#[test]
fn every_row_says_what_it_is_and_whom_it_serves() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    for (name, kind, holders) in [
        ("Access Bank", InstitutionKind::Bank, Holders::Both),
        ("OPay", InstitutionKind::Wallet, Holders::Individual),
        ("LAPO Microfinance Bank", InstitutionKind::Microfinance, Holders::Individual),
        ("Abbey Mortgage Bank", InstitutionKind::Mortgage, Holders::Individual),
        ("9 Payment Service Bank", InstitutionKind::PaymentService, Holders::Individual),
        ("Coronation Merchant Bank", InstitutionKind::Merchant, Holders::Corporate),
        ("FSDH Merchant Bank", InstitutionKind::Merchant, Holders::Corporate),
    ] {
        let row = named(&sandbox, name);
        assert_eq!((row.kind, row.holders), (kind, holders), "{name}");
    }
    let served = |who: Holders| sandbox.institutions().iter().filter(|row| row.holders.meets(who)).count();
    assert!(served(Holders::Individual) >= 200 && served(Holders::Corporate) >= 50);
}

#[test]
fn a_few_deliver_no_transactions_and_say_so() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    let lacking: Vec<_> = sandbox.institutions().iter().filter(|row| !row.lacks.is_empty()).collect();
    let names: Vec<_> = lacking.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["County Finance", "eTranzact", "FETS", "LukeField Finance", "TagPay"]);
    for row in lacking {
        assert_eq!(row.lacks, [Product::Transactions], "{}", row.name);
        assert!(!sandbox.abilities(row.id).unwrap().transactions, "{}", row.name);
    }
}

#[test]
fn nothing_is_known_of_an_institution_that_is_not_served() {
    let sandbox = Sandbox::new(Arc::<MemoryBooks>::default()).unwrap();
    let stranger = InstitutionId::from([7; 12]);
    assert_eq!((sandbox.slug(stranger), sandbox.methods(stranger)), (None, None));
}
