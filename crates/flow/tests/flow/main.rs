//! The flow told as stories, and the laws that hold for every story.

mod interruptions;
mod laws;
mod leaving;
mod returning;
mod samples;
mod scenarios;
mod stories;
mod teller;
mod told;
mod words;
