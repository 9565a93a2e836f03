//! The policy of a page that other pages show: the one it was built with, and who may show it.

use crate::error::ApiError;
use crate::hosts::Framing;
use crate::state::AppState;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERER, VARY};
use axum::http::{HeaderMap, HeaderValue};

/// A content security policy, directive by directive. A browser heeds only the first of a name, so a
/// directive is replaced and never added a second time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(Vec<(String, String)>);

impl Policy {
    /// Reads a policy.
    pub fn read(text: &str) -> Self {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let directives = parts.map(|part| part.split_once(char::is_whitespace).unwrap_or((part, "")));
        Self(directives.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect())
    }

    /// The same with one directive as given.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The same with who may show the page. Where that is anyone, nothing is said of it: even `*`
    /// would keep out pages that have no origin.
    #[must_use]
    pub fn framed_by(self, framing: &Framing) -> Self {
        match framing {
            Framing::Anyone => self,
            Framing::Only(origins) => self.with("frame-ancestors", origins),
            Framing::Nobody => self.with("frame-ancestors", "'none'"),
        }
    }

    /// The same without one directive.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// As it stands in the header.
    pub fn text(&self) -> String {
        let directives = self.0.iter().map(|(name, value)| format!("{name} {value}").trim_end().to_owned());
        directives.collect::<Vec<_>>().join("; ")
    }
}

/// Who may show a page that is asked for so.
///
/// # Errors
/// If the store cannot answer.
pub async fn of_request(app: &AppState, headers: &HeaderMap) -> Result<Framing, ApiError> {
    Ok(app.hosts.framing(app.store.as_ref(), referer(headers)).await?)
}

/// The page that asks, if the browser says which; one that cannot be read is still said.
pub fn referer(headers: &HeaderMap) -> Option<&str> {
    headers.get(REFERER).map(|value| value.to_str().unwrap_or_default())
}

/// Sends a page under a policy with who may show it, which depends on the page that asks unless
/// everybody is welcome.
pub fn put(headers: &mut HeaderMap, policy: &Policy, framing: &Framing, depends_on_page: bool) {
    if let Ok(policy) = HeaderValue::try_from(policy.clone().framed_by(framing).text()) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if depends_on_page {
        headers.append(VARY, HeaderValue::from_static("referer"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_stands_once_in_a_policy() {
        let policy = Policy::read(" default-src 'none';form-action  'none' ; upgrade-insecure-requests;; ");
        assert_eq!(policy.text(), "default-src 'none'; form-action 'none'; upgrade-insecure-requests");
        let policy = policy.with("form-action", "'self'").with("frame-src", "'self'");
        let expected = "default-src 'none'; form-action 'self'; upgrade-insecure-requests; frame-src 'self'";
        assert_eq!(policy.text(), expected);
        let by = |framing| Policy::read("default-src 'none'").framed_by(&framing).text();
        assert_eq!(by(Framing::Anyone), "default-src 'none'");
        assert_eq!(by(Framing::Nobody), "default-src 'none'; frame-ancestors 'none'");
        let only = by(Framing::Only("https://a.example https://b.example".to_owned()));
        assert_eq!(only, "default-src 'none'; frame-ancestors https://a.example https://b.example");
    }
}
