//! The institutions themselves: tiles of the most popular, then rows. Of the rows only those in view
//! are in the page, and a few beside them; the rest is empty space of their height.
//!
//! The one view that is a component: where the list is scrolled to concerns nobody else.

use egusi_flow::{Directory, Event};
use egusi_protocol::{Health, Institution, InstitutionId};
use std::ops::Range;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Height of a row as `widget.css` has it, in heights of its letters: it grows with them.
const ROW_EM: usize = 4;
/// So many rows are drawn above and below the ones in view, so that Tab finds them there.
const MARGIN: usize = 4;
/// More rows than this are drawn only if more are in view: fewer beside them, then.
const MOST: usize = 25;
/// The look of a tile. It grows with its name, so it needs no element of the name's own.
const TILE: &str = "bank tile";

/// What is shown, and what the rows say.
#[derive(Clone, Properties)]
pub struct RowsProps {
    /// The list.
    pub directory: Arc<Directory>,
    /// Positions drawn as tiles, by heading.
    pub tiles: Vec<(String, Vec<u32>)>,
    /// Positions drawn as rows.
    pub rows: Vec<u32>,
    /// The one that was chosen, while the choice is on its way.
    pub chosen: Option<InstitutionId>,
    /// Said of an institution that works sometimes.
    pub degraded: String,
    /// Said of an institution that does not work.
    pub down: String,
    /// Heading of the rows; may be empty.
    pub heading: String,
    /// Where a choice is reported.
    pub send: Callback<Event>,
}

impl PartialEq for RowsProps {
    /// Comparing would cost more than drawing: whoever draws this has a reason.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// What moves the rows.
pub enum Moved {
    /// The screen was scrolled.
    Scrolled,
    /// The keyboard came to the row of that number.
    Focused(usize),
}

/// The list.
pub struct Rows {
    list: NodeRef,
    /// The rows that are drawn.
    drawn: Range<usize>,
    /// The row the keyboard is on. It stays, with its neighbours, wherever the list is scrolled to.
    held: Option<usize>,
    /// The part of the screen that scrolls, and what listens to it.
    scroller: Option<(Element, Closure<dyn Fn()>)>,
    /// Other rows than before: show them from the first.
    is_new: bool,
}

impl Component for Rows {
    type Message = Moved;
    type Properties = RowsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let drawn = first_rows(ctx.props());
        Self { list: NodeRef::default(), drawn, held: None, scroller: None, is_new: false }
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &RowsProps) -> bool {
        let now = ctx.props();
        if now.rows != before.rows {
            self.drawn = first_rows(now);
            self.held = None;
            self.is_new = true;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, moved: Moved) -> bool {
        match moved {
            // Its neighbours are drawn before the next press of Tab looks for them.
            Moved::Focused(row) => self.held.replace(row) != Some(row),
            Moved::Scrolled => self.follow(ctx.props().rows.len()),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let link = ctx.link().clone();
        let onfocusin = Callback::from(move |event: FocusEvent| {
            if let Some(row) = event.target_dyn_into::<Element>().and_then(|button| row_number(&button)) {
                link.send_message(Moved::Focused(row));
            }
        });
        html! {
            <>
                { for props.tiles.iter().map(|(heading, positions)| html! {
                    <>
                        <h2>{ heading }</h2>
                        <div class="grid">{ for positions.iter().map(|&at| props.button(at, TILE)) }</div>
                    </>
                }) }
                if !props.heading.is_empty() { <h2>{ &props.heading }</h2> }
                <div ref={self.list.clone()} class="rows" role="list" {onfocusin}>{ self.rows(props) }</div>
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let Some(list) = self.list.cast::<Element>() else { return };
        if let Some(screen) = list.parent_element() {
            color_in(&screen);
        }
        if first && let Ok(Some(scroller)) = list.closest(".body") {
            let link = ctx.link().clone();
            // The browser says it once a frame, before it draws, so nothing has to be put together.
            let listener = Closure::<dyn Fn()>::new(move || link.send_message(Moved::Scrolled));
            // Adding a listener to an element that exists cannot fail.
            let _ = scroller.add_event_listener_with_callback("scroll", listener.as_ref().unchecked_ref());
            self.scroller = Some((scroller, listener));
        }
        if std::mem::take(&mut self.is_new)
            && let Some((scroller, _)) = &self.scroller
        {
            scroller.set_scroll_top(0);
        }
        if self.undrawn(ctx.props().rows.len()).is_some() {
            ctx.link().send_message(Moved::Scrolled);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some((scroller, listener)) = self.scroller.take() {
            let _ = scroller.remove_event_listener_with_callback("scroll", listener.as_ref().unchecked_ref());
        }
    }
}

/// What is most likely in view before anybody could look.
fn first_rows(props: &RowsProps) -> Range<usize> {
    let likely = if props.tiles.is_empty() { 10 + MARGIN } else { MARGIN };
    0..likely.min(props.rows.len())
}

/// The number of the row a button is in.
fn row_number(button: &Element) -> Option<usize> {
    let number: usize = button.parent_element()?.get_attribute("aria-posinset")?.parse().ok()?;
    number.checked_sub(1)
}

/// Colours are set through the object model, because a strict policy forbids style attributes. An
/// attribute that has been read is taken away, so that each is read once.
fn color_in(screen: &Element) {
    let Ok(waiting) = screen.query_selector_all("[data-color]") else { return };
    for at in 0..waiting.length() {
        let Some(button) = waiting.get(at).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let color = button.get_attribute("data-color").unwrap_or_default();
        // What is no colour is not taken, and the monogram keeps the one it has from the style sheet.
        let _ = button.style().set_property("--color", &color);
        let _ = button.remove_attribute("data-color");
    }
}

impl Rows {
    /// Draws other rows if some in view are not drawn; says whether it must be drawn again.
    fn follow(&mut self, count: usize) -> bool {
        let Some(seen) = self.undrawn(count) else { return false };
        let margin = (MOST.saturating_sub(seen.len()) / 2).min(MARGIN);
        self.drawn = seen.start.saturating_sub(margin)..(seen.end + margin).min(count);
        true
    }

    /// The rows in view, if not all of them are drawn.
    fn undrawn(&self, count: usize) -> Option<Range<usize>> {
        let seen = self.seen(count)?;
        (seen.start < self.drawn.start || self.drawn.end < seen.end).then_some(seen)
    }

    /// The rows in view.
    fn seen(&self, count: usize) -> Option<Range<usize>> {
        let (scroller, _) = self.scroller.as_ref()?;
        let list = self.list.cast::<HtmlElement>()?;
        let start_of_scroller = scroller.dyn_ref::<HtmlElement>()?.offset_top();
        let top = scroller.scroll_top() - (list.offset_top() - start_of_scroller);
        // However high a row came out: what is not drawn has its room, so all rows together are here.
        let row = (f64::from(list.offset_height()) / f64::from(u32::try_from(count).ok()?.max(1))).max(1.0);
        // A row's number is not negative, and what is between two rows is in the upper one.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let row_at = |height: i32| (f64::from(height) / row) as usize;
        let bottom = top + scroller.client_height();
        Some(row_at(top).min(count)..if bottom <= 0 { 0 } else { (row_at(bottom) + 1).min(count) })
    }

    fn rows(&self, props: &RowsProps) -> Html {
        let count = props.rows.len();
        let mut rows: Vec<Html> = Vec::with_capacity(MOST + 6);
        let mut next = 0;
        let held = self.held.map_or(0..0, |held| held.saturating_sub(1)..(held + 2).min(count));
        let parts = if held.start < self.drawn.start {
            [held, self.drawn.clone(), count..count]
        } else {
            [self.drawn.clone(), held, count..count]
        };
        for (number, part) in parts.into_iter().enumerate() {
            let start = part.start.max(next);
            if start < part.end || part.start == count {
                rows.extend(space(number, start.saturating_sub(next)));
            }
            for row in start..part.end.min(count) {
                rows.push(props.row(row, count));
                next = row + 1;
            }
        }
        // Each has a key, or the element the keyboard is on would become another row.
        rows.into_iter().collect()
    }
}

/// The room of rows that are not drawn.
fn space(number: usize, rows: usize) -> Option<Html> {
    let height = [(ROW_EM * rows).to_string().as_str(), "em"].concat();
    (rows > 0).then(|| {
        html! { <svg key={format!("space {number}")} class="space" {height} aria-hidden="true"></svg> }
    })
}

impl RowsProps {
    fn row(&self, row: usize, count: usize) -> Html {
        let position = self.rows.get(row).copied().unwrap_or(u32::MAX);
        html! {
            <div key={row.to_string()} role="listitem" aria-setsize={count.to_string()} aria-posinset={(row + 1).to_string()}>
                { self.button(position, "bank row") }
            </div>
        }
    }

    fn button(&self, position: u32, class: &'static str) -> Html {
        let Some(institution) = self.directory.at(position) else { return Html::default() };
        let id = institution.id;
        let is_chosen = self.chosen == Some(id);
        let is_shut = institution.health == Health::Down || (self.chosen.is_some() && !is_chosen);
        // What is shut can still be pressed: the answer says why, and what else there is.
        html! {
            <button type="button" {class} data-color={institution.color.clone()}
                data-monogram={institution.monogram.clone()} aria-disabled={is_shut.then_some("true")}
                aria-busy={is_chosen.then_some("true")}
                onclick={self.send.reform(move |_| Event::InstitutionChosen(id))}>
                if class == TILE { { self.name(institution) } } else { <span>{ self.name(institution) }</span> }
            </button>
        }
    }

    /// The name, and how it has been answering if that is worth a word.
    fn name(&self, institution: &Institution) -> Html {
        let health = match institution.health {
            Health::Degraded => &self.degraded,
            Health::Down => &self.down,
            Health::Healthy | Health::Unknown => return institution.name.clone().into(),
        };
        html! { <>{ &institution.name }<small>{ health }</small></> }
    }
}
