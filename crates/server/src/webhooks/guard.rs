//! Where a name may lead: which addresses are public, which networks the operator allows beside
//! them, and a resolver that gives out no other address.
//!
//! The address that was vetted is the one that is connected to, so a name that answers differently
//! the next time gains nothing.

use async_trait::async_trait;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// How far a webhook may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses and to the operator's networks.
    Anywhere,
    /// To the operator's networks alone.
    OwnNetworks,
}

/// The networks an operator lets webhooks go to, though they are not public.
#[derive(Clone, Debug, Default)]
pub struct Networks(Vec<IpNet>);

/// A network an operator named that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadNetwork(String);

impl fmt::Display for BadNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "webhook-networks: expected an address or a network such as 10.1.0.0/16, got {:?}", self.0)
    }
}

impl std::error::Error for BadNetwork {}

impl Networks {
    /// Reads addresses and networks.
    ///
    /// # Errors
    /// The first one that is neither.
    pub fn read(texts: &[String]) -> Result<Self, BadNetwork> {
        let read = |text: &String| {
            let text = text.trim();
            let address = || text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or_else(|_| address()).map_err(|_| BadNetwork(text.to_owned()))
        };
        texts.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an address lies within that reach. An IPv4 address in the clothes of IPv6 is what it
    /// is for the operator's networks, and never public: no honest name leads to one.
    pub fn permit(&self, reach: Reach, address: IpAddr) -> bool {
        let bare = address.to_canonical();
        self.0.iter().any(|network| network.contains(&bare))
            || (reach == Reach::Anywhere && is_public(address))
    }
}

/// Networks of IPv4 that lead to this machine, into this house or nowhere (IANA's special-purpose
/// registry), and the one public address under which a cloud tells its guests their secrets.
const NOT_PUBLIC_4: [Ipv4Net; 17] = [
    v4([0, 0, 0, 0], 8),
    v4([10, 0, 0, 0], 8),
    v4([100, 64, 0, 0], 10),
    v4([127, 0, 0, 0], 8),
    v4([168, 63, 129, 16], 32),
    v4([169, 254, 0, 0], 16),
    v4([172, 16, 0, 0], 12),
    v4([192, 0, 0, 0], 24),
    v4([192, 0, 2, 0], 24),
    v4([192, 88, 99, 0], 24),
    v4([192, 168, 0, 0], 16),
    v4([198, 18, 0, 0], 15),
    v4([198, 51, 100, 0], 24),
    v4([203, 0, 113, 0], 24),
    v4([224, 0, 0, 0], 4),
    v4([240, 0, 0, 0], 4),
    v4([255, 255, 255, 255], 32),
];

/// Only this part of IPv6 is given out to the public; loopback, mapped, NAT64, local and multicast
/// addresses all lie outside of it.
const GLOBAL_6: Ipv6Net = v6([0x2000, 0], 3);

/// What lies within it and is none the less not public: protocols with tunnels among them,
/// documentation, and 6to4, which carries an IPv4 address.
const NOT_PUBLIC_6: [Ipv6Net; 4] =
    [v6([0x2001, 0], 23), v6([0x2001, 0x0db8], 32), v6([0x2002, 0], 16), v6([0x3fff, 0], 20)];

const fn v4([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6([a, b]: [u16; 2], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), length)
}

/// Whether an address is one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_4.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_6.contains(&address) && !NOT_PUBLIC_6.iter().any(|network| network.contains(&address))
        }
    }
}

/// Finds the addresses of a name.
#[async_trait]
pub trait Names: Send + Sync + 'static {
    /// All of them, or why there are none.
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>>;
}

/// The machine's own way to look names up.
pub struct SystemNames;

#[async_trait]
impl Names for SystemNames {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
    }
}

/// A name that leads where no webhook may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfReach;

impl fmt::Display for OutOfReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address is not one webhooks may go to")
    }
}

impl std::error::Error for OutOfReach {}

/// Resolves names for the HTTP client. One address out of reach and the whole answer is refused:
/// whoever mixes them has a plan.
pub struct Guard {
    /// Who looks names up.
    pub names: Arc<dyn Names>,
    /// What the operator allows.
    pub networks: Arc<Networks>,
    /// How far it may be.
    pub reach: Reach,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, networks, reach) = (self.names.clone(), self.networks.clone(), self.reach);
        Box::pin(async move {
            let addresses = names.addresses(name.as_str()).await?;
            if addresses.iter().any(|address| !networks.permit(reach, *address)) {
                return Err(OutOfReach.into());
            }
            let sockets = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_or_refused_with_what_was_expected() {
        let read = |text: &str| Networks::read(&[text.to_owned()]);
        for text in ["127.0.0.1", "10.1.0.0/16", "::1", " fd00::/8 "] {
            assert!(read(text).is_ok(), "{text}");
        }
        for text in ["", "localhost", "10.1.0.0/33", "10.1", "::1/129", "http://10.1.0.1"] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains("such as 10.1.0.0/16") && error.contains(text.trim()), "{error}");
        }
    }

    #[test]
    fn only_what_the_operator_names_is_allowed_beside_the_public() {
        let own = Networks::read(&["10.1.0.0/16".to_owned(), "::1".to_owned()]).unwrap();
        for (address, anywhere, own_networks) in [
            ("10.1.2.3", true, true),
            ("::ffff:10.1.2.3", true, true),
            ("10.2.0.1", false, false),
            ("::ffff:10.2.0.1", false, false),
            ("::1", true, true),
            ("127.0.0.1", false, false),
            ("9.9.9.9", true, false),
            ("::ffff:9.9.9.9", false, false),
            ("2620:fe::fe", true, false),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(own.permit(Reach::Anywhere, address), anywhere, "{address}");
            assert_eq!(own.permit(Reach::OwnNetworks, address), own_networks, "{address}");
        }
    }
}
