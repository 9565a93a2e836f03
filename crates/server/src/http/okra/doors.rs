//! Every path that clients of the Okra API know, as data: what it does here, or that it does nothing.
//!
//! The routes of what works stand in [`crate::http`]; a path that does not work needs no route, it is
//! found in this table. The descriptions in `docs` are compared with it by tests.

mod works;
mod works_not;

/// A path below a base of the Okra API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Such as `balance/getById`; `{id}` stands for one part that differs.
    pub path: &'static str,
    /// Whether `GET` is answered, with the fields in the query.
    pub get: bool,
    /// Whether `POST` is answered, with the fields in the body or the query.
    pub post: bool,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What it takes.
    pub fields: &'static [Field],
    /// Whether this server does it.
    pub works: bool,
    /// Whether only the bases of the sandbox have it: `/v2/sandbox`, `/sandbox/v2`, `/sandbox/v1`.
    pub is_of_sandbox: bool,
}

/// A field of a call: its name, what it is, and whether the call needs it.
pub type Field = (&'static str, &'static str, bool);

/// All paths: first those that work.
pub const OKRA_DOORS: &[Door] = &joined();

const COUNT: usize = works::DOORS.len() + works_not::DOORS.len();

const fn joined() -> [Door; COUNT] {
    let mut doors = [works::DOORS[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        doors[at] = if at < works::DOORS.len() {
            works::DOORS[at]
        } else {
            works_not::DOORS[at - works::DOORS.len()]
        };
        at += 1;
    }
    doors
}

/// The door of a path, which may begin or end with a slash.
pub fn find(path: &str) -> Option<&'static Door> {
    let path = path.trim_matches('/');
    OKRA_DOORS.iter().find(|door| is_same(door.path, path))
}

fn is_same(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut got) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), got.next()) {
            (None, None) => return true,
            (Some("{id}"), Some(part)) if !part.is_empty() => {}
            (Some(wanted), Some(part)) if wanted == part => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_path_is_found_as_it_is_written() {
        for (path, found) in [
            ("/balance/getById", Some("balance/getById")),
            ("revenue/", Some("revenue")),
            ("/wallet/company/65f0c0ffee/autotopup", Some("wallet/company/{id}/autotopup")),
            ("/wallet/company//autotopup", None),
            ("/balance", None),
            ("/", None),
        ] {
            assert_eq!(find(path).map(|door| door.path), found, "{path}");
        }
    }

    #[test]
    fn every_path_stands_here_once() {
        let paths: HashSet<_> = OKRA_DOORS.iter().map(|door| door.path).collect();
        assert_eq!(paths.len(), OKRA_DOORS.len());
    }

    #[test]
    fn every_door_says_what_it_does() {
        for door in OKRA_DOORS {
            assert!(!door.summary.is_empty() && (door.get || door.post), "{door:?}");
            assert!(door.works || door.fields.is_empty(), "{door:?}");
        }
    }
}
