//! What comes in between: a page that is loaded anew, an answer that is lost, a server that is busy,
//! a customer who is elsewhere, time that passes.

mod elsewhere;
mod lost;
mod reload;
mod timed;
