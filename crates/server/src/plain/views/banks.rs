//! The list of institutions with its search.

use super::{Body, Scene, WAY, alert, monogram, problem, submit, way};
use crate::plain::deed::Deed;
use crate::plain::words::{fill, say};
use egusi_flow::{Catalogue, Directory, Open, Remedy};
use egusi_protocol::{Health, Institution};
use maud::{Markup, html};

/// A page has no more rows; whoever does not see their bank searches for it.
const ROWS_MAX: usize = 50;
/// So many of the most popular stand first.
const POPULAR: usize = 12;
/// So many that the customer knows already stand before them.
const KNOWN: usize = 3;

pub fn view(scene: &Scene, open: &Open, query: &str) -> Body {
    let problem = open.screen.problem().map(|problem| problem::sentence(open, problem));
    let search = html! {
        div.search role="search" {
            label for="search" { (say("banks.search")) }
            div.typed {
                input #search type="search" name="search" value=(query) autocapitalize="off" spellcheck="false"
                    enterkeyhint="search";
                (submit("second", Deed::Search, say("plain.find")))
            }
        }
    };
    let list = match &open.catalogue {
        Catalogue::Here(directory) => list(open, directory, query),
        Catalogue::Asked(_) | Catalogue::Missing => html! {
            p { (say("banks.missing")) }
            (way("second", Deed::Mend(Remedy::TryAgain), say("remedy.again")))
        },
    };
    let content = html! { (alert(problem.as_deref())) (scene.form(&search)) (list) };
    Body::new(say("banks.title"), content)
}

fn list(open: &Open, directory: &Directory, query: &str) -> Markup {
    if !query.trim().is_empty() {
        let found = directory.search(query);
        let said = match found.len() {
            0 => say("banks.none").to_owned(),
            1 => say("banks.one").to_owned(),
            count => fill("banks.count", &[("count", &count.to_string())]),
        };
        return html! { p.quiet role="status" { (said) } (rows(directory, &found, None)) (more(found.len())) };
    }
    let known = open.setting.returning.iter().filter_map(|id| directory.offers(*id));
    let known: Vec<u32> = known.take(KNOWN).collect();
    let offered = directory.offered();
    let (popular, rest) = offered.split_at(offered.len().min(POPULAR));
    let rest = &rest[..rest.len().min(ROWS_MAX - POPULAR)];
    html! {
        @if !known.is_empty() { (rows(directory, &known, Some("banks.returning"))) }
        (rows(directory, popular, Some("banks.popular")))
        @if !rest.is_empty() { (rows(directory, rest, Some("banks.all"))) }
        (more(offered.len()))
    }
}

fn rows(directory: &Directory, positions: &[u32], heading: Option<&str>) -> Markup {
    let banks = positions.iter().take(ROWS_MAX).filter_map(|position| directory.at(*position));
    html! {
        @if let Some(heading) = heading { h2 { (say(heading)) } }
        ul.rows { @for bank in banks { li { (row(bank)) } } }
    }
}

/// What is shut can still be pressed: the answer says why, and what else there is.
fn row(bank: &Institution) -> Markup {
    let health = match bank.health {
        Health::Degraded => Some(say("banks.degraded")),
        Health::Down => Some(say("banks.down")),
        Health::Healthy | Health::Unknown => None,
    };
    html! {
        button.bank type="submit" form=(WAY) name="bank" value=(bank.id) {
            (monogram(bank))
            span { bdi { (bank.name) } @if let Some(health) = health { " " small { (health) } } }
        }
    }
}

fn more(count: usize) -> Markup {
    html! {
        @if count > ROWS_MAX { p.quiet { (fill("plain.more", &[("count", &count.to_string())])) } }
    }
}
