//! What holds for every order of events, however odd.

use crate::teller::{Teller, accounts, bank_id, code, done, form, institutions, pending, setting};
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Remedy, Ticket};
use egusi_protocol::{FieldAnswer, Problem, ProblemCode, Secret, Step};
use proptest::prelude::*;

const CANARY: &str = "hunter2-canary";

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Choose),
        Just(form()),
        Just(code(None)),
        Just(code(Some(Problem::new(ProblemCode::WrongAnswer)))),
        Just(pending("Working")),
        Just(accounts()),
        Just(done()),
        Just(Step::Failed(Problem::new(ProblemCode::InstitutionDown))),
    ]
}

/// One thing that may happen, given the tickets that are out.
#[derive(Clone, Debug)]
enum Move {
    Session(bool),
    List(bool),
    Call(Option<Step>, bool),
    Consent,
    Search,
    Choose(u8),
    Form,
    Answer,
    Tick(u16),
    Confirm,
    Take(Remedy),
    Back,
    Close,
    Done,
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        4 => any::<bool>().prop_map(Move::Session),
        2 => any::<bool>().prop_map(Move::List),
        12 => (prop::option::weighted(0.9, steps()), any::<bool>()).prop_map(|(step, late)| Move::Call(step, late)),
        6 => Just(Move::Consent),
        1 => Just(Move::Search),
        6 => (0u8..5).prop_map(Move::Choose),
        6 => Just(Move::Form),
        4 => Just(Move::Answer),
        4 => (0u16..4).prop_map(Move::Tick),
        4 => Just(Move::Confirm),
        3 => prop_oneof![
            Just(Remedy::CorrectDetails), Just(Remedy::TryAgain), Just(Remedy::ChooseAnother), Just(Remedy::StartAgain),
        ].prop_map(Move::Take),
        2 => Just(Move::Back),
        1 => Just(Move::Close),
        2 => Just(Move::Done),
    ]
}

fn secret() -> Secret {
    Secret::new(CANARY.into())
}

/// The event of a move, if the tickets it needs are out.
fn event(step: Move, teller: &Teller, first: &mut Option<Ticket>) -> Option<Event> {
    Some(match step {
        Move::Session(true) => Event::SessionOpened(teller.opening?, Ok((setting(), Step::Choose))),
        Move::Session(false) => Event::SessionOpened(teller.opening?, Err(CallFailure::Unreachable)),
        Move::List(true) => Event::InstitutionsArrived(teller.list?, Ok(institutions())),
        Move::List(false) => Event::InstitutionsArrived(teller.list?, Err(CallFailure::Unreadable)),
        Move::Call(step, late) => {
            let current = teller.call?;
            let ticket = if late { *first.get_or_insert(current) } else { current };
            Event::StepArrived(ticket, step.ok_or(CallFailure::Unreachable))
        }
        Move::Consent => Event::ConsentGiven,
        Move::Search => Event::SearchTyped("bank".into()),
        Move::Choose(number) => Event::InstitutionChosen(bank_id(number)),
        Move::Form => {
            let field = |name: &str| FieldAnswer { name: name.into(), value: secret() };
            Event::FormSubmitted(vec![field("username"), field("password")])
        }
        Move::Answer => Event::AnswerSubmitted(secret()),
        Move::Tick(pick) => Event::AccountToggled(pick),
        Move::Confirm => Event::AccountsConfirmed,
        Move::Take(remedy) => Event::RemedyChosen(remedy),
        Move::Back => Event::BackPressed,
        Move::Close => Event::ClosePressed,
        Move::Done => Event::DonePressed,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_host_hears_one_close_last_and_no_state_holds_a_secret(story in prop::collection::vec(moves(), 1..80)) {
        let mut teller = Teller::new();
        let (mut heard, mut first) = (Vec::new(), None);
        for step in story {
            let Some(event) = event(step, &teller, &mut first) else { continue };
            let turn = std::mem::replace(&mut teller.flow, Flow::Closed).update(event);
            teller.note_tickets(&turn.effects);
            let state = format!("{:?}", turn.flow);
            prop_assert!(!state.contains(CANARY), "a secret stayed in {state}");
            let asked = format!("{:?}", turn.effects);
            prop_assert!(!asked.contains(CANARY), "a secret can be printed");
            heard.extend(turn.effects.into_iter().filter_map(|effect| match effect {
                Effect::Tell(event) => Some(event),
                _ => None,
            }));
            teller.flow = turn.flow;
        }
        let closed = matches!(teller.flow, Flow::Closed);
        let turn = teller.flow.update(Event::ClosePressed);
        prop_assert_eq!(turn.effects.iter().filter(|effect| matches!(effect, Effect::Tell(HostEvent::Close))).count(), usize::from(!closed));
        if !closed {
            heard.push(HostEvent::Close);
        }
        let count = |wanted: fn(&HostEvent) -> bool| heard.iter().filter(|event| wanted(event)).count();
        prop_assert_eq!(count(|event| matches!(event, HostEvent::Close)), 1);
        prop_assert!(count(|event| matches!(event, HostEvent::Success(_))) <= 1);
        prop_assert_eq!(heard.last(), Some(&HostEvent::Close));
    }

    #[test]
    fn back_always_arrives_at_the_first_screen(story in prop::collection::vec(moves(), 1..80)) {
        let (mut teller, mut first) = (Teller::at_consent(), None);
        for step in story {
            let Some(event) = event(step, &teller, &mut first) else { continue };
            let turn = std::mem::replace(&mut teller.flow, Flow::Closed).update(event);
            teller.note_tickets(&turn.effects);
            teller.flow = turn.flow;
        }
        for _ in 0..4 {
            teller.flow = teller.flow.update(Event::BackPressed).flow;
        }
        if let Flow::Open(open) = &teller.flow {
            prop_assert!(!open.screen.can_go_back(), "back does not end: {:?}", open.screen);
        }
    }
}
