//! The nouns of the store. They are not the wire's: each side may change without the other.
//!
//! A file for each subject; here stand whose data it is, how lists are asked for and paged.

mod apps;
mod balances;
mod companies;
mod connections;
mod consents;
mod events;
mod filter;
mod records;
mod sessions;
mod tasks;
mod transactions;

pub use apps::*;
pub use balances::*;
pub use companies::*;
pub use connections::*;
pub use consents::*;
pub use events::*;
pub use filter::*;
pub use records::*;
pub use sessions::*;
pub use tasks::*;
pub use transactions::*;

use egusi_protocol::{CompanyId, Environment};

/// Whose data, in which world. Every verb about a company's data takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The company.
    pub company: CompanyId,
    /// The world.
    pub env: Environment,
}

/// Keyed hash by which a thing is found again without storing what it was.
pub type BlindKey = [u8; 32];
