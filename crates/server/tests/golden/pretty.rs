//! JSON text laid out for reading, with every key and every digit left as it came.

/// Breaks compact JSON into lines. Parsing and writing it again would sort keys and turn numbers
/// into floats.
pub fn pretty(compact: &str) -> String {
    let mut text = String::new();
    let mut depth = 0;
    let mut rest = compact.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '"' => copy_string(&mut rest, &mut text),
            '{' | '[' if rest.next_if(|next| matches!(next, '}' | ']')).is_some() => {
                text.push_str(if letter == '{' { "{}" } else { "[]" });
            }
            '{' | '[' => {
                depth += 1;
                text.push(letter);
                break_line(&mut text, depth);
            }
            '}' | ']' => {
                depth -= 1;
                break_line(&mut text, depth);
                text.push(letter);
            }
            ',' => {
                text.push(letter);
                break_line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            other => text.push(other),
        }
    }
    text.push('\n');
    text
}

fn break_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// Copies the rest of a string, whose opening quote was read, with what is escaped in it.
fn copy_string(rest: &mut impl Iterator<Item = char>, text: &mut String) {
    text.push('"');
    while let Some(letter) = rest.next() {
        text.push(letter);
        match letter {
            '\\' => text.extend(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}
