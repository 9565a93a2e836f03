//! The list of institutions with its search.

use super::frame::{alert, screen};
use super::{Scene, icons, problem};
use egusi_flow::{Catalogue, Event, Open, Remedy, search};
use egusi_protocol::{Health, Institution, InstitutionId, Problem};
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

/// So many of the most popular are shown as a grid.
const POPULAR: usize = 12;

pub fn view(
    scene: &Scene,
    open: &Open,
    query: &str,
    chosen: Option<InstitutionId>,
    problem: Option<&Problem>,
) -> Html {
    let oninput = scene.send.reform(|typed: InputEvent| {
        Event::SearchTyped(
            typed.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default(),
        )
    });
    let list = match &open.catalogue {
        Catalogue::Asked(_) => skeleton(scene),
        Catalogue::Missing => missing(scene),
        Catalogue::Here(institutions) if query.trim().is_empty() => everything(scene, institutions, chosen),
        Catalogue::Here(institutions) => found(scene, &search(institutions, query), chosen),
    };
    let body = html! {
        <>
            <label class="search">
                { icons::search() }
                <input type="search" aria-label={scene.say("banks.search")} placeholder={scene.say("banks.search")}
                    autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
                    value={query.to_owned()} {oninput} />
            </label>
            { alert(problem.map(|problem| problem::sentence(scene, open, chosen, problem))) }
            { list }
        </>
    };
    screen(&scene.say("banks.title"), body, Html::default())
}

fn everything(scene: &Scene, institutions: &[Institution], chosen: Option<InstitutionId>) -> Html {
    let (popular, rest) = institutions.split_at(institutions.len().min(POPULAR));
    html! {
        <>
            <h2>{ scene.say("banks.popular") }</h2>
            <div class="grid">{ for popular.iter().map(|one| bank(scene, one, chosen, "tile")) }</div>
            <h2>{ scene.say("banks.all") }</h2>
            <div class="rows">{ for rest.iter().map(|one| bank(scene, one, chosen, "row")) }</div>
        </>
    }
}

fn found(scene: &Scene, institutions: &[&Institution], chosen: Option<InstitutionId>) -> Html {
    let said = match institutions.len() {
        0 => scene.say("banks.none"),
        count => scene.text.fill("banks.count", &[("count", &count.to_string())]),
    };
    html! {
        <>
            <p class="quiet found" role="status">{ said }</p>
            <div class="rows">{ for institutions.iter().map(|one| bank(scene, one, chosen, "row")) }</div>
        </>
    }
}

fn bank(
    scene: &Scene,
    institution: &Institution,
    chosen: Option<InstitutionId>,
    shape: &'static str,
) -> Html {
    let id = institution.id;
    let health = match institution.health {
        Health::Degraded => Some(scene.say("banks.degraded")),
        Health::Down => Some(scene.say("banks.down")),
        Health::Healthy | Health::Unknown => None,
    };
    html! {
        <button key={id.to_string()} type="button" class={classes!("bank", shape)}
            disabled={chosen.is_some() || institution.health == Health::Down}
            aria-busy={(chosen == Some(id)).then_some("true")}
            onclick={scene.send.reform(move |_| Event::InstitutionChosen(id))}>
            <span class="bank-name">
                { &institution.name }
                if let Some(health) = health { <small>{ health }</small> }
            </span>
            { monogram(institution) }
            if shape == "row" { { icons::forward() } }
        </button>
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
        <div class="rows" role="status" aria-label={scene.say("banks.coming")}>
            { for (0..6).map(|_| html! { <div class="row ghost"></div> }) }
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
