//! People who were made for tests: each one's own username, password, codes and accounts.

use super::edit::EditError;
use super::history::Volume;
use super::institutions::Directory;
use super::scenario::Scenario;
use super::seed::Seed;
use super::step::ScenarioStep;
use super::{account::PERSONS_NUMBERS, identity};
use crate::{Identifier, PendingList, ReportedAccount};
use egusi_ledger::Reported;
use egusi_protocol::{
    Challenge, ChallengeKind, CompanyId, Currency, Holders, InstitutionId, ObjectId, Secret,
};
use serde::{Deserialize, Serialize};

/// How many accounts a person has at most.
pub const ACCOUNTS_MAX: u8 = 5;
const INSTITUTIONS_MAX: usize = 20;
const USERNAME_CHARS_MAX: usize = 64;
const TEXT_CHARS_MAX: usize = 100;

/// A person to make.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// By what they sign in; nobody else's, and without spaces.
    pub username: String,
    /// With what.
    pub password: Secret,
    /// Their name in the institution's books.
    pub name: String,
    /// Where they are known, 1 to 20.
    pub institutions: Vec<InstitutionId>,
    /// A person or a business.
    pub kind: PersonKind,
    /// How many accounts they have, 1 to [`ACCOUNTS_MAX`].
    pub accounts: u8,
    /// How much happens on them, and how much they hold.
    pub volume: Volume,
    /// The one-time code that is right, digits.
    pub one_time_code: Secret,
    /// The PIN that is right, digits.
    pub pin: Secret,
    /// The number on their token that is right, digits.
    pub token: Secret,
    /// What they are asked for at the sign-in, if anything.
    pub asked_for: Option<AskedFor>,
}

/// A person or a business.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    /// A person.
    #[default]
    Individual,
    /// A business.
    Corporate,
}

impl PersonKind {
    /// Whose accounts they are, in the words of the wire.
    pub(super) fn holders(self) -> Holders {
        match self {
            Self::Individual => Holders::Individual,
            Self::Corporate => Holders::Corporate,
        }
    }
}

/// What a sign-in asks for behind the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedFor {
    /// A code sent to the phone.
    OneTimeCode,
    /// A number they know.
    Pin,
    /// A number that a device shows.
    Token,
}

/// A person who was made.
#[derive(Clone, Debug)]
pub struct Person {
    /// What they are called on the wire; it follows from company and username.
    pub id: ObjectId,
    /// What they were made with.
    pub made: NewPerson,
    /// Their accounts as they were made.
    pub accounts: Vec<ReportedAccount>,
}

/// What the books say of a person or of a scenario's username.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct PersonBook {
    /// None for a scenario's.
    person: Option<PersonRow>,
    /// Institutions that want a new sign-in before they tell anything.
    sign_in_needed_at: Vec<InstitutionId>,
    /// How often a sign-in has broken off where, since it last got through.
    #[serde(default)]
    broken_off: Vec<(InstitutionId, u32)>,
}

#[derive(Serialize, Deserialize)]
struct PersonRow {
    username: String,
    #[serde(serialize_with = "Secret::send")]
    password: Secret,
    name: String,
    institutions: Vec<InstitutionId>,
    kind: PersonKind,
    volume: Volume,
    #[serde(serialize_with = "Secret::send")]
    one_time_code: Secret,
    #[serde(serialize_with = "Secret::send")]
    pin: Secret,
    #[serde(serialize_with = "Secret::send")]
    token: Secret,
    asked_for: Option<AskedFor>,
    accounts: Vec<AccountRow>,
}

/// Kept with its figures, so that they stay when a later version would draw others.
#[derive(Serialize, Deserialize)]
struct AccountRow {
    name: String,
    number: String,
    kind: String,
    currency: Currency,
    ledger_minor: i64,
    available_minor: i64,
}

impl PersonBook {
    pub(super) fn of(person: Person) -> Self {
        let Person { id: _, made, accounts } = person;
        let NewPerson { username, password, name, institutions, kind, accounts: _, volume, .. } = made;
        let NewPerson { one_time_code, pin, token, asked_for, .. } = made;
        let accounts = accounts.into_iter().map(AccountRow::of).collect();
        let person = Some(PersonRow {
            username,
            password,
            name,
            institutions,
            kind,
            volume,
            one_time_code,
            pin,
            token,
            asked_for,
            accounts,
        });
        Self { person, ..Self::default() }
    }

    pub(super) fn person(self, company: CompanyId) -> Option<Person> {
        let row = self.person?;
        let PersonRow { username, password, name, institutions, kind, volume, .. } = row;
        let PersonRow { one_time_code, pin, token, asked_for, accounts, .. } = row;
        let accounts: Vec<_> = accounts.into_iter().map(AccountRow::reported).collect();
        Some(Person {
            id: id(company, &username),
            made: NewPerson {
                username,
                password,
                name,
                institutions,
                kind,
                accounts: u8::try_from(accounts.len()).unwrap_or(u8::MAX),
                volume,
                one_time_code,
                pin,
                token,
                asked_for,
            },
            accounts,
        })
    }

    /// All that is noted here, whoever it is about.
    pub(super) fn noted(&self) -> (Vec<InstitutionId>, Vec<(InstitutionId, u32)>) {
        (self.sign_in_needed_at.clone(), self.broken_off.clone())
    }

    pub(super) fn needs_sign_in_at(&self, institution: InstitutionId) -> bool {
        self.sign_in_needed_at.contains(&institution)
    }

    /// How often a sign-in there has broken off since it last got through.
    pub(super) fn broken_off_at(&self, institution: InstitutionId) -> u32 {
        self.broken_off.iter().find(|(at, _)| *at == institution).map_or(0, |(_, count)| *count)
    }

    pub(super) fn set_broken_off(&mut self, institution: InstitutionId, count: u32) {
        self.broken_off.retain(|(at, _)| *at != institution);
        if count > 0 {
            self.broken_off.push((institution, count));
        }
    }

    pub(super) fn set_sign_in_needed(&mut self, institution: InstitutionId, is_needed: bool) {
        self.sign_in_needed_at.retain(|known| *known != institution);
        if is_needed {
            self.sign_in_needed_at.push(institution);
        }
    }
}

impl AccountRow {
    fn of(account: ReportedAccount) -> Self {
        let ReportedAccount { name, number, kind, currency, barred: _, reported, pending: _ } = account;
        let Reported { ledger, available, .. } = reported;
        let ledger_minor = ledger.unwrap_or_default();
        let available_minor = available.unwrap_or(ledger_minor);
        Self { name, number, kind, currency, ledger_minor, available_minor }
    }

    fn reported(self) -> ReportedAccount {
        let Self { name, number, kind, currency, ledger_minor, available_minor } = self;
        let reported = Reported::new(Some(ledger_minor), Some(available_minor));
        ReportedAccount { name, number, kind, currency, barred: None, reported, pending: PendingList::NoFeed }
    }
}

impl Person {
    /// By what else they are known: made up, and always the same.
    pub fn identifiers(&self) -> Vec<Identifier> {
        identity::made_up(&self.made.username, &[&self.id.to_string()])
    }

    /// What happens when they sign in.
    pub(super) fn scenario(self) -> Scenario {
        let identifiers = self.identifiers();
        let Self { id: _, made, accounts } = self;
        let steps = made.step().into_iter().collect();
        Scenario {
            username: made.username,
            password: made.password,
            holder: made.name,
            kind: made.kind,
            identifiers,
            known_at: Some(made.institutions),
            steps,
            accounts,
            volume: made.volume,
            is_expired: false,
            trouble: None,
        }
    }
}

impl NewPerson {
    fn step(&self) -> Option<ScenarioStep> {
        let known = |kind, text, answer: &Secret| {
            let digits = u8::try_from(answer.expose().len()).unwrap_or_default();
            let challenge = Challenge::new(kind, text, digits);
            ScenarioStep::Ask { challenge, answer: Some(answer.clone()) }
        };
        Some(match self.asked_for? {
            AskedFor::OneTimeCode => {
                ScenarioStep::code_sent("Sent to your phone", self.one_time_code.clone())
            }
            AskedFor::Pin => known(ChallengeKind::Pin, "The PIN you use in the bank's app", &self.pin),
            // Nobody sends it, so nobody can send it again.
            AskedFor::Token => known(ChallengeKind::OneTimeCode, "From your token device", &self.token),
        })
    }

    /// Trims what people type, and refuses what nobody could sign in with.
    pub(super) fn checked(mut self, directory: &Directory) -> Result<Self, EditError> {
        self.username = self.username.trim().to_owned();
        self.name = self.name.trim().to_owned();
        let chars = self.username.chars().count();
        let is_word = !self.username.chars().any(|letter| letter.is_whitespace() || letter.is_control());
        if !(1..=USERNAME_CHARS_MAX).contains(&chars) || !is_word {
            let got = if is_word { format!("{chars}") } else { "some".to_owned() };
            return Err(EditError::refused("username", "1 to 64 characters and no spaces", got));
        }
        for (field, text) in [("password", self.password.expose()), ("name", &self.name)] {
            let chars = text.chars().count();
            if !(1..=TEXT_CHARS_MAX).contains(&chars) {
                return Err(EditError::refused(field, "1 to 100 characters", chars));
            }
        }
        for (field, code) in
            [("one_time_code", &self.one_time_code), ("pin", &self.pin), ("token", &self.token)]
        {
            let code = code.expose();
            if !(4..=8).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(EditError::refused(field, "4 to 8 digits", "something else"));
            }
        }
        if !(1..=ACCOUNTS_MAX).contains(&self.accounts) {
            return Err(EditError::refused("accounts", "1 to 5", self.accounts));
        }
        let count = self.institutions.len();
        if !(1..=INSTITUTIONS_MAX).contains(&count) {
            return Err(EditError::refused("institutions", "1 to 20", count));
        }
        for known in &self.institutions {
            let Some(institution) = directory.institution(*known) else {
                return Err(EditError::refused("institutions", "ids of institutions on the list", known));
            };
            if !self.kind.holders().meets(institution.holders) {
                let expected = match self.kind {
                    PersonKind::Corporate => "institutions that serve businesses",
                    PersonKind::Individual => "institutions that serve persons",
                };
                return Err(EditError::refused("institutions", expected, "one that does not"));
            }
        }
        Ok(self)
    }

    /// One of the accounts, with the number that comes out at a try: numbers may be taken.
    pub(super) fn account(&self, at: u8, attempt: u32, currency: Currency) -> ReportedAccount {
        let mut seed = Seed::of(&[&self.username, &at.to_string(), &attempt.to_string()]);
        let (least, most) = match self.volume {
            Volume::Low => (20_000, 80_000),
            Volume::Medium => (200_000, 900_000),
            Volume::High => (2_000_000, 9_000_000),
        };
        let number = format!("{PERSONS_NUMBERS}{:08}", seed.between(0, 99_999_999));
        let unit = 10i64.pow(u32::from(currency.decimals()));
        let ledger_minor = seed.between(least, most) * unit + seed.between(0, unit - 1);
        let (name, kind) = if at.is_multiple_of(2) {
            ("Everyday Current", "Current")
        } else {
            ("Rainy Day Savings", "Savings")
        };
        let name = if at < 2 { name.to_owned() } else { format!("{name} {}", at / 2 + 1) };
        let available_minor = ledger_minor - ledger_minor / 50;
        AccountRow { name, number, kind: kind.to_owned(), currency, ledger_minor, available_minor }.reported()
    }
}

/// What a person is called on the wire.
pub(super) fn id(company: CompanyId, username: &str) -> ObjectId {
    let mut seed = Seed::of(&[&company.to_string(), username]);
    let [first, second] = [seed.next().to_be_bytes(), seed.next().to_be_bytes()];
    let mut bytes = [0; 12];
    bytes[..8].copy_from_slice(&first);
    bytes[8..].copy_from_slice(&second[..4]);
    ObjectId(bytes)
}

/// The currency accounts of a country are kept in.
pub(super) fn currency_of(country: &str) -> Currency {
    let code = match country {
        "ZA" => "ZAR",
        "KE" => "KES",
        _ => "NGN",
    };
    code.parse().unwrap_or(Currency::NGN)
}

/// The name under which the books say something of a username.
pub(super) fn book_name(username: &str) -> String {
    format!("{PREFIX}{username}")
}

/// Before the usernames in the names of the books.
pub(super) const PREFIX: &str = "person/";
