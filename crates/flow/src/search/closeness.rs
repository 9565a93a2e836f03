//! How close one name is to what was typed.

/// The closest first; the numbers are places in a list of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    /// It is the name, or a short name.
    Whole,
    /// The name, or a short name, begins with it.
    Beginning,
    /// Each word begins a word.
    Word,
    /// Each word is inside somewhere.
    Inside,
    /// One word has a typo.
    Typo,
}

impl Closeness {
    /// How many there are.
    pub(super) const COUNT: usize = 5;
}

/// Parts a name from its short names in a key; no folded text has it.
pub(super) const PART: u8 = b'\n';

/// So many letters make a word long enough for a typo to be told from another word.
const FORGIVEN_FROM: usize = 4;

/// How close a key is to a folded query; `None` if it does not match. Neither is empty.
pub(super) fn closeness(key: &[u8], query: &[u8]) -> Option<Closeness> {
    if let Some(closeness) = as_a_whole(key, query) {
        return Some(closeness);
    }
    let mut furthest = Closeness::Word;
    for word in query.split(|&byte| byte == b' ') {
        let closeness = word_closeness(key, word)?;
        if closeness == Closeness::Typo && furthest == Closeness::Typo {
            // Two typos are two other words more often than not.
            return None;
        }
        furthest = furthest.max(closeness);
    }
    Some(furthest)
}

fn as_a_whole(key: &[u8], query: &[u8]) -> Option<Closeness> {
    let mut begins = false;
    if let Some(rest) = key.strip_prefix(query) {
        begins = true;
        if rest.first() == Some(&PART) {
            return Some(Closeness::Whole);
        }
    }
    // Most have no short names, and then there is nothing to go through.
    if key.last() != Some(&PART) {
        let short_names = key.iter().position(|&byte| byte == PART).map_or(key.len(), |at| at + 1);
        for at in word_starts(key).filter(|&at| at >= short_names) {
            let Some(rest) = key[at..].strip_prefix(query) else { continue };
            begins = true;
            if matches!(rest.first(), None | Some(b' ')) {
                return Some(Closeness::Whole);
            }
        }
    }
    begins.then_some(Closeness::Beginning)
}

fn word_closeness(key: &[u8], word: &[u8]) -> Option<Closeness> {
    let mut inside = false;
    let first = word.first()?;
    for (at, byte) in key.iter().enumerate() {
        if byte == first && begins(&key[at..], word) {
            if is_word_start(key, at) {
                return Some(Closeness::Word);
            }
            inside = true;
        }
    }
    if inside {
        return Some(Closeness::Inside);
    }
    let letters = letters(word);
    let forgiving = letters + 1 >= FORGIVEN_FROM;
    (forgiving && word_starts(key).any(|at| begins_with_a_typo(&key[at..], word, letters)))
        .then_some(Closeness::Typo)
}

/// Whether the text begins with the word if one letter of it is put in, left out, replaced, or
/// changes places with its neighbour. The spaces of the text count as letters, so that a forgotten
/// one is a typo like another.
fn begins_with_a_typo(text: &[u8], word: &[u8], letters: usize) -> bool {
    if differs_at_once(text, word) {
        return false;
    }
    let same = same_letters(text, word);
    let (text_rest, word_rest) = (&text[same..], &word[same..]);
    let (here, typed) = (first_letter(text_rest), first_letter(word_rest));
    let (after_here, after_typed) = (&text_rest[here.len()..], &word_rest[typed.len()..]);
    let one_left_out = || begins(after_here, word_rest);
    if letters < FORGIVEN_FROM {
        // Three letters of a word of four; anything more would match too much.
        let four = text.iter().position(|&byte| byte == b' ' || byte == PART).unwrap_or(text.len());
        return self::letters(&text[..four]) == FORGIVEN_FROM
            && one_left_out()
            && text.len() - after_here.len() <= four;
    }
    let one_replaced = || begins(after_here, after_typed);
    let one_put_in = || begins(text_rest, after_typed);
    let two_swapped = || {
        let next = first_letter(after_typed);
        let rest = text_rest.strip_prefix(next).and_then(|rest| rest.strip_prefix(typed));
        rest.is_some_and(|rest| begins(rest, &after_typed[next.len()..]))
    };
    one_left_out() || one_replaced() || one_put_in() || two_swapped()
}

/// Whether the first two letters of each show already that more than one is wrong, which is so for
/// nearly every word of a long list.
fn differs_at_once(text: &[u8], word: &[u8]) -> bool {
    match (text, word) {
        ([here, next, ..], [typed, following, ..]) if here.is_ascii() && typed.is_ascii() => {
            here != typed && here != following && next != typed && next != following
        }
        _ => false,
    }
}

/// How many bytes of whole letters the two have in common at their beginning.
fn same_letters(text: &[u8], word: &[u8]) -> usize {
    let mut same = text.iter().zip(word).take_while(|(one, other)| one == other).count();
    while same > 0 && (continues(text, same) || continues(word, same)) {
        same -= 1;
    }
    count_work(same + 1);
    same
}

/// The bytes of the first letter, none of an empty text.
fn first_letter(text: &[u8]) -> &[u8] {
    let mut end = text.len().min(1);
    while continues(text, end) {
        end += 1;
    }
    &text[..end]
}

/// Whether the byte there belongs to the letter before it, as UTF-8 has it.
fn continues(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80)
}

fn letters(word: &[u8]) -> usize {
    word.iter().filter(|&byte| byte & 0xc0 != 0x80).count()
}

fn begins(text: &[u8], with: &[u8]) -> bool {
    count_work(1);
    text.starts_with(with)
}

fn is_word_start(key: &[u8], at: usize) -> bool {
    at == 0 || key[at - 1] == b' ' || key[at - 1] == PART
}

fn word_starts(key: &[u8]) -> impl Iterator<Item = usize> {
    (0..key.len()).filter(move |&at| is_word_start(key, at))
}

#[cfg(test)]
thread_local! {
    /// How often two texts were laid beside each other.
    pub(super) static WORK: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
fn count_work(steps: usize) {
    WORK.with(|work| work.set(work.get() + steps));
}

#[cfg(not(test))]
fn count_work(_: usize) {}
