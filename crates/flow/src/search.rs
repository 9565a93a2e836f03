//! Finding an institution by what people call it. Runs on the device; no query leaves it.

use egusi_protocol::Institution;

/// The institutions that match, the closest first; all of them for an empty query. Within one
/// closeness the list's own order, which is popularity, stays.
pub fn search<'a>(institutions: &'a [Institution], query: &str) -> Vec<&'a Institution> {
    let query = query.trim();
    if query.is_empty() {
        return institutions.iter().collect();
    }
    let mut groups: [Vec<&Institution>; 3] = Default::default();
    for institution in institutions {
        if let Some(distance) = distance(institution, query) {
            groups[distance].push(institution);
        }
    }
    groups.concat()
}

/// 0: a name begins with the query; 1: a word does; 2: it stands somewhere inside.
fn distance(institution: &Institution, query: &str) -> Option<usize> {
    let also = institution.also.split(' ').filter(|word| !word.is_empty());
    if begins(&institution.name, query) || also.clone().any(|word| begins(word, query)) {
        return Some(0);
    }
    let mut starts = institution.name.char_indices().map(|(at, _)| at);
    let words = institution.name.split(' ');
    if words.clone().any(|word| begins(word, query)) {
        return Some(1);
    }
    starts.any(|at| begins(&institution.name[at..], query)).then_some(2)
}

/// Prefix test that ignores ASCII case and allocates nothing.
fn begins(text: &str, query: &str) -> bool {
    text.as_bytes().get(..query.len()).is_some_and(|start| start.eq_ignore_ascii_case(query.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egusi_protocol::Health;

    fn bank(name: &str, also: &str) -> Institution {
        Institution {
            id: [0; 12].into(),
            name: name.into(),
            monogram: "X".into(),
            also: also.into(),
            color: "#000000".into(),
            country: "NG".into(),
            health: Health::Healthy,
        }
    }

    #[test]
    fn closest_first_and_popularity_within() {
        let banks = [
            bank("First Bank", "FBN"),
            bank("Guaranty Trust Bank", "GTB GTBank"),
            bank("Trustbanc", ""),
            bank("Entrust", ""),
        ];
        let names = |query| search(&banks, query).iter().map(|bank| bank.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("trust"), ["Trustbanc", "Guaranty Trust Bank", "Entrust"]);
        assert_eq!(names(" gtb "), ["Guaranty Trust Bank"]);
        assert_eq!(names("").len(), 4);
        assert_eq!(names("trust b"), ["Guaranty Trust Bank"]);
        assert!(names("zzz").is_empty());
        assert!(names("ệ").is_empty());
    }
}
