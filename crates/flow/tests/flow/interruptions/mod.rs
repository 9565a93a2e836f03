//! What comes in between: a page that is loaded anew, an answer that is lost, a server that is busy,
//! a customer who is elsewhere, in a tab of the window's own or without a network, time that passes.

mod elsewhere;
mod kept;
mod lost;
mod offline;
mod own_tab;
mod reload;
mod timed;
