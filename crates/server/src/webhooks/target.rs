//! Where a webhook may go, as far as its URL tells: scheme, port, and the address if it is one.
//! A name is vetted when it is resolved, by [`crate::webhooks::guard`].

use crate::webhooks::guard::{Networks, Reach};
use std::net::IpAddr;
use url::{Host, Url};

const CHARS_MAX: usize = 2048;
const PORTS: [u16; 2] = [443, 8443];

/// An address that may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The URL, written the one usual way.
    pub url: Url,
    /// Where its name may lead.
    pub reach: Reach,
}

impl Target {
    /// Reads a URL; `None` if no webhook may go there, for the reasons of [`expected`].
    ///
    /// Plain http and other ports are for the operator's own networks: whoever runs both ends knows
    /// what lies between them.
    pub fn read(text: &str, networks: &Networks) -> Option<Self> {
        let url = Some(text).filter(|text| text.len() <= CHARS_MAX).and_then(|text| Url::parse(text).ok())?;
        let is_usual =
            url.scheme() == "https" && url.port_or_known_default().is_some_and(|port| PORTS.contains(&port));
        let reach = if is_usual { Reach::Anywhere } else { Reach::OwnNetworks };
        let is_known = matches!(url.scheme(), "https" | "http");
        let is_bare = url.username().is_empty() && url.password().is_none();
        let is_in_reach = match url.host()? {
            Host::Ipv4(address) => networks.permit(reach, IpAddr::V4(address)),
            Host::Ipv6(address) => networks.permit(reach, IpAddr::V6(address)),
            Host::Domain(_) => reach == Reach::Anywhere || !networks.is_empty(),
        };
        (is_known && is_bare && is_in_reach).then_some(Self { url, reach })
    }
}

/// What a URL has to be, for whoever gave another.
pub fn expected(networks: &Networks) -> String {
    let own = if networks.is_empty() { "" } else { ", or one inside this operator's own networks" };
    format!(
        "expected an https URL of the public internet on port 443 or 8443, without user name or password \
         and of at most {CHARS_MAX} characters{own}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_allowed(url: &str, networks: &Networks) -> bool {
        Target::read(url, networks).is_some()
    }

    /// Ways to write an address of this machine, this house, a cloud's metadata or nowhere.
    const SPELLINGS: &[&str] = &[
        // This machine.
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "127.255.255.254",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0X7F.0X0.0X0.0X1",
        "0177.1",
        "127.000.000.001",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "127.0.0.1.",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        // Unspecified.
        "0.0.0.0",
        "0",
        "00",
        "0x0",
        "0.0",
        "0.1.2.3",
        "[::]",
        "[0::0]",
        "[::ffff:0.0.0.0]",
        "[::ffff:0:0]",
        // This house.
        "10.0.0.1",
        "10.1",
        "167772161",
        "0xa000001",
        "012.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.1",
        "3232235521",
        "[::ffff:10.0.0.1]",
        "[::ffff:192.168.0.1]",
        "[fc00::1]",
        "[fd12:3456:789a::1]",
        "[fdff:ffff:ffff:ffff::1]",
        "[fec0::1]",
        // Link-local and metadata.
        "169.254.169.254",
        "169.254.0.1",
        "2852039166",
        "0xa9fea9fe",
        "0xa9.0xfe.0xa9.0xfe",
        "0251.0376.0251.0376",
        "[::ffff:169.254.169.254]",
        "[fe80::1]",
        "[febf::1]",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        // Shared by a carrier's customers.
        "100.64.0.1",
        "100.127.255.255",
        // Tunnels that carry an IPv4 address.
        "[64:ff9b::7f00:1]",
        "[64:ff9b::169.254.169.254]",
        "[64:ff9b:1::a00:1]",
        "[2002:7f00:1::]",
        "[2002:a9fe:a9fe::1]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[::ffff:0:127.0.0.1]",
        "192.88.99.1",
        // Many, all, or reserved.
        "224.0.0.1",
        "239.255.255.255",
        "[ff02::1]",
        "[ff0e::1]",
        "255.255.255.255",
        "4294967295",
        "240.0.0.1",
        // Documentation, measuring and other special uses.
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "198.18.0.1",
        "198.19.255.255",
        "192.0.0.1",
        "[2001:db8::1]",
        "[3fff::1]",
        "[2001:10::1]",
        "[2001:20::1]",
        "[100::1]",
        "[5f00::1]",
        // An IPv4 address, public or not, in the clothes of IPv6.
        "[::ffff:9.9.9.9]",
        "[::9.9.9.9]",
        // No address at all.
        "256.256.256.256",
        "1.2.3.4.5",
        "0x100000000",
        "[::g]",
        "[fe80::1%25eth0]",
        "",
    ];

    #[test]
    fn no_spelling_of_an_address_leads_inside() {
        assert!(SPELLINGS.len() >= 80, "{}", SPELLINGS.len());
        let nothing = Networks::default();
        for host in SPELLINGS {
            for url in
                [format!("https://{host}/"), format!("https://{host}:8443/hook"), format!("HTTPS://{host}")]
            {
                assert!(!is_allowed(&url, &nothing), "{url}");
            }
        }
    }

    #[test]
    fn public_addresses_and_names_are_allowed() {
        let nothing = Networks::default();
        for url in [
            "https://shop.example/hooks?a=1",
            "https://shop.example:443/",
            "https://shop.example:8443/",
            "https://9.9.9.9/",
            "https://100.63.255.255/",
            "https://100.128.0.1/",
            "https://172.15.255.255/",
            "https://172.32.0.1/",
            "https://[2620:fe::fe]/",
            "https://[2a00:1450:4001::1]/",
            "https://xn--bcher-kva.example/",
        ] {
            assert!(is_allowed(url, &nothing), "{url}");
        }
    }

    #[test]
    fn other_schemes_ports_and_passwords_are_refused() {
        let nothing = Networks::default();
        for url in [
            "http://shop.example/",
            "https://shop.example:80/",
            "https://shop.example:22/",
            "https://shop.example:6379/",
            "http://shop.example:443/",
            "https://user@shop.example/",
            "https://user:word@shop.example/",
            "ftp://shop.example/",
            "file:///etc/passwd",
            "gopher://shop.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "//shop.example/",
            "shop.example",
            "https://",
            "",
        ] {
            assert!(!is_allowed(url, &nothing), "{url}");
        }
        assert!(!is_allowed(&format!("https://shop.example/{}", "a".repeat(CHARS_MAX)), &nothing));
    }

    #[test]
    fn an_operator_may_allow_networks_of_their_own() {
        let own = Networks::read(&["127.0.0.1".to_owned(), "10.1.0.0/16".to_owned()]).unwrap();
        for (url, allowed) in [
            ("http://127.0.0.1:4000/hook", true),
            ("https://127.0.0.1:4000/hook", true),
            ("https://10.1.255.1/", true),
            ("http://127.0.0.2/", false),
            ("http://10.2.0.1/", false),
            ("http://9.9.9.9/", false),
            ("https://9.9.9.9:9000/", false),
            ("ftp://127.0.0.1/", false),
            ("http://user@127.0.0.1/", false),
        ] {
            assert_eq!(is_allowed(url, &own), allowed, "{url}");
        }
        // Where a name leads is seen when it is resolved; until then it may lead inside only.
        let name = Target::read("http://hooks.internal.example:9000/", &own).unwrap();
        assert_eq!(name.reach, Reach::OwnNetworks);
        assert!(expected(&own).contains("this operator's own networks"));
        assert!(!expected(&Networks::default()).contains("networks"));
    }
}
