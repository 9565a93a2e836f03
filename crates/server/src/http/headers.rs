//! What every answer carries unless its handler said otherwise.

use crate::state::App;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// Private by default: not stored, not sniffed, not readable from other origins, no referrer.
const DEFAULTS: [(HeaderName, &str); 4] = [
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A page of ours can use nothing of the device, shares its process and its windows with no other
/// site's page, and may still open a bank's window.
const OF_PAGES: [(HeaderName, &str); 3] = [
    (HeaderName::from_static("permissions-policy"), NO_PERMISSIONS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin-allow-popups"),
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
];

/// Every feature that Chromium, which alone heeds this header for most of them, knows without a
/// warning in its console.
const NO_PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), \
    clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), \
    gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), \
    microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
    storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// Two years; of this host alone, since others under its name are not ours to speak for.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Puts the defaults where nothing is said.
pub async fn for_every_answer(State(app): State<App>, mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    fill(headers, &DEFAULTS);
    if app.settings.is_reached_by_tls() {
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert(ONLY_TLS);
    }
    if is_page(headers) {
        fill(headers, &OF_PAGES);
        if may_nobody_show(headers) {
            headers.entry(X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
        }
    }
    answer
}

fn fill(headers: &mut HeaderMap, defaults: &[(HeaderName, &'static str)]) {
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Said once more for browsers that do not know `frame-ancestors`.
fn may_nobody_show(headers: &HeaderMap) -> bool {
    let policy = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    policy.is_some_and(|policy| policy.contains("frame-ancestors 'none'"))
}
