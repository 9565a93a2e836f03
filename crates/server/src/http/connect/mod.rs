//! The widget's own API, `/connect/v1`. Each call of a session is answered with one step.

pub mod institutions;
pub mod links;
pub mod returned;
pub mod session;
