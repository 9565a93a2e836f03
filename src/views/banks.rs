//! The list of institutions with its search.

use super::frame::{alert, screen};
use super::rows::Rows;
use super::{Scene, icons, problem};
use egusi_flow::{Catalogue, Directory, Event, Open, Remedy};
use egusi_protocol::{Institution, InstitutionId};
use std::sync::Arc;
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

/// So many of the most popular are shown as a grid.
const POPULAR: usize = 12;
/// So many that the customer knows already are shown before them.
const KNOWN: usize = 3;

pub fn view(scene: &Scene, open: &Open, query: &str, chosen: Option<InstitutionId>) -> Html {
    let oninput = scene.send.reform(|typed: InputEvent| {
        Event::SearchTyped(
            typed.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default(),
        )
    });
    let list = match &open.catalogue {
        Catalogue::Asked { .. } => skeleton(scene),
        Catalogue::Missing => missing(scene),
        Catalogue::Here(directory) => list(scene, open, directory, query, chosen),
    };
    let body = html! {
        <>
            <label class="search">
                { icons::search() }
                <input type="search" aria-label={scene.say("banks.search")} placeholder={scene.say("banks.search")}
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
                    value={query.to_owned()} {oninput} />
            </label>
            { alert(open.screen.problem().map(|problem| problem::sentence(scene, open, problem))) }
            { list }
        </>
    };
    screen(&scene.say("banks.title"), body, Html::default())
}

/// What stands below the search.
fn list(
    scene: &Scene,
    open: &Open,
    directory: &Arc<Directory>,
    query: &str,
    chosen: Option<InstitutionId>,
) -> Html {
    let is_search = !query.trim().is_empty();
    let mut tiles = Vec::new();
    let (mut heading, mut said) = (String::new(), String::new());
    let mut rows;
    if is_search {
        rows = directory.search(query);
        said = match rows.len() {
            0 => scene.say("banks.none"),
            count => {
                let number = u32::try_from(count).unwrap_or(u32::MAX);
                scene.text.count("banks.count", number, &[("count", &count.to_string())])
            }
        };
    } else {
        let known = open.setting.returning.iter().filter_map(|id| directory.offers(*id));
        let known: Vec<u32> = known.take(KNOWN).collect();
        if !known.is_empty() {
            tiles.push((scene.say("banks.returning"), known));
        }
        rows = directory.offered().to_vec();
        let rest = rows.split_off(rows.len().min(POPULAR));
        tiles.push((scene.say("banks.popular"), std::mem::replace(&mut rows, rest)));
        if !rows.is_empty() {
            heading = scene.say("banks.all");
        }
    }
    html! {
        <>
            <p class="quiet found" role="status">{ said }</p>
            <Rows directory={directory.clone()} {tiles} {heading} {rows} {chosen} send={scene.send.clone()}
                degraded={scene.say("banks.degraded")} down={scene.say("banks.down")} />
        </>
    }
}

/// One or two letters on the institution's colour; no logo, which would be somebody's trademark.
/// The colour goes in as an SVG attribute, because a strict policy forbids style attributes.
pub fn monogram(institution: &Institution) -> Html {
    html! {
        <svg class="monogram" viewBox="0 0 44 44" aria-hidden="true" focusable="false">
            <rect width="44" height="44" rx="14" fill={institution.color.clone()} />
            <text x="22" y="28" text-anchor="middle">{ &institution.monogram }</text>
        </svg>
    }
}

fn skeleton(scene: &Scene) -> Html {
    html! {
        <div role="status" aria-label={scene.say("banks.coming")}>
            <h2>{ scene.say("banks.popular") }</h2>
            <div class="grid">{ for (0..POPULAR).map(|_| html! { <div class="tile ghost"></div> }) }</div>
        </div>
    }
}

fn missing(scene: &Scene) -> Html {
    html! {
        <div class="missing">
            { alert(Some(scene.say("banks.missing"))) }
            <button type="button" class="second" onclick={scene.report(|| Event::RemedyChosen(Remedy::TryAgain))}>
                { scene.say("remedy.again") }
            </button>
        </div>
    }
}
