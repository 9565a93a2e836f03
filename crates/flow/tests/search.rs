//! What people type, and which institution they find by it.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

use egusi_flow::Directory;
use egusi_protocol::{
    Health, Holders, Institution, InstitutionFilter, InstitutionId, InstitutionKind, Product,
};
use proptest::prelude::*;

fn institution(number: u32, name: &str, also: &str) -> Institution {
    let mut id = [0; 12];
    id[8..].copy_from_slice(&number.to_be_bytes());
    Institution {
        id: id.into(),
        name: name.into(),
        monogram: "X".into(),
        also: also.into(),
        color: "#000000".into(),
        country: "NG".into(),
        kind: InstitutionKind::Bank,
        holders: Holders::Individual,
        lacks: Vec::new(),
        health: Health::Healthy,
    }
}

fn list(names: &[(&str, &str)]) -> Vec<Institution> {
    (0..).zip(names).map(|(number, (name, also))| institution(number, name, also)).collect()
}

/// The most popular first, as the server sends them.
fn nigeria() -> Directory {
    Directory::new(list(&[
        ("First Bank of Nigeria", "FirstBank FBN"),
        ("United Bank for Africa", "UBA"),
        ("Guaranty Trust Bank", "GTB GTBank GTCO"),
        ("Access Bank", ""),
        ("Zenith Bank", ""),
        ("First City Monument Bank", "FCMB"),
        ("Kuda Bank", "Kuda MFB"),
        ("PalmPay", "Palm Pay"),
        ("Union Bank of Nigeria", "UBN"),
        ("Wema Bank", ""),
        ("Trustbanc", ""),
        ("Entrust Savings", ""),
        ("Ìbílẹ̀ Microfinance Bank", ""),
        ("Ɗan Ƙasa Micro-Finance", ""),
        ("Ụmụahịa Community Bank", ""),
        ("Société Générale Bénin", "SGB"),
    ]))
}

fn names<'a>(directory: &'a Directory, query: &str) -> Vec<&'a str> {
    directory.search(query).iter().map(|&at| directory.at(at).unwrap().name.as_str()).collect()
}

#[test]
fn nothing_typed_shows_all_in_the_order_of_popularity() {
    let directory = nigeria();
    assert_eq!(names(&directory, "").len(), 16);
    assert_eq!(names(&directory, " \u{a0}-' ")[..2], ["First Bank of Nigeria", "United Bank for Africa"]);
}

#[test]
fn a_short_name_finds_its_bank_first() {
    let directory = nigeria();
    for (query, name) in [
        ("gtb", "Guaranty Trust Bank"),
        ("GTBank", "Guaranty Trust Bank"),
        ("g.t.b.", "Guaranty Trust Bank"),
        ("fcmb", "First City Monument Bank"),
        ("uba", "United Bank for Africa"),
        ("zenith", "Zenith Bank"),
        ("palm pay", "PalmPay"),
    ] {
        assert_eq!(names(&directory, query)[0], name, "{query}");
    }
}

#[test]
fn the_closest_come_first_and_popularity_decides_within() {
    let directory = Directory::new(list(&[
        ("Savings Trust", ""),
        ("Guaranty Trust Bank", ""),
        ("Entrust", ""),
        ("Trustbanc", ""),
        ("Trsut Fund", ""),
        ("Trust", ""),
        ("Kuda", "TRUST"),
    ]));
    assert_eq!(
        names(&directory, "trust"),
        ["Trust", "Kuda", "Trustbanc", "Savings Trust", "Guaranty Trust Bank", "Entrust", "Trsut Fund"]
    );
}

#[test]
fn several_words_match_in_any_order_and_each_of_them() {
    let directory = nigeria();
    assert_eq!(names(&directory, "bank first"), ["First Bank of Nigeria", "First City Monument Bank"]);
    assert_eq!(names(&directory, "union nigeria"), ["Union Bank of Nigeria"]);
    assert_eq!(names(&directory, "union zenith"), [""; 0]);
    assert_eq!(names(&directory, "trust b")[0], "Guaranty Trust Bank");
}

#[test]
fn marks_count_neither_in_the_name_nor_in_the_query() {
    let directory = nigeria();
    for (queries, name) in [
        (["ibile", "Ìbílẹ̀", "I\u{300}bi\u{301}le\u{323}\u{300}", "ÍBÌLÉ"], "Ìbílẹ̀ Microfinance Bank"),
        (["dan kasa", "Ɗan Ƙasa", "ɗan ƙasa", "DAN ƘASA"], "Ɗan Ƙasa Micro-Finance"),
        (["umuahia", "ụmụahịa", "u\u{323}mu\u{323}ahi\u{323}a", "UMUAHIA"], "Ụmụahịa Community Bank"),
        (["societe", "société", "socie\u{301}te\u{301}", "SOCIÉTÉ GÉNÉRALE"], "Société Générale Bénin"),
        (["zẹnith", "ze\u{323}nith", "ZÉNITH", "źèñîţħ"], "Zenith Bank"),
    ] {
        for query in queries {
            assert_eq!(names(&directory, query), [name], "{query}");
        }
    }
}

#[test]
fn one_typo_is_forgiven() {
    let directory = nigeria();
    for (queries, name) in [
        (["zenht", "zennith", "zemith", "zneith"], "Zenith Bank"),
        (["acess", "accesss", "axcess", "acecss"], "Access Bank"),
        (["guranty", "guarranty", "gueranty", "gauranty"], "Guaranty Trust Bank"),
        (["wma bank", "weema", "wemo", "wmea"], "Wema Bank"),
        (["ntrust s", "eentrust", "antrust", "netrust"], "Entrust Savings"),
        (["umuaia", "ụmuahhia", "ụmụahiọ", "umauhia"], "Ụmụahịa Community Bank"),
    ] {
        for query in queries {
            assert!(names(&directory, query).contains(&name), "{query}");
        }
    }
    assert_eq!(names(&directory, "gaurnaty"), [""; 0], "two are not");
    assert_eq!(names(&directory, "unoin nigeira"), [""; 0], "nor one in each of two words");
    assert_eq!(names(&directory, "unoin nigeria"), ["Union Bank of Nigeria"]);
    assert_eq!(names(&directory, "uab"), [""; 0], "a short word is another word");
    assert_eq!(names(&directory, "firstcity")[0], "First City Monument Bank");
    assert_eq!(names(&directory, "zenithbank")[0], "Zenith Bank");
}

#[test]
fn other_scripts_forgive_a_letter_and_not_a_byte() {
    let directory = Directory::new(list(&[("Банк Дома", ""), ("بنك القاهرة", ""), ("中国银行", "")]));
    assert_eq!(names(&directory, "Дoма"), ["Банк Дома"]);
    assert_eq!(names(&directory, "Дмоа"), ["Банк Дома"]);
    assert_eq!(names(&directory, "القاهره"), ["بنك القاهرة"]);
    assert_eq!(names(&directory, "中国银"), ["中国银行"]);
}

#[test]
fn an_institution_is_found_by_its_id() {
    let mut institutions = list(&[("One", ""), ("Two", "")]);
    institutions.push(institution(1, "Two again", ""));
    let directory = Directory::new(institutions);
    let found = |number| directory.find(institution(number, "", "").id).map(|one| one.name.as_str());
    assert_eq!((found(0), found(1), found(2)), (Some("One"), Some("Two"), None));
    assert_eq!(Directory::new(Vec::new()).find(InstitutionId::from([0; 12])), None);
}

#[test]
fn what_the_filter_leaves_out_is_not_offered_and_keeps_its_name() {
    let mut institutions =
        list(&[("Alpha", ""), ("Alpha Wallet", ""), ("Alpha Ghana", ""), ("Alpha Firm", "")]);
    institutions[1].kind = InstitutionKind::Wallet;
    institutions[2].country = "GH".into();
    institutions[3].holders = Holders::Corporate;
    let left_out = institutions[1].id;
    let filter = InstitutionFilter {
        countries: vec!["NG".into()],
        kinds: vec![InstitutionKind::Bank],
        only: Vec::new(),
        products: vec![Product::Auth],
        holders: Holders::Individual,
    };
    let directory = Directory::new(institutions).offering(&filter);
    assert_eq!(names(&directory, "alpha"), ["Alpha"]);
    assert_eq!(names(&directory, ""), ["Alpha"]);
    assert_eq!(directory.offered(), [0]);
    assert_eq!(directory.find(left_out).unwrap().name, "Alpha Wallet");
    assert_eq!(directory.offers(left_out), None);
    assert_eq!(directory.offers(institution(0, "", "").id), Some(0));
}

/// Names as they are, with marks, signs and other scripts among them.
fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z]{1,9}( [A-Za-zẹọṣɓɗƙịụñé'&-]{1,9}){0,3}",
        "[A-ZÀ-ÿĀ-ſƀ-ɏḀ-ỿ\u{300}-\u{36f} ]{1,20}",
        "\\PC{1,16}",
    ]
}

fn a_list() -> impl Strategy<Value = Vec<Institution>> {
    let traits = (0usize..3, 0usize..8, 0usize..3, any::<bool>());
    prop::collection::vec((a_name(), "([A-Z]{2,5}( [A-Z]{2,5})?)?", traits), 0..24).prop_map(|rows| {
        let numbered = (0..).zip(rows);
        numbered
            .map(|(number, (name, also, (country, kind, holders, lacks)))| Institution {
                country: ["NG", "GH", "BJ"][country].into(),
                kind: InstitutionKind::ALL[kind],
                holders: Holders::ALL[holders],
                lacks: if lacks { vec![Product::Balance] } else { Vec::new() },
                ..institution(number, &name, &also)
            })
            .collect()
    })
}

fn a_filter() -> impl Strategy<Value = InstitutionFilter> {
    (0usize..3, 0usize..8, any::<bool>(), 0usize..3, 0u32..4).prop_map(
        |(country, kind, product, whose, only)| InstitutionFilter {
            countries: ["NG", "GH"][..country].iter().map(|&code| code.to_owned()).collect(),
            kinds: InstitutionKind::ALL[..kind].to_vec(),
            only: (0..only).map(|number| institution(number * 2, "", "").id).collect(),
            products: if product { vec![Product::Balance] } else { Vec::new() },
            holders: Holders::ALL[whose],
        },
    )
}

/// One mistake: 0 puts a letter in, 1 leaves one out, 2 replaces one, 3 swaps two neighbours.
fn mistyped(word: &str, mistake: u8, at: usize, letter: char) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at % letters.len();
    match mistake {
        0 => letters.insert(at, letter),
        1 => drop(letters.remove(at)),
        2 => letters[at] = letter,
        _ => letters.swap(at, (at + 1).min(word.chars().count() - 1)),
    }
    letters.into_iter().collect()
}

proptest! {
    #[test]
    fn the_beginning_of_a_name_finds_it(institutions in a_list(), pick: prop::sample::Index, length: prop::sample::Index) {
        prop_assume!(!institutions.is_empty());
        let at = pick.index(institutions.len());
        let name = institutions[at].name.clone();
        let query: String = name.chars().take(length.index(name.chars().count() + 1)).collect();
        let directory = Directory::new(institutions);
        prop_assert!(directory.search(&query).contains(&u32::try_from(at).unwrap()), "{query:?} does not find {name:?}");
    }

    #[test]
    fn a_name_with_one_typo_is_found(
        before in "([A-Z][a-z]{1,8} ){0,2}",
        word in "[A-Za-zẹọṣɓɗƙịụñé]{4,10}",
        after in "( [A-Z][a-z]{1,8}){0,2}",
        mistake in 0u8..4,
        at in 0usize..10,
        letter in prop::char::range('a', 'z'),
    ) {
        let name = format!("{before}{word}{after}");
        let query = format!("{before}{}{after}", mistyped(&word, mistake, at, letter));
        let directory = Directory::new(list(&[("Another Bank", ""), (&name, "")]));
        prop_assert!(directory.search(&query).contains(&1), "{query:?} does not find {name:?}");
    }

    #[test]
    fn no_query_finds_what_the_filter_leaves_out(institutions in a_list(), filter in a_filter(), query in "[a-z]{0,2}") {
        let directory = Directory::new(institutions.clone()).offering(&filter);
        let found = directory.search(&query);
        prop_assert!(found.iter().all(|&at| filter.admits(&institutions[at as usize])));
        let admitted = institutions.iter().filter(|one| filter.admits(one)).count();
        prop_assert_eq!(directory.search("").len(), admitted);
    }

    #[test]
    fn any_query_finds_each_once_at_most_and_none_breaks_it(institutions in a_list(), query in "\\PC{0,24}|[ -~]{0,12}") {
        let count = institutions.len();
        let directory = Directory::new(institutions);
        let mut found = directory.search(&query);
        found.sort_unstable();
        found.dedup();
        prop_assert!(found.len() <= count && found.iter().all(|&at| directory.at(at).is_some()));
        prop_assert_eq!(found.len(), directory.search(&query).len());
    }

    #[test]
    fn every_id_of_a_list_finds_its_first_institution(numbers in prop::collection::vec(any::<u32>(), 0..200)) {
        let institutions: Vec<_> = numbers.iter().map(|&number| institution(number % 300, &number.to_string(), "")).collect();
        let directory = Directory::new(institutions.clone());
        for one in &institutions {
            prop_assert_eq!(directory.find(one.id), institutions.iter().find(|other| other.id == one.id));
        }
    }
}
