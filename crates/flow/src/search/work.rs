//! How much a search does, counted and not timed, so that a busy machine changes nothing.

use super::Index;
use super::closeness::WORK;

/// As many names as asked for, of two to four words, some with short names.
fn index(rows: usize) -> Index {
    let words = ["Bank", "Microfinance", "Trust", "Savings", "First", "Union", "Zenith", "Ìbàdàn", "Kano"];
    let mut index = Index::default();
    for row in 0..rows {
        let word = |at: usize| words[(row / (at + 1) + at * row) % words.len()];
        let also = if row % 3 == 0 { format!("B{row}") } else { String::new() };
        index.add(&format!("{} {} {row} {}", word(0), word(1), word(2)), &also);
    }
    index
}

fn work_of(index: &Index, query: &str) -> usize {
    let all: Vec<u32> = (0..u32::try_from(index.ends.len()).unwrap()).collect();
    WORK.set(0);
    index.search(query, &all);
    WORK.get()
}

#[test]
fn a_key_press_in_ten_thousand_names_looks_at_each_letter_a_few_times_at_most() {
    let index = index(10_000);
    let letters = index.keys.len();
    for query in ["b", "bank", "bank 7", "microfinanse", "zenith trust", "xxxxxxxx", "ibadan", "first bakn"] {
        let words = query.split(' ').count();
        let work = work_of(&index, query);
        assert!(work <= letters * words * 2, "{query:?}: {work} steps for {letters} letters");
    }
}

#[test]
fn twice_the_names_are_twice_the_work() {
    let (small, large) = (index(5_000), index(10_000));
    for query in ["bank", "bank 7", "microfinanse", "xxxxxxxx"] {
        let (small, large) = (work_of(&small, query), work_of(&large, query));
        assert!(large <= small * 11 / 5, "{query:?}: {small}, then {large} steps");
    }
}
