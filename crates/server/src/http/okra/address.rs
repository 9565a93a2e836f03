//! The address under which a caller reaches this server, for answers that name one of ours.

use crate::config::Settings;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use std::net::IpAddr;

/// What the operator said, or else what the caller called. A caller on this machine is answered
/// without TLS; everybody else with it, whatever a proxy in between claims.
pub fn public_base(settings: &Settings, called: Option<&Authority>) -> String {
    if let Some(url) = &settings.public_url {
        return url.as_str().trim_end_matches('/').to_owned();
    }
    called.map_or_else(String::new, |authority| {
        let scheme = if is_this_machine(authority.host()) { "http" } else { "https" };
        format!("{scheme}://{authority}")
    })
}

/// Whom the caller called, if that can be an address.
pub fn called(parts: &Parts) -> Option<Authority> {
    let named = || parts.headers.get(HOST)?.to_str().ok()?.parse().ok();
    // HTTP/2 has it in the address itself.
    let authority: Authority = parts.uri.authority().cloned().or_else(named)?;
    (!authority.as_str().contains('@')).then_some(authority)
}

fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_local =
        host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    is_local || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called_without_tls() {
        let base = |host: &str| public_base(&Settings::default(), host.parse().ok().as_ref());
        for (host, expected) in [
            ("connect.example", "https://connect.example"),
            ("connect.example:8443", "https://connect.example:8443"),
            ("10.0.0.7:8080", "https://10.0.0.7:8080"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("LOCALHOST", "http://LOCALHOST"),
            ("egusi.localhost:1", "http://egusi.localhost:1"),
            ("localhost.evil.example", "https://localhost.evil.example"),
        ] {
            assert_eq!(base(host), expected);
        }
    }

    #[test]
    fn what_the_operator_says_comes_first() {
        let settings =
            Settings { public_url: "https://connect.example/".parse().ok(), ..Settings::default() };
        assert_eq!(public_base(&settings, "other.example".parse().ok().as_ref()), "https://connect.example");
        assert_eq!(public_base(&Settings::default(), None), "");
    }
}
