//! What the server answers, and what is done when it does not.

use crate::network::again;
use crate::{CallFailure, Effect, Entry, HostEvent, Open, Screen, Ticket, Turn, Window};
use egusi_protocol::{ErrorCode, Problem, ProblemCode, Step, StepReply};

/// How long to wait after a poll that did not get through.
const POLL_AGAIN_MS: u32 = 3_000;
/// How long to wait while another call of the session is worked on.
const BUSY_AGAIN_MS: u32 = 1_000;
/// Between two looks that the server itself draws out.
const LOOK_PAUSE_MS: u32 = 500;
/// How long to wait before each question after a lost answer; after the last it is given up.
const LOOK_AFTER_MS: [u32; 7] = [0, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];

impl Open {
    /// An answer came for the question the screen waits on, or for an older one.
    pub(crate) fn answered(
        mut self,
        screen: Screen,
        ticket: Ticket,
        answer: Result<StepReply, CallFailure>,
    ) -> Turn {
        if ticket.is(self.kept) {
            let is_over = matches!(answer, Err(CallFailure::Refused { code: ErrorCode::SessionExpired, .. }));
            // What is over need not be kept. The customer reads of it where it matters to them.
            self.kept = self.kept.filter(|_| is_over);
            return self.show(screen);
        }
        if !ticket.is(screen.awaited()) {
            return self.show(screen);
        }
        match answer {
            // The tab goes on, also past an attempt that failed: only its end is one here.
            Ok(reply)
                if matches!(screen, Screen::Elsewhere { .. }) && !matches!(reply.step, Step::Done(_)) =>
            {
                self.turn = reply.turn;
                self.lost = None;
                self.look(screen, LOOK_PAUSE_MS)
            }
            Ok(reply) if reply.is_busy => {
                self.lost = self.lost.or(Some(0));
                self.look(screen, BUSY_AGAIN_MS)
            }
            // Nothing has happened on the institution's page yet.
            Ok(reply) if matches!(screen, Screen::Redirected { .. }) && reply.turn == self.turn => {
                self.lost = None;
                self.look(screen, LOOK_PAUSE_MS)
            }
            // The call itself never arrived.
            Ok(reply) if self.lost.is_some() && reply.turn == self.turn && screen.is_busy() => {
                self.show(screen.unsent(Some(Problem::new(ProblemCode::Unreachable))))
            }
            Ok(StepReply { step: Step::Failed(problem), turn, .. }) if screen.entry().is_none() => {
                self.turn = turn;
                self.show(Screen::list_without(screen.institution(), problem))
            }
            Ok(reply) => {
                let entry = screen.entry().cloned();
                self.take_reply(entry, reply)
            }
            Err(CallFailure::Refused { code: ErrorCode::SessionExpired, .. }) => {
                let problem = Problem::new(ProblemCode::SessionExpired);
                self.stop(screen, problem)
            }
            Err(CallFailure::Refused { code: ErrorCode::SessionBusy | ErrorCode::WrongStep, .. })
                if self.lost.is_none() =>
            {
                self.lost = Some(0);
                self.look(screen, BUSY_AGAIN_MS)
            }
            Err(CallFailure::Unreachable) => self.without_answer(screen),
            // A server that is started anew or has too much to do is well a moment later; nobody
            // has to decide that.
            Err(CallFailure::Refused { code: ErrorCode::Unavailable | ErrorCode::RateLimited, .. })
                if self.lost.is_some() || !screen.is_busy() =>
            {
                self.without_answer(screen)
            }
            Err(failure) => self.refused(screen, &failure),
        }
    }

    /// The call may or may not have arrived: where the session stands tells which.
    pub(crate) fn without_answer(mut self, screen: Screen) -> Turn {
        if matches!(screen, Screen::Waiting { .. }) {
            return self.poll_again(screen, POLL_AGAIN_MS);
        }
        let tries = self.lost.map_or(0, |tries| tries.saturating_add(1));
        let next = match again(self.lost.unwrap_or_default(), self.is_offline) {
            // Without a network it is not counted.
            Some(next) if self.is_offline => Some(next),
            _ => LOOK_AFTER_MS.get(usize::from(tries)).map(|after_ms| (tries, *after_ms)),
        };
        match next {
            Some((tries, after_ms)) => {
                self.lost = Some(tries);
                self.look(screen, after_ms)
            }
            None => self.stop(screen, Problem::new(ProblemCode::Unreachable)),
        }
    }

    /// The customer, or a page that was loaded anew, wants to know what became of the screen's call.
    pub(crate) fn look_again(mut self, screen: Screen) -> Turn {
        self.lost = Some(0);
        self.look(screen, 0)
    }

    /// The same for somebody who is elsewhere; nothing was lost.
    pub(crate) fn look_now(self, screen: Screen) -> Turn {
        self.look(screen, 0)
    }

    fn look(mut self, screen: Screen, after_ms: u32) -> Turn {
        let ticket = self.tickets.next();
        let is_elsewhere = matches!(screen, Screen::Redirected { .. } | Screen::Elsewhere { .. });
        let past = is_elsewhere.then_some(self.turn);
        self.show_and(screen.awaiting(ticket), vec![Effect::Look { ticket, after_ms, past }])
    }

    pub(crate) fn poll_again(mut self, screen: Screen, after_ms: u32) -> Turn {
        let ticket = self.tickets.next();
        let effects = vec![Effect::Poll { ticket, after_ms }];
        self.show_and(screen.awaiting(ticket), effects)
    }

    /// The server said no, or its answer could not be read: the screen stays, says so, and lets the
    /// customer ask again.
    fn refused(self, screen: Screen, failure: &CallFailure) -> Turn {
        let problem = problem_of(failure);
        if screen.is_busy() { self.show(screen.unsent(Some(problem))) } else { self.stop(screen, problem) }
    }

    pub(crate) fn stop(mut self, screen: Screen, problem: Problem) -> Turn {
        self.is_leaving = false;
        let entry = screen.entry().cloned();
        // What became of it may still be found out: the call may have arrived, and whoever is on the
        // institution's page or in the tab may come back from it yet.
        let may_go_on = problem.code == ProblemCode::Unreachable
            || matches!(screen, Screen::Redirected { .. } | Screen::Elsewhere { .. });
        let interrupted = may_go_on.then(|| Box::new(screen));
        self.show(Screen::Stopped { entry, problem, interrupted })
    }

    /// Goes where the server says the session stands.
    pub(crate) fn take_reply(mut self, entry: Option<Entry>, reply: StepReply) -> Turn {
        let StepReply { step, turn, is_busy: _, resumed: _ } = reply;
        self.turn = turn;
        self.lost = None;
        match (step, entry) {
            (Step::Choose, _) => self.show(Screen::CONSENT),
            (Step::Form(form), entry) => {
                let entry = match entry {
                    Some(entry) => entry.again(form),
                    None => Entry::new(form),
                };
                self.show(entry.screen())
            }
            (Step::Challenge(challenge), Some(entry)) => {
                self.show(Screen::Challenged { entry, challenge, sent: None })
            }
            (Step::Pending(pending), Some(entry)) => {
                let awaited = self.tickets.next();
                let effects = vec![Effect::Poll { ticket: awaited, after_ms: pending.retry_after_ms }];
                self.show_and(
                    Screen::Waiting { entry, kind: pending.kind, text: pending.text, awaited },
                    effects,
                )
            }
            (Step::Redirect(redirect), Some(entry)) => {
                let awaited = self.tickets.next();
                let effects = vec![Effect::Look { ticket: awaited, after_ms: 0, past: Some(turn) }];
                let screen = Screen::Redirected { entry, url: redirect.url, window: Window::NotYet, awaited };
                self.show_and(screen, effects)
            }
            (Step::Accounts(list), Some(entry)) => {
                let picked = self.picked_at_first(&list.accounts);
                let is_hidden = false;
                self.show(Screen::Selecting { entry, list, picked, is_hidden, sent: None, problem: None })
            }
            (Step::Done(receipt), _) => {
                self.is_leaving = false;
                let heard = HostEvent::Success(receipt.host_payload.clone());
                self.show_and(Screen::Finished { receipt }, vec![Effect::Tell(heard)])
            }
            (Step::Failed(problem), entry) => {
                self.is_leaving = false;
                self.show(Screen::Stopped { entry, problem, interrupted: None })
            }
            // The server is at a step this flow has no form for: begin at the list.
            (_, None) => self.show_list(),
        }
    }
}

pub(crate) fn problem_of(failure: &CallFailure) -> Problem {
    Problem::new(match failure {
        CallFailure::Unreachable => ProblemCode::Unreachable,
        CallFailure::Refused { .. } | CallFailure::Unreadable => ProblemCode::Internal,
    })
}
