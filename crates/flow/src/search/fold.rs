//! What two spellings of a word have in common: small letters without marks, one space between words.
//!
//! Written by hand for Latin letters, because the standard library's tables of every script would
//! cost the WebAssembly more than the whole search.

/// Base letters of U+00C0 to U+024F; a point where there is none.
const LATIN: &[u8; 400] = b"\
    aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccdd\
    ddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssss\
    ssttttttuuuuuuuuuuuuwwyyyzzzzzzsbbbb..occdddd.eeeffgg.iikkl..nnooo..pp...s.ttttu\
    uuvyyzzz.....................aaiioouuuuuuuuuueaaaa..ggggkkoooozzj...gg..nnaa..oo\
    aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..accltsz..buveejjqqrryy";
/// The same for U+0250 to U+0292, where the hooked letters of Hausa are.
const HOOKED: &[u8; 67] = b"...bo.ddee.e....gg.g..h.iii.......n..o.............s....tuuv......z";
/// The same for U+1E00 to U+1EFF, where letters carry two marks.
const MARKED: &[u8; 256] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooo\
    oooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas....\
    aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu\
    uuyyyyyyyy....yy";

/// Appends the folded text: no space at its beginning, at its end, or beside another.
pub(super) fn fold(text: &str, into: &mut Vec<u8>) {
    let from = into.len();
    let mut gap = false;
    let mut put = |base: &[u8], gap: bool| {
        if gap && into.len() > from {
            into.push(b' ');
        }
        into.extend_from_slice(base);
    };
    for letter in text.chars() {
        // Most letters are plain, and ten thousand names are folded before the list is seen.
        if letter.is_ascii_lowercase() {
            put(&[letter as u8], gap);
            gap = false;
            continue;
        }
        match kind(letter) {
            Kind::Gap => gap = true,
            Kind::Nothing => {}
            Kind::Letter(base) => {
                put(base.encode_utf8(&mut [0; 4]).as_bytes(), gap);
                if let Some(second) = second(letter) {
                    put(&[second], false);
                }
                gap = false;
            }
        }
    }
}

enum Kind {
    /// Stands between words.
    Gap,
    /// Is not there: a mark on the letter before it, or a sign that people type or leave out.
    Nothing,
    Letter(char),
}

fn kind(letter: char) -> Kind {
    match letter {
        'a'..='z' | '0'..='9' => Kind::Letter(letter),
        'A'..='Z' => Kind::Letter(letter.to_ascii_lowercase()),
        '\'' | '.' | '`' | '\u{b4}' | '\u{2bb}'..='\u{2bd}' | '\u{2018}' | '\u{2019}' => Kind::Nothing,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => Kind::Nothing,
        '\0'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}' => Kind::Gap,
        'ß' | 'ẞ' => Kind::Letter('s'),
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' => Kind::Letter('a'),
        'œ' | 'Œ' => Kind::Letter('o'),
        'þ' | 'Þ' => Kind::Letter('t'),
        '\u{c0}'..='\u{24f}' => base(letter, LATIN, 0xc0),
        '\u{250}'..='\u{292}' => base(letter, HOOKED, 0x250),
        '\u{1e00}'..='\u{1eff}' => base(letter, MARKED, 0x1e00),
        other => Kind::Letter(other),
    }
}

/// The second of the two letters some signs stand for.
fn second(letter: char) -> Option<u8> {
    match letter {
        'ß' | 'ẞ' => Some(b's'),
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'œ' | 'Œ' => Some(b'e'),
        'þ' | 'Þ' => Some(b'h'),
        _ => None,
    }
}

fn base(letter: char, table: &[u8], first: u32) -> Kind {
    match table.get((u32::from(letter) - first) as usize) {
        Some(b'.') | None => Kind::Letter(letter),
        Some(&base) => Kind::Letter(char::from(base)),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    fn folded(text: &str) -> String {
        let mut into = Vec::new();
        fold(text, &mut into);
        String::from_utf8(into).unwrap()
    }

    #[test]
    fn letters_lose_their_marks_however_they_are_written() {
        for (composed, combining, base) in [
            ("Ẹ̀kọ́ Ọ̀ṣun", "E\u{323}\u{300}ko\u{323}\u{301} O\u{323}\u{300}s\u{323}un", "eko osun"),
            ("Ụmụ Ịgbò Ñ", "U\u{323}mu\u{323} I\u{323}gbo\u{300} N\u{303}", "umu igbo n"),
            ("Société Générale", "Socie\u{301}te\u{301} Ge\u{301}ne\u{301}rale", "societe generale"),
        ] {
            assert_eq!((folded(composed).as_str(), folded(combining).as_str()), (base, base));
        }
        assert_eq!(folded("Ɓauchi ƊAN ƙasa ’Yar ƴa"), "bauchi dan kasa yar ya");
        assert_eq!(folded("Œuvre Æther Straße"), "oeuvre aether strasse");
    }

    #[test]
    fn signs_part_words_or_are_not_there() {
        assert_eq!(folded("  St. Mary's\u{a0}(Micro-Finance) & Co. "), "st marys micro finance co");
        assert_eq!(folded("F.C.M.B"), "fcmb");
        assert_eq!(folded(" -- "), "");
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(folded("بنك القاهرة"), "بنك القاهرة");
        assert_eq!(folded("Дом 銀行"), "Дом 銀行");
    }
}
