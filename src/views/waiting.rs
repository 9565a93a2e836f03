//! What is shown while somebody else is at work.

use super::Scene;
use super::frame::screen;
use yew::prelude::*;

/// The session is being opened: the place of the first screen, without its words.
pub fn opening(scene: &Scene) -> Html {
    html! {
        <div class="body" role="status" aria-label={scene.say("opening")}>
            <div class="ghost title"></div>
            { for (0..4).map(|_| html! { <div class="row ghost"></div> }) }
        </div>
    }
}

/// The institution is at work.
pub fn view(scene: &Scene, text: &str) -> Html {
    let body = html! {
        <>
            <div class="working" aria-hidden="true"></div>
            <p role="status">{ text }</p>
            <p class="quiet">{ scene.say("waiting.stay") }</p>
        </>
    };
    screen(&scene.say("waiting.title"), body, Html::default())
}
