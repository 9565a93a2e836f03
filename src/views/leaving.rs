//! Asks whether to leave in the middle, over the screen that would be lost.

use super::Scene;
use egusi_flow::{Event, Open};
use yew::prelude::*;

pub fn view(scene: &Scene, open: &Open) -> Html {
    let bank = scene.bank_name(open);
    html! {
        <div class="leave" role="alertdialog" aria-labelledby="leave-title" aria-describedby="leave-text">
            <div class="body">
                <h1 id="leave-title" data-focus="" tabindex="-1">{ scene.say("leave.title") }</h1>
                <p id="leave-text">{ scene.text.fill("leave.text", &[("bank", &bank)]) }</p>
            </div>
            <div class="foot">
                <button type="button" class="primary" onclick={scene.report(|| Event::StayPressed)}>
                    { scene.say("leave.stay") }
                </button>
                <button type="button" class="second" onclick={scene.report(|| Event::ClosePressed)}>
                    { scene.say("leave.go") }
                </button>
            </div>
        </div>
    }
}
