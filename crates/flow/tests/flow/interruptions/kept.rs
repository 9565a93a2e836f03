//! A session without a call ends after fifteen minutes: while the window is open nobody is timed out while
//! reading.

use crate::samples::{accounts, code, done, failed, form, pending};
use crate::teller::{Teller, refused};
use egusi_flow::{CallFailure, Event};
use egusi_protocol::{ErrorCode, ProblemCode, Step};

const MINUTES_5: u32 = 300_000;

/// Whatever the look finds, the screen stays as it is, and it is looked again.
#[test]
fn who_reads_or_types_is_not_timed_out() {
    for mut story in [Teller::at_consent(), Teller::at_form(), Teller::at(code(None)), Teller::at_accounts()]
    {
        for answer in [
            Ok(Step::Choose),
            Ok(failed(ProblemCode::Internal)),
            Err(CallFailure::Unreachable),
            Err(CallFailure::Unreadable),
            Err(refused(ErrorCode::SessionBusy)),
        ] {
            let before = story.open().screen.clone();
            assert_eq!(story.kept.map(|(_, after_ms)| after_ms), Some(MINUTES_5));
            story.keeping_is_answered(answer);
            assert_eq!(story.open().screen, before);
        }
        assert!(story.kept.is_some(), "it is not kept any more at {:?}", story.flow.place());
    }
}

/// A look that is under way does not come between a call and its answer.
#[test]
fn keeping_disturbs_no_call() {
    let mut story = Teller::at_form().fresh();
    story.signs_in();
    story.keeping_is_answered(Ok(form()));
    story.server_says(pending("Signing in"));
    story.keeping_is_answered(Ok(accounts()));
    story.server_says(accounts());
    story.tells(
        r#"
        send form -> sign in busy  ! submit username+password
        server: form -> sign in busy
        server: pending "Signing in" -> waiting "Signing in"  ! poll in 1000 ms
        server: 2 accounts -> waiting "Signing in"
        server: 2 accounts -> accounts []
        "#,
    );
}

/// The session is at its end in any case, or the window's work is done: nothing more is asked.
#[test]
fn what_is_over_is_not_kept() {
    let mut story = Teller::at_consent();
    story.keeping_is_answered(Err(refused(ErrorCode::SessionExpired)));
    assert_eq!(story.kept, None);
    story.does(Event::ConsentGiven);
    assert_eq!(story.kept, None);
    let mut story = Teller::at_accounts();
    story.does(Event::AccountToggled(0));
    story.does(Event::AccountsConfirmed);
    story.server_says(done());
    story.keeping_is_answered(Ok(done()));
    assert_eq!(story.kept, None);
}
