//! The network: what goes on by itself when it is back, what is asked again while it is bad, and what
//! keeps a session while the customer reads.

use crate::{Catalogue, Effect, Flow, Open, Opening, Screen, Turn};
use egusi_protocol::ProblemCode;

/// How long to wait before each further question that may be asked twice; after the last it is given up.
const AGAIN_MS: [u32; 4] = [1_000, 2_000, 4_000, 8_000];
/// How long to wait where the device says that it has no network. It is not always right, so it is
/// asked all the same.
const OFFLINE_AGAIN_MS: u32 = 8_000;
/// A session without a call ends after fifteen minutes (the server's `IDLE_MS`): of three looks two
/// may be lost.
const KEEP_MS: u32 = 300_000;

/// Whether it is asked once more, as which try and after how long. Without a network no try is
/// counted: it would fail whatever the server does.
pub(crate) fn again(tries: u8, is_offline: bool) -> Option<(u8, u32)> {
    if is_offline {
        return Some((tries, OFFLINE_AGAIN_MS));
    }
    AGAIN_MS.get(usize::from(tries)).map(|after_ms| (tries.saturating_add(1), *after_ms))
}

impl Flow {
    /// Whether the device says that it has no network.
    pub fn is_offline(&self) -> bool {
        match self {
            Self::Opening(opening) => opening.is_offline,
            Self::Unopened { is_offline, .. } => *is_offline,
            Self::Open(open) => open.is_offline,
            Self::Refused { .. } | Self::Closed => false,
        }
    }

    pub(crate) fn network_gone(mut self) -> Turn {
        match &mut self {
            Self::Opening(opening) => opening.is_offline = true,
            Self::Unopened { is_offline, .. } => *is_offline = true,
            Self::Open(open) => open.is_offline = true,
            Self::Refused { .. } | Self::Closed => {}
        }
        self.into()
    }

    /// Whatever waited for the network goes on, without a press.
    pub(crate) fn network_back(mut self) -> Turn {
        match self {
            unchanged if !unchanged.is_offline() => unchanged.into(),
            Self::Opening(opening) => Opening { is_offline: false, tries: 0, ..*opening }.ask_now(),
            Self::Unopened { tickets, is_resuming, problem, .. }
                if problem.code == ProblemCode::Unreachable =>
            {
                Self::start_with(tickets, is_resuming, false)
            }
            Self::Unopened { ref mut is_offline, .. } => {
                *is_offline = false;
                self.into()
            }
            Self::Open(open) => open.network_back(),
            Self::Refused { .. } | Self::Closed => self.into(),
        }
    }

    /// While the window is open the session does not end for want of a call, so that nobody is timed
    /// out while reading; it ends at the server's own time, and then nothing more is asked.
    pub(crate) fn kept(&mut self) -> Option<Effect> {
        let Self::Open(open) = self else { return None };
        if open.kept.is_some() || matches!(open.screen, Screen::Finished { .. }) {
            return None;
        }
        let ticket = open.tickets.next();
        open.kept = Some(ticket);
        Some(Effect::KeepSession { ticket, after_ms: KEEP_MS })
    }
}

impl Opening {
    /// Asks at once and anew, also for the list if that has not come.
    fn ask_now(mut self) -> Turn {
        let (catalogue, list) = self.catalogue.asked_now(&mut self.tickets);
        self.catalogue = catalogue;
        let mut turn = self.ask(0);
        turn.effects.extend(list);
        turn
    }
}

impl Open {
    /// Whether the network, or the server, is being tried again by itself.
    pub fn is_trying_again(&self) -> bool {
        // The first question after a lost answer is often answered at once.
        self.lost.is_some_and(|tries| tries > 0)
            || (matches!(self.screen, Screen::Choosing { .. }) && self.catalogue.is_asked_again())
    }

    fn network_back(mut self: Box<Self>) -> Turn {
        self.is_offline = false;
        let catalogue = std::mem::replace(&mut self.catalogue, Catalogue::Missing);
        let (catalogue, list) = catalogue.asked_now(&mut self.tickets);
        self.catalogue = catalogue;
        let screen = std::mem::replace(&mut self.screen, Screen::CONSENT);
        let mut turn = match screen {
            Screen::Stopped { problem, interrupted: Some(screen), .. }
                if problem.code == ProblemCode::Unreachable =>
            {
                self.look_again(*screen)
            }
            screen if self.lost.is_some() => self.look_again(screen),
            screen @ Screen::Waiting { .. } => self.poll_again(screen, 0),
            screen @ (Screen::Redirected { .. } | Screen::Elsewhere { .. }) => self.look_now(screen),
            // What the customer has sent is under way, or tells by itself that it is lost.
            screen => self.show(screen),
        };
        turn.effects.extend(list);
        turn
    }
}
