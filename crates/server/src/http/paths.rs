//! Paths as they are meant: some Okra clients join a base and a path with two slashes; and the one
//! id that a path of ours may name.

use crate::error::ApiError;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use egusi_protocol::ErrorCode;
use std::str::FromStr;

/// What the `{id}` of a path names, refused in our own error shape when it cannot be read.
pub struct Named<Id>(pub Id);

impl<S: Send + Sync, Id: FromStr> FromRequestParts<S> for Named<Id> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text = Path::<String>::from_request_parts(parts, state).await.ok();
        text.and_then(|Path(text)| text.parse().ok()).map(Self).ok_or_else(|| {
            let message = "id: expected 24 hex digits in the path, got something else";
            ApiError::refused(ErrorCode::InvalidRequest, message)
        })
    }
}

/// Makes one slash of several, and none of one at the end. The query stays as it is.
pub fn collapse_slashes(mut request: Request) -> Request {
    if let Some(uri) = collapsed(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn collapsed(uri: &Uri) -> Option<Uri> {
    let ends_in_a_slash = uri.path().len() > 1 && uri.path().ends_with('/');
    if !uri.path().contains("//") && !ends_in_a_slash {
        return None;
    }
    let mut path = String::with_capacity(uri.path().len());
    for letter in uri.path().chars() {
        if letter != '/' || !path.ends_with('/') {
            path.push(letter);
        }
    }
    if path.len() > 1 && path.ends_with('/') {
        path.pop();
    }
    if let Some(query) = uri.query() {
        path.push('?');
        path.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_become_one_and_the_query_is_left_alone() {
        let collapsed = |uri: &str| collapsed(&uri.parse().unwrap()).map(|uri| uri.to_string());
        assert_eq!(collapsed("/v2//balance///getById?a=//b").as_deref(), Some("/v2/balance/getById?a=//b"));
        assert_eq!(collapsed("http://x/v2//a").as_deref(), Some("http://x/v2/a"));
        assert_eq!(collapsed("/v2/products/balances/?a=/").as_deref(), Some("/v2/products/balances?a=/"));
        assert_eq!(collapsed("/"), None);
        assert_eq!(collapsed("//").as_deref(), Some("/"));
        assert_eq!(collapsed("/v2/balance/getById?a=//b"), None);
    }
}
