//! What Okra's clients find: the same answers under every base path, with the shapes of their
//! generation.

#![allow(clippy::unwrap_used)] // A test that cannot go on should stop.

#[path = "okra/balances.rs"]
mod balances;
#[path = "okra/banks.rs"]
mod banks;
#[path = "okra/doors.rs"]
mod doors;
#[path = "okra/leniency.rs"]
mod leniency;
#[path = "okra/looks.rs"]
mod looks;
#[path = "okra/neighbours.rs"]
mod neighbours;
mod support;
#[path = "okra/world.rs"]
mod world;

/// The bases of either generation.
const V1: [&str; 2] = ["/v1", "/sandbox/v1"];
const V2: [&str; 3] = ["/v2", "/v2/sandbox", "/sandbox/v2"];
