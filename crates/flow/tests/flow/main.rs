//! The flow told as stories, and the laws that hold for every story.

mod laws;
mod stories;
mod teller;
