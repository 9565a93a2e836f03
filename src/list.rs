//! Reads the list of institutions out of the bytes that came.
//!
//! The list is by far the longest answer. Through the browser's parser, each of its values would be
//! made as a JavaScript object, asked for by name and copied; ten thousand institutions cost more
//! than everything else about opening the window. Here each byte is looked at once or twice.

use egusi_protocol::{Health, Holders, Institution, InstitutionId, InstitutionKind, Product};
use std::borrow::Cow;

/// A list that is being read, some rows at a time: between two times the browser draws and listens.
pub struct Reading {
    text: String,
    at: usize,
    part: Part,
    institutions: Vec<Institution>,
}

/// What comes next in the text.
enum Part {
    /// The beginning.
    Head,
    /// An institution.
    Row,
    /// What follows the list.
    Tail,
    /// Nothing.
    End,
}

impl Reading {
    /// The beginning of an `InstitutionList`; `None` if the bytes are no text.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        let text = String::from_utf8(bytes).ok()?;
        Some(Self { text, at: 0, part: Part::Head, institutions: Vec::new() })
    }

    /// Reads so many rows more and says whether there are others; `None` if what comes is no JSON or
    /// not of the right shape.
    pub fn go_on(&mut self, rows: usize) -> Option<bool> {
        let mut reader = Reader { text: &self.text, at: self.at };
        let mut rows_left = rows;
        loop {
            self.part = match self.part {
                Part::Head => head(&mut reader)?,
                Part::Row if rows_left == 0 => break,
                Part::Row => {
                    rows_left -= 1;
                    self.institutions.push(institution(&mut reader)?);
                    if reader.peek()? == b']' { Part::Tail } else { reader.take(b',').map(|()| Part::Row)? }
                }
                Part::Tail => tail(&mut reader)?,
                Part::End => return Some(false),
            };
        }
        self.at = reader.at;
        Some(true)
    }

    /// What has been read.
    pub fn institutions(self) -> Vec<Institution> {
        self.institutions
    }
}

/// Goes to the first institution.
fn head(reader: &mut Reader) -> Option<Part> {
    reader.take(b'{')?;
    while !reader.names("institutions")? {
        reader.skip()?;
        reader.take(b',')?;
    }
    reader.take(b'[')?;
    Some(if reader.peek()? == b']' { Part::Tail } else { Part::Row })
}

/// Goes from the last institution to the end of the text.
fn tail(reader: &mut Reader) -> Option<Part> {
    reader.take(b']')?;
    while reader.peek()? == b',' {
        reader.take(b',')?;
        reader.names("")?;
        reader.skip()?;
    }
    reader.take(b'}')?;
    reader.peek().is_none().then_some(Part::End)
}

/// One line of the list. What may be left out is what `protocol` says it is then.
fn institution(reader: &mut Reader) -> Option<Institution> {
    let mut id: Option<InstitutionId> = None;
    let (mut name, mut monogram, mut color, mut country) = (None, None, None, None);
    let mut also = String::new();
    let (mut kind, mut holders, mut health) = (InstitutionKind::Bank, Holders::Individual, Health::Healthy);
    let mut lacks = Vec::new();
    reader.object(|reader, field| {
        match field {
            "id" => id = Some(reader.string()?.parse().ok()?),
            "name" => name = Some(reader.string()?.into_owned()),
            "monogram" => monogram = Some(reader.string()?.into_owned()),
            "color" => color = Some(reader.string()?.into_owned()),
            "country" => country = Some(reader.string()?.into_owned()),
            "also" => also = reader.string()?.into_owned(),
            "kind" => kind = InstitutionKind::from_word(&reader.string()?),
            "holders" => holders = Holders::from_word(&reader.string()?),
            "health" => health = Health::from_word(&reader.string()?),
            "lacks" => reader.array(|reader| {
                lacks.push(Product::from_word(&reader.string()?));
                Some(())
            })?,
            _ => reader.skip()?,
        }
        Some(())
    })?;
    let (name, monogram, color, country) = (name?, monogram?, color?, country?);
    Some(Institution { id: id?, name, monogram, also, color, country, kind, holders, lacks, health })
}

/// A place in a JSON text. Every function leaves it behind what it has read.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space, without going past it.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.byte()
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    /// Goes through what stands between two brackets, with commas between.
    fn items(&mut self, open: u8, close: u8, item: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(open)?;
        if self.peek()? == close {
            return self.take(close);
        }
        loop {
            item(self)?;
            if self.peek()? == close {
                return self.take(close);
            }
            self.take(b',')?;
        }
    }

    fn array(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.items(b'[', b']', &mut item)
    }

    fn object(&mut self, mut field: impl FnMut(&mut Self, &str) -> Option<()>) -> Option<()> {
        self.items(b'{', b'}', &mut |reader| {
            let name = reader.string()?;
            reader.take(b':')?;
            field(reader, &name)
        })
    }

    /// Reads the name of a field and says whether it is this one.
    fn names(&mut self, wanted: &str) -> Option<bool> {
        let name = self.string()?;
        self.take(b':')?;
        Some(name == wanted)
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.take(b'"')?;
        let plain = self.until_quote_or_escape()?;
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Some(Cow::Borrowed(plain));
        }
        let mut whole = plain.to_owned();
        while self.byte() == Some(b'\\') {
            self.at += 1;
            whole.push(self.escape()?);
            whole.push_str(self.until_quote_or_escape()?);
        }
        self.at += 1;
        Some(Cow::Owned(whole))
    }

    fn until_quote_or_escape(&mut self) -> Option<&'a str> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|&byte| byte == b'"' || byte == b'\\')?;
        let part = self.text.get(self.at..self.at + length);
        self.at += length;
        part
    }

    fn escape(&mut self) -> Option<char> {
        let sign = self.byte()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => self.unicode()?,
            _ => return None,
        })
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        if self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let second = self.four_digits()?;
            if (0xdc00..0xe000).contains(&second) {
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
        }
        // Half of a sign is no sign; what follows is read for itself.
        self.at = before;
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.chars().try_fold(0, |number, digit| Some(number << 4 | digit.to_digit(16)?))
    }

    /// Goes past a value nobody asks for.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b'-' | b'0'..=b'9' | b'a'..=b'z' => self.word(),
                _ => return None,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// A number, or `true`, `false`, `null`.
    fn word(&mut self) {
        while matches!(self.byte(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E')) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::InstitutionList;

    fn read(bytes: &[u8]) -> Option<Vec<Institution>> {
        let mut reading = Reading::of(bytes.to_vec())?;
        while reading.go_on(1)? {}
        Some(reading.institutions())
    }

    #[test]
    fn the_list_of_the_protocol_is_read_as_serde_reads_it() {
        for text in [
            include_str!("../crates/protocol/tests/golden/institution_list.json"),
            include_str!("../crates/protocol/tests/golden/institution_list_empty.json"),
        ] {
            let list: InstitutionList = serde_json::from_str(text).unwrap();
            assert_eq!(read(text.as_bytes()), Some(list.institutions.clone()));
            assert_eq!(read(&serde_json::to_vec(&list).unwrap()), Some(list.institutions));
        }
    }

    fn named(name: &str) -> String {
        format!(
            r##"{{"v":[1,{{"a":"}}\""}},null],"institutions":[{{"new":{{"x":[true,-1.5e3,[]]}},"id":"5d6fe57a4099cc4b210bbec0",
            "name":{name},"monogram":"B","color":"#000000","country":"NG","kind":"museum"}}],"more":"\\"}}"##
        )
    }

    #[test]
    fn escapes_mean_what_they_mean_in_json_and_unknown_fields_are_passed_over() {
        for name in [r#""Ọ̀ṣun \u0026 \"Co\"\/\\\n\t\b\f\r""#, r#""\u1ecc\u0300 \ud83c\udfe6 Bank""#, r#""""#]
        {
            let read = read(named(name).as_bytes()).unwrap();
            assert_eq!(read[0].name, serde_json::from_str::<String>(name).unwrap());
            assert_eq!(read[0].kind, InstitutionKind::Unknown);
        }
        assert_eq!(read(named(r#""\ud83c!""#).as_bytes()).unwrap()[0].name, "\u{fffd}!");
    }

    #[test]
    fn whatever_is_cut_off_or_of_another_shape_is_not_read() {
        let whole = named(r#""A \ud83c\udfe6""#);
        for (length, _) in whole.char_indices() {
            assert_eq!(read(&whole.as_bytes()[..length]), None, "{}", &whole[..length]);
        }
        for text in [
            "[]",
            "{}",
            r#"{"institutions":{}}"#,
            r#"{"institutions":[{}]}"#,
            r#"{"institutions":[]} x"#,
            r#"{"institutions":[,]}"#,
            r#"{"institutions":[]"x":1}"#,
            &named("7"),
            &named(r#""\x""#),
            &named(r#""\u12g4""#),
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read(b"{\"institutions\":[]\xff}"), None);
    }
}
