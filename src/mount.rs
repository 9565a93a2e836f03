//! Where the widget is drawn: an element of its own at the end of the page, or of the element it was
//! told, with a shadow root.
//!
//! A Yew root leaks its listeners when it is destroyed, so a root never is: when the widget closes,
//! its element leaves the page, the root draws nothing, and both wait in a pool for the next opening.

use crate::app::{App, AppProps, Opening};
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Document, Element, ShadowRoot, ShadowRootInit, ShadowRootMode};
use yew::{AppHandle, Component, Context, Html, Properties, html};

thread_local! {
    static POOL: RefCell<Vec<Mount>> = const { RefCell::new(Vec::new()) };
}

/// An element with a root that draws one opening of the widget, or nothing.
pub struct Mount {
    host: Element,
    root: ShadowRoot,
    shell: AppHandle<Shell>,
    openings: u32,
}

impl Mount {
    /// A mount from the pool, or a new one under these styles, put into that element or else into the page's
    /// body.
    pub fn take(container: Option<Element>, styles: &str) -> Result<Self, JsValue> {
        let body = || Ok::<Element, JsValue>(document()?.body().ok_or("the page has no body yet")?.into());
        let container = container.map_or_else(body, Ok)?;
        let pooled = POOL.with_borrow_mut(Vec::pop);
        let mount = pooled.map_or_else(|| Self::new(styles), Ok)?;
        container.append_child(&mount.host)?;
        Ok(mount)
    }

    fn new(styles: &str) -> Result<Self, JsValue> {
        let document = document()?;
        let host = document.create_element("egusi-widget")?;
        // Open, because in a closed root accessibility checkers silently test nothing.
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(styles)?;
        root.set_adopted_style_sheets(&Array::of1(&sheet));
        let place = document.create_element("div")?;
        root.append_child(&place)?;
        let shell = yew::Renderer::<Shell>::with_root_and_props(place, ShellProps::default()).render();
        Ok(Self { host, root, shell, openings: 0 })
    }

    /// The root, for the focus.
    pub fn root(&self) -> &ShadowRoot {
        &self.root
    }

    /// Draws a new opening.
    pub fn show(&mut self, opening: Opening) {
        self.openings += 1;
        let inner = Some(AppProps { opening: Rc::new(opening) });
        self.shell.update(ShellProps { inner, openings: self.openings });
    }

    /// Takes the element off the page and keeps it for the next opening.
    pub fn put_back(mut self) {
        self.shell.update(ShellProps { inner: None, openings: self.openings });
        self.host.remove();
        POOL.with_borrow_mut(|pool| pool.push(self));
    }
}

fn document() -> Result<Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or_else(|| "there is no page to draw in".into())
}

#[derive(Clone, Default, PartialEq, Properties)]
struct ShellProps {
    inner: Option<AppProps>,
    openings: u32,
}

/// Draws the opening it is given. The key changes with each, so no state survives from one to the next.
///
/// A structure and no function, because it needs none of the hooks that would come with one.
struct Shell;

impl Component for Shell {
    type Message = ();
    type Properties = ShellProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        match props.inner.clone() {
            Some(inner) => html! { <App key={props.openings} opening={inner.opening} /> },
            None => Html::default(),
        }
    }
}
