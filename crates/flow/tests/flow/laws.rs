//! What holds for every order of events, however odd.

use crate::samples::{
    account, accounts, approval, bank_id, code, done, form, form_again, institutions, list, pending,
    redirect, setting, timed_code, whole_form,
};
use crate::teller::Teller;
use egusi_flow::{CallFailure, Effect, Event, Flow, HostEvent, Opened, Remedy, Screen, Ticket};
use egusi_protocol::{
    Barred, ErrorCode, FieldAnswer, Problem, ProblemCode, Resumed, Secret, Step, StepReply,
};
use proptest::prelude::*;

const CANARY: &str = "hunter2-canary";
const TYPED: &str = "ada-canary";
const SEARCHED: &str = "search-canary";

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Choose),
        Just(form()),
        Just(Step::Form(form_again())),
        Just(code(None)),
        Just(timed_code()),
        Just(code(Some(Problem::new(ProblemCode::WrongAnswer)))),
        Just(pending("Working")),
        Just(approval()),
        Just(redirect()),
        Just(accounts()),
        Just(list(vec![egusi_protocol::AccountView {
            is_short: true,
            barred: Some(Barred::Dormant),
            ..account(0, "A")
        }])),
        Just(done()),
        (0..ProblemCode::ALL.len()).prop_map(|at| Step::Failed(Problem::new(ProblemCode::ALL[at]))),
    ]
}

fn failures() -> impl Strategy<Value = CallFailure> {
    prop_oneof![
        4 => Just(CallFailure::Unreachable),
        1 => Just(CallFailure::Unreadable),
        2 => (0..ErrorCode::ALL.len())
            .prop_map(|at| CallFailure::Refused { code: ErrorCode::ALL[at], message: String::new() }),
    ]
}

/// One thing that may happen, given the tickets that are out.
#[derive(Clone, Debug)]
enum Move {
    Session(Result<(), CallFailure>),
    Resume(Result<Step, CallFailure>),
    List(bool),
    /// A call is answered, the present one or an old one, as one step more or none, or it fails.
    Call {
        answer: Result<Step, CallFailure>,
        is_late: bool,
        is_next: bool,
        is_busy: bool,
    },
    Beat(bool),
    Consent,
    Search,
    Choose(u8),
    Method(usize),
    Anew,
    Form,
    Answer,
    Resend,
    Window(bool),
    Network(bool),
    /// The look that keeps the session is answered.
    Keep(Result<Step, CallFailure>),
    Tab(bool),
    Here,
    Hide,
    Tick(u16),
    Confirm,
    Take(Remedy),
    Back,
    Close,
    Escape,
    Stay,
    Done,
}

fn moves() -> impl Strategy<Value = Move> {
    let answer = || prop_oneof![9 => steps().prop_map(Ok), 2 => failures().prop_map(Err)];
    let call = (answer(), prop::bool::weighted(0.1), prop::bool::weighted(0.8), prop::bool::weighted(0.1));
    prop_oneof![
        4 => prop_oneof![3 => Just(Ok(())), 1 => failures().prop_map(Err)].prop_map(Move::Session),
        2 => answer().prop_map(Move::Resume),
        2 => any::<bool>().prop_map(Move::List),
        14 => call.prop_map(|(answer, is_late, is_next, is_busy)| Move::Call { answer, is_late, is_next, is_busy }),
        5 => prop::bool::weighted(0.9).prop_map(Move::Beat),
        6 => Just(Move::Consent),
        1 => Just(Move::Search),
        6 => (0u8..5).prop_map(Move::Choose),
        1 => (0usize..3).prop_map(Move::Method),
        1 => Just(Move::Anew),
        6 => Just(Move::Form),
        4 => Just(Move::Answer),
        1 => Just(Move::Resend),
        2 => any::<bool>().prop_map(Move::Window),
        3 => any::<bool>().prop_map(Move::Network),
        1 => answer().prop_map(Move::Keep),
        2 => any::<bool>().prop_map(Move::Tab),
        1 => Just(Move::Here),
        1 => Just(Move::Hide),
        4 => (0u16..4).prop_map(Move::Tick),
        4 => Just(Move::Confirm),
        3 => prop_oneof![
            Just(Remedy::CorrectDetails), Just(Remedy::TryAgain), Just(Remedy::ChooseAnother), Just(Remedy::StartAgain),
        ].prop_map(Move::Take),
        2 => Just(Move::Back),
        1 => Just(Move::Close),
        1 => Just(Move::Escape),
        1 => Just(Move::Stay),
        2 => Just(Move::Done),
    ]
}

fn secret() -> Secret {
    Secret::new(CANARY.into())
}

fn reply(step: Step, turn: u32, is_busy: bool) -> StepReply {
    StepReply { step, turn, is_busy, resumed: None }
}

/// The event of a move, if the tickets it needs are out.
fn event(step: Move, teller: &mut Teller, first: &mut Option<Ticket>) -> Option<Event> {
    Some(match step {
        Move::Session(answer) => {
            let opened = Opened { setting: setting(), step: Step::Choose, turn: teller.turn };
            let opened = answer.map(|()| Box::new(opened));
            Event::SessionOpened(teller.opening?, opened)
        }
        Move::Resume(answer) => {
            let resumed = Resumed { setting: setting(), form: Some(whole_form()) };
            Event::SessionResumed(
                teller.opening?,
                answer.map(|step| (Box::new(resumed), reply(step, teller.turn, false))),
            )
        }
        Move::List(true) => Event::InstitutionsArrived(teller.list?, Ok(institutions())),
        Move::List(false) => Event::InstitutionsArrived(teller.list?, Err(CallFailure::Unreadable)),
        Move::Call { answer, is_late, is_next, is_busy } => {
            let current = teller.call?;
            let ticket = if is_late { *first.get_or_insert(current) } else { current };
            teller.turn += u32::from(is_next);
            Event::StepArrived(ticket, answer.map(|step| reply(step, teller.turn, is_busy)))
        }
        Move::Beat(is_current) => {
            let current = teller.beat?;
            Event::Beat(if is_current { current } else { *first.get_or_insert(current) })
        }
        Move::Consent => Event::ConsentGiven,
        Move::Search => Event::SearchTyped(SEARCHED.into()),
        Move::Choose(number) => Event::InstitutionChosen(bank_id(number)),
        Move::Method(at) => Event::MethodChosen(at),
        Move::Anew => Event::SignInAnew,
        Move::Form => {
            let username = FieldAnswer { name: "username".into(), value: Secret::new(TYPED.into()) };
            Event::FormSubmitted(vec![username, FieldAnswer { name: "password".into(), value: secret() }])
        }
        Move::Answer => Event::AnswerSubmitted(secret()),
        Move::Resend => Event::ResendPressed,
        Move::Window(true) => Event::WindowOpened,
        Move::Window(false) => Event::WindowBlocked,
        Move::Network(true) => Event::NetworkGone,
        Move::Network(false) => Event::NetworkBack,
        Move::Keep(answer) => {
            Event::StepArrived(teller.kept?.0, answer.map(|step| reply(step, teller.turn, false)))
        }
        Move::Tab(true) => Event::TabOpened,
        Move::Tab(false) => Event::TabBlocked,
        Move::Here => Event::HerePressed,
        Move::Hide => Event::FiguresToggled,
        Move::Tick(pick) => Event::AccountToggled(pick),
        Move::Confirm => Event::AccountsConfirmed,
        Move::Take(remedy) => Event::RemedyChosen(remedy),
        Move::Back => Event::BackPressed,
        Move::Close => Event::ClosePressed,
        Move::Escape => Event::EscapePressed,
        Move::Stay => Event::StayPressed,
        Move::Done => Event::DonePressed,
    })
}

/// Lets something happen and gives what was asked of the outside.
fn happens(teller: &mut Teller, event: Event) -> Vec<Effect> {
    let turn = std::mem::replace(&mut teller.flow, Flow::Closed).update(event);
    teller.note_tickets(&turn.effects);
    teller.flow = turn.flow;
    turn.effects
}

/// A flow after a story, begun anew or with a session of before.
fn after(story: Vec<Move>, is_resuming: bool) -> Teller {
    let mut teller = Teller::starting(is_resuming);
    let mut first = None;
    for step in story {
        if let Some(event) = event(step, &mut teller, &mut first) {
            happens(&mut teller, event);
        }
    }
    teller
}

fn stories() -> impl Strategy<Value = Vec<Move>> {
    prop::collection::vec(moves(), 1..80)
}

/// Whether the customer sees that something is under way and can only wait.
fn is_spinning(flow: &Flow) -> bool {
    match flow {
        Flow::Opening { .. } => true,
        Flow::Open(open) => {
            let is_listing = matches!(open.screen, Screen::Choosing { .. })
                && matches!(open.catalogue, egusi_flow::Catalogue::Asked { .. });
            let is_waiting = matches!(open.screen, Screen::Waiting { .. } | Screen::Redirected { .. });
            open.screen.is_busy() || is_listing || is_waiting
        }
        Flow::Unopened { .. } | Flow::Refused { .. } | Flow::Closed => false,
    }
}

/// What a customer who wants to connect does next, with a server and an institution that work.
fn forward(teller: &Teller) -> Option<Event> {
    let turn = teller.turn + 1;
    let open = match &teller.flow {
        Flow::Opening { .. } => {
            let opened = Opened { setting: setting(), step: Step::Choose, turn };
            return Some(Event::SessionOpened(teller.opening?, Ok(Box::new(opened))));
        }
        Flow::Unopened { .. } => return Some(Event::RemedyChosen(Remedy::TryAgain)),
        Flow::Refused { .. } => return Some(Event::ClosePressed),
        Flow::Closed => return None,
        Flow::Open(open) => open,
    };
    let answered = |step| Some(Event::StepArrived(teller.call?, Ok(reply(step, turn, false))));
    match &open.screen {
        Screen::SigningIn { sent: Some(_), .. } | Screen::Waiting { .. } | Screen::Redirected { .. } => {
            answered(accounts())
        }
        Screen::Challenged { sent: Some(_), .. } => answered(accounts()),
        Screen::Selecting { sent: Some(_), .. } => answered(done()),
        screen if screen.is_busy() => answered(form()),
        Screen::Consent { .. } => Some(Event::ConsentGiven),
        Screen::Choosing { .. } => match &open.catalogue {
            egusi_flow::Catalogue::Here(_) => Some(Event::InstitutionChosen(bank_id(1))),
            egusi_flow::Catalogue::Asked { .. } => {
                Some(Event::InstitutionsArrived(teller.list?, Ok(institutions())))
            }
            egusi_flow::Catalogue::Missing => Some(Event::RemedyChosen(Remedy::TryAgain)),
        },
        Screen::SigningIn { .. } => {
            let field = |name: &str| FieldAnswer { name: name.into(), value: Secret::new("right".into()) };
            Some(Event::FormSubmitted(vec![field("username"), field("password")]))
        }
        Screen::Challenged { .. } => Some(Event::AnswerSubmitted(Secret::new("123456".into()))),
        Screen::Selecting { picked, list, .. } => match list.accounts.iter().find(|one| one.barred.is_none())
        {
            _ if !picked.is_empty() => Some(Event::AccountsConfirmed),
            Some(account) => Some(Event::AccountToggled(account.pick)),
            None => Some(Event::BackPressed),
        },
        Screen::Elsewhere { .. } => Some(Event::HerePressed),
        Screen::Finished { .. } => Some(Event::DonePressed),
        Screen::Stopped { problem, .. } => Some(Event::RemedyChosen(open.remedies(problem.code)[0])),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_host_hears_one_end_and_no_state_holds_a_secret(story in stories(), is_resuming: bool) {
        let mut teller = Teller::starting(is_resuming);
        let (mut heard, mut first) = (Vec::new(), None);
        let mut story: Vec<_> = story.into_iter().map(Some).collect();
        story.push(None);
        for step in story {
            let event = match step {
                Some(step) => event(step, &mut teller, &mut first),
                None => Some(Event::Dismissed),
            };
            let Some(event) = event else { continue };
            let effects = happens(&mut teller, event);
            let state = format!("{:?}", teller.flow);
            prop_assert!(!state.contains(CANARY), "a secret stayed in {state}");
            let asked = format!("{effects:?}");
            prop_assert!(!asked.contains(CANARY), "a secret can be printed: {asked}");
            for effect in &effects {
                let Effect::Tell(HostEvent::Happened(happening)) = effect else { continue };
                let told = format!("{happening:?}");
                let private = [TYPED, SEARCHED, "Current", "Savings", "0042", "bank.example"];
                let said = private.iter().find(|word| told.contains(**word));
                prop_assert!(said.is_none(), "the host hears {said:?} in {told}");
            }
            heard.extend(effects.into_iter().filter_map(|effect| match effect {
                Effect::Tell(event) => Some(event),
                _ => None,
            }));
        }
        let count = |wanted: fn(&HostEvent) -> bool| heard.iter().filter(|event| wanted(event)).count();
        prop_assert_eq!(count(|event| matches!(event, HostEvent::Close)), 1);
        prop_assert_eq!(count(|event| matches!(event, HostEvent::BeforeClose)), 1);
        prop_assert!(count(|event| matches!(event, HostEvent::Success(_))) <= 1);
        prop_assert_eq!(heard.last(), Some(&HostEvent::Close));
    }

    #[test]
    fn back_always_arrives_at_the_first_screen(story in stories()) {
        let mut teller = after(story, false);
        for _ in 0..4 {
            happens(&mut teller, Event::BackPressed);
        }
        if let Flow::Open(open) = &teller.flow {
            prop_assert!(!open.screen.can_go_back(), "back does not end: {:?}", open.screen);
        }
    }

    #[test]
    fn from_everywhere_there_is_a_way_to_the_end(story in stories(), is_resuming: bool) {
        let mut teller = after(story, is_resuming);
        let mut seen = Vec::new();
        for _ in 0..40 {
            let Some(event) = forward(&teller) else { break };
            seen.push(format!("{:?} -> {:?}", teller.flow.place(), event));
            teller.turn += 1;
            happens(&mut teller, event);
        }
        prop_assert!(matches!(teller.flow, Flow::Closed), "no end:\n{}", seen.join("\n"));
    }

    #[test]
    fn no_spinner_is_without_an_end(story in stories(), is_resuming: bool, answers: bool) {
        let mut teller = after(story, is_resuming);
        // Seconds pass and every call fails, or hangs, whatever is asked.
        for _ in 0..4_000 {
            if !is_spinning(&teller.flow) {
                break;
            }
            if let Some(ticket) = teller.call.filter(|_| answers) {
                happens(&mut teller, Event::StepArrived(ticket, Err(CallFailure::Unreachable)));
            }
            let Some(beat) = teller.beat else { break };
            happens(&mut teller, Event::Beat(beat));
        }
        prop_assert!(!is_spinning(&teller.flow), "it spins for ever: {:?}", teller.flow);
    }
}
