//! A browser without script: it reads pages, fills in their forms and presses their buttons.

use crate::site::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use egusi_server::config::Settings;
use http_body_util::BodyExt;
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

pub const FIRST_BANK: &str = "First Bank of Nigeria";

/// A server whose pages do not wait for a bank: whoever wants to know presses *Check again*.
pub async fn site() -> Site {
    Site::with_settings(Settings { plain_wait_s: 0, ..Settings::default() }).await
}

pub struct Browser<'a> {
    site: &'a Site,
    /// `iframe` in the widget's page, `document` in a tab.
    pub dest: &'static str,
    /// The languages it prefers.
    pub accepts: &'static str,
    pub status: StatusCode,
    pub policy: String,
    pub html: String,
    /// What the page around heard so far.
    pub heard: Vec<Value>,
    /// What was sent last: the address and the body.
    pub sent: (String, String),
    typed: Vec<(String, String)>,
    ticked: Vec<String>,
}

impl<'a> Browser<'a> {
    pub fn framed(site: &'a Site) -> Self {
        let sent = (String::new(), String::new());
        let (heard, typed, ticked) = (Vec::new(), Vec::new(), Vec::new());
        let (status, policy, html) = (StatusCode::OK, String::new(), String::new());
        Self { site, dest: "iframe", accepts: "", status, policy, html, heard, sent, typed, ticked }
    }

    pub fn in_a_tab(site: &'a Site) -> Self {
        Self { dest: "document", ..Self::framed(site) }
    }

    /// The options of a host, with more beside the usual ones.
    pub fn options(site: &Site, more: &Value) -> Value {
        let mut options = json!({
            "key": site.company.sandbox.public, "token": site.company.token.to_string(),
            "env": "production-sandbox", "name": "Moringa Market", "products": ["auth", "balance"],
            "showBalance": true, "hostOrigin": "https://shop.example",
        });
        let more = more.as_object().unwrap().clone();
        options.as_object_mut().unwrap().extend(more);
        options
    }

    pub async fn opens(&mut self, more: &Value) {
        let options = Self::options(self.site, more).to_string();
        self.posts("/plain/open", &[("options", &options)]).await;
    }

    /// Opens, agrees, and chooses the bank of that name by searching for it.
    pub async fn at_the_bank(&mut self, bank: &str, more: &Value) {
        self.opens(more).await;
        self.presses("Continue").await;
        self.types("Search banks", bank);
        self.presses("Search").await;
        self.presses(bank).await;
    }

    pub async fn signs_in(&mut self, username: &str, password: &str) {
        self.types("Username", username);
        self.types("Password", password);
        self.presses("Sign in").await;
    }

    pub async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.sends(path, &form.finish()).await;
    }

    pub async fn sends(&mut self, path: &str, body: &str) {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-dest", self.dest)
            .header("accept-language", self.accepts);
        self.asks(request.body(Body::from(body.to_owned())).unwrap()).await;
        self.sent = (path.to_owned(), body.to_owned());
    }

    pub async fn asks(&mut self, request: Request<Body>) {
        let answer = self.site.ask(request).await;
        let (parts, body) = answer.into_parts();
        let header =
            |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        self.status = parts.status;
        self.policy = header("content-security-policy");
        self.html = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        assert!(parts.headers.get("set-cookie").is_none(), "no cookie is set");
        assert_eq!(header("cache-control"), "no-store");
        (self.typed, self.ticked) = (Vec::new(), Vec::new());
        let told = self.all("#tell").first().map(|text| serde_json::from_str::<Vec<Value>>(text).unwrap());
        self.heard.extend(told.unwrap_or_default());
    }

    /// Types into the field of that label, which must be there.
    pub fn types(&mut self, label: &str, text: &str) {
        let name =
            self.with_label(label, "name").unwrap_or_else(|| panic!("no field {label}: {}", self.seen()));
        self.typed.retain(|(known, _)| *known != name);
        self.typed.push((name, text.to_owned()));
    }

    /// Ticks the box or the radio whose label begins so.
    pub fn ticks(&mut self, label: &str) {
        let page = Html::parse_document(&self.html);
        let labels = page.select(&selector("label.account")).find(|one| text(*one).starts_with(label));
        let label = labels.unwrap_or_else(|| panic!("nothing to tick called {label}: {}", self.seen()));
        let input = label.select(&selector("input")).next().unwrap();
        assert!(input.attr("disabled").is_none(), "{} cannot be ticked", text(label));
        self.ticked.push(input.attr("value").unwrap().to_owned());
    }

    /// Presses the button whose text begins so, with what its form says.
    pub async fn presses(&mut self, label: &str) {
        let (path, body) = self.pressed(label);
        self.sends(&path, &body).await;
    }

    /// What a press would send.
    pub fn pressed(&self, label: &str) -> (String, String) {
        let page = Html::parse_document(&self.html);
        let found = page.select(&selector("button")).find(|one| text(*one).starts_with(label));
        let button = found.unwrap_or_else(|| panic!("no button {label}: {}", self.seen()));
        let form = match button.attr("form") {
            Some(id) => page.select(&selector(&format!("form#{id}"))).next().unwrap(),
            None => button
                .ancestors()
                .filter_map(ElementRef::wrap)
                .find(|one| one.value().name() == "form")
                .unwrap(),
        };
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        for input in form.select(&selector("input")) {
            let (name, value) = (input.attr("name").unwrap(), input.attr("value").unwrap_or_default());
            match input.attr("type").unwrap() {
                "checkbox" | "radio" => {
                    // A radio that is ticked takes the place of the one that was.
                    let is_kept = input.attr("checked").is_some()
                        && (input.attr("type") == Some("checkbox") || self.ticked.is_empty());
                    if is_kept || self.ticked.iter().any(|ticked| ticked == value) {
                        body.append_pair(name, value);
                    }
                }
                _ => {
                    let typed = self.typed.iter().find(|(known, _)| known == name);
                    body.append_pair(name, typed.map_or(value, |(_, typed)| typed));
                }
            }
        }
        for select in form.select(&selector("select")) {
            let name = select.attr("name").unwrap();
            let typed = self.typed.iter().find(|(known, _)| known == name).map(|(_, typed)| typed.as_str());
            let chosen = select.select(&selector("option[selected]")).next().unwrap().attr("value").unwrap();
            body.append_pair(name, typed.unwrap_or(chosen));
        }
        if let Some(name) = button.attr("name") {
            body.append_pair(name, button.attr("value").unwrap());
        }
        assert_eq!(form.attr("method"), Some("post"), "nothing goes into an address");
        (form.attr("action").unwrap().to_owned(), body.finish())
    }

    /// An attribute of the field of that label.
    pub fn with_label(&self, label: &str, attribute: &str) -> Option<String> {
        let page = Html::parse_document(&self.html);
        let label = page.select(&selector("label")).find(|one| text(*one) == label)?;
        let id = label.attr("for")?.to_owned();
        let field = page.select(&selector(&format!("[id=\"{id}\"]"))).next()?;
        field.attr(attribute).map(str::to_owned)
    }

    /// The texts of what matches.
    pub fn all(&self, what: &str) -> Vec<String> {
        Html::parse_document(&self.html).select(&selector(what)).map(text).collect()
    }

    /// The texts that stand on the page, each by itself.
    pub fn texts(&self) -> Vec<String> {
        let page = Html::parse_document(&self.html);
        let body = page.select(&selector("body")).next().unwrap();
        let texts = body.text().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// An attribute of the first that matches.
    pub fn attribute(&self, what: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.html);
        page.select(&selector(what)).next()?.attr(name).map(str::to_owned)
    }

    pub fn heading(&self) -> String {
        self.all("h1").concat()
    }

    pub fn buttons(&self) -> Vec<String> {
        self.all("main button, main a.primary")
    }

    /// What a reader is told is wrong.
    pub fn alert(&self) -> String {
        self.all("[role=alert]").concat()
    }

    /// All that is on the page, for a message.
    pub fn seen(&self) -> String {
        self.all("header, main").join(" ")
    }

    /// The names of what was heard: the event's, or the message's own key.
    pub fn heard_names(&self) -> Vec<String> {
        let name = |message: &Value| {
            let keys = ["close", "success", "error", "beforeClose", "redirect"];
            let key = keys.into_iter().find(|key| message.get(key).is_some()).map(str::to_owned);
            key.or_else(|| message["event_name"].as_str().map(str::to_owned)).unwrap()
        };
        self.heard.iter().map(name).collect()
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// As a reader reads it: what is drawn beside the words is not read.
fn text(element: ElementRef) -> String {
    let texts = element.descendants().filter_map(|at| {
        let is_drawn = at.ancestors().filter_map(ElementRef::wrap).any(|one| one.value().name() == "svg");
        at.value().as_text().filter(|_| !is_drawn).map(|text| text.to_string())
    });
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
