//! The widget without WebAssembly: the same session as pages of HTML forms.
//!
//! Nothing about what the customer sees next is decided here. Every request makes a
//! [`egusi_flow::Flow`], brings it to where the page stood that was answered ([`walk`]), feeds what
//! the customer did ([`deed`]), performs what the flow asks for in this process ([`window`]) until it
//! rests, and draws what it shows ([`views`]). What one page hands to the next stands in its form
//! ([`carried`], [`begun`]); what the host must hear stands on the page as JSON ([`told`]); the
//! sentences are the widget's own ([`crate::words`]).
//!
//! Invariants: no cookie, no token in an address, no script needed; nothing a form says is trusted
//! beyond what the widget's own calls may say; a form that is sent again does nothing twice, because
//! it carries the turn of the step it answers.

pub mod begun;
pub mod carried;
pub mod deed;
pub mod told;
pub mod views;
pub mod walk;
pub mod window;
