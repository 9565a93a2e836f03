//! The list of institutions with its search.

use super::{Body, Scene, WAY, alert, monogram, problem, submit, way};
use crate::plain::deed::Deed;
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
    let problem = open.screen.problem().map(|problem| problem::sentence(scene, open, problem));
    let search = html! {
        div.search role="search" {
            label for="search" { (scene.say("banks.search")) }
            div.typed {
                input #search type="search" name="search" value=(query) autocapitalize="off" spellcheck="false"
                    enterkeyhint="search";
                (submit("second", Deed::Search, scene.say("plain.find")))
            }
        }
    };
    let list = match &open.catalogue {
        Catalogue::Here(directory) => list(scene, open, directory, query),
        Catalogue::Asked { .. } | Catalogue::Missing => html! {
            p { (scene.say("banks.missing")) }
            (way("second", Deed::Mend(Remedy::TryAgain), scene.say("remedy.again")))
        },
    };
    let content = html! { (alert(problem.as_deref())) (scene.form(&search)) (list) };
    Body::new(scene.say("banks.title"), content)
}

fn list(scene: &Scene, open: &Open, directory: &Directory, query: &str) -> Markup {
    if !query.trim().is_empty() {
        let found = directory.search(query);
        let said = match found.len() {
            0 => scene.say("banks.none").to_owned(),
            found => {
                let number = u32::try_from(found).unwrap_or(u32::MAX);
                scene.count("banks.count", number, &[("count", &found.to_string())])
            }
        };
        return html! { p.quiet role="status" { (said) } (rows(scene, directory, &found, None)) (more(scene, found.len())) };
    }
    let known = open.setting.returning.iter().filter_map(|id| directory.offers(*id));
    let known: Vec<u32> = known.take(KNOWN).collect();
    let offered = directory.offered();
    let (popular, rest) = offered.split_at(offered.len().min(POPULAR));
    let rest = &rest[..rest.len().min(ROWS_MAX - POPULAR)];
    html! {
        @if !known.is_empty() { (rows(scene, directory, &known, Some("banks.returning"))) }
        (rows(scene, directory, popular, Some("banks.popular")))
        @if !rest.is_empty() { (rows(scene, directory, rest, Some("banks.all"))) }
        (more(scene, offered.len()))
    }
}

fn rows(scene: &Scene, directory: &Directory, positions: &[u32], heading: Option<&str>) -> Markup {
    let banks = positions.iter().take(ROWS_MAX).filter_map(|position| directory.at(*position));
    html! {
        @if let Some(heading) = heading { h2 { (scene.say(heading)) } }
        ul.rows { @for bank in banks { li { (row(scene, bank)) } } }
    }
}

/// What is shut can still be pressed: the answer says why, and what else there is.
fn row(scene: &Scene, bank: &Institution) -> Markup {
    let health = match bank.health {
        Health::Degraded => Some(scene.say("banks.degraded")),
        Health::Down => Some(scene.say("banks.down")),
        Health::Healthy | Health::Unknown => None,
    };
    html! {
        button.bank type="submit" form=(WAY) name="bank" value=(bank.id) {
            (monogram(bank))
            span { bdi { (bank.name) } @if let Some(health) = health { " " small { (health) } } }
        }
    }
}

fn more(scene: &Scene, count: usize) -> Markup {
    html! {
        @if count > ROWS_MAX { p.quiet { (scene.fill("plain.more", &[("count", &count.to_string())])) } }
    }
}
