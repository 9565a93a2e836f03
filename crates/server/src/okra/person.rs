//! Test persons as the Okra wire has them: customers of the sandbox, with all that signs them in.

use crate::error::ApiError;
use crate::sandbox::persons::Draft;
use egusi_connectors::Connector;
use egusi_connectors::sandbox::{ACCOUNTS_MAX, AskedFor, Person, PersonKind, Volume};
use egusi_protocol::{ErrorCode, Institution, InstitutionId, ObjectId, Secret};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;

/// A customer of the sandbox.
#[derive(Debug, Serialize)]
pub struct OkraPerson {
    _id: ObjectId,
    customer: ObjectId,
    identity: Identity,
    account: SignIn,
}

#[derive(Debug, Serialize)]
struct Identity {
    name: String,
    email: String,
    /// Businesses have none.
    bvn: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct SignIn {
    bank: Option<InstitutionId>,
    username: String,
    #[serde(serialize_with = "Secret::send")]
    password: Secret,
    #[serde(rename = "OTP", serialize_with = "Secret::send")]
    otp: Secret,
    #[serde(serialize_with = "Secret::send")]
    pin: Secret,
    #[serde(serialize_with = "Secret::send")]
    token: Secret,
    #[serde(rename = "bankDetails")]
    bank_details: BankDetails,
    nuban: Vec<String>,
}

#[derive(Debug, Serialize)]
struct BankDetails {
    name: String,
}

impl OkraPerson {
    /// From a person; the connector knows the names of banks.
    pub fn new(person: Person, connector: &dyn Connector) -> Self {
        let Person { id, made, accounts } = person;
        let bank = made.institutions.first().copied();
        let known = connector.institutions().iter().find(|institution| Some(institution.id) == bank);
        let is_person = made.kind == PersonKind::Individual;
        Self {
            _id: id,
            customer: id,
            identity: Identity {
                name: made.name,
                email: format!("{id}@sandbox.example"),
                bvn: is_person.then(|| bvn(id)),
                kind: if is_person { "ind" } else { "corp" },
            },
            account: SignIn {
                bank,
                username: made.username,
                password: made.password,
                otp: made.one_time_code,
                pin: made.pin,
                token: made.token,
                bank_details: BankDetails { name: known.map(|one| one.name.clone()).unwrap_or_default() },
                nuban: accounts.into_iter().map(|account| account.number).collect(),
            },
        }
    }
}

/// Eleven digits like a BVN's, which begin with 22; the rest follows from the id.
fn bvn(id: ObjectId) -> String {
    let ObjectId(bytes) = id;
    bytes.iter().take(9).map(|byte| char::from(b'0' + byte % 10)).fold("22".to_owned(), |mut text, digit| {
        text.push(digit);
        text
    })
}

/// The fields of each person of a body: an array, one object, or a form.
pub fn rows(body: &[u8]) -> Vec<Row> {
    match serde_json::from_slice(body) {
        Ok(Value::Array(rows)) => rows.into_iter().map(Row::of).collect(),
        Ok(row @ Value::Object(_)) => vec![Row::of(row)],
        Ok(_) | Err(_) => vec![Row(url::form_urlencoded::parse(body).into_owned().collect())],
    }
}

/// The fields of one person, every value as text.
#[derive(Debug, Default)]
pub struct Row(HashMap<String, String>);

impl Row {
    fn of(row: Value) -> Self {
        let Value::Object(row) = row else { return Self::default() };
        let text = |value: Value| match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            // Some say a bank as a list of one.
            Value::Array(list) => match list.into_iter().next() {
                Some(Value::String(text)) => Some(text),
                _ => None,
            },
            Value::Null | Value::Object(_) => None,
        };
        Self(row.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// What it says of a person. `identity` and `internetSpeed` say nothing here.
    ///
    /// # Errors
    /// `InvalidRequest` by field.
    pub fn draft(&self, connector: &dyn Connector) -> Result<Draft, ApiError> {
        let secret = |name| self.text(name).map(|text| Secret::new(text.to_owned()));
        let accounts = self.text("noOfAccount").map(|text| match text.parse::<u8>() {
            Ok(number) if (1..=ACCOUNTS_MAX).contains(&number) => Ok(number),
            _ => Err(refusal(&format!("noOfAccount: expected 1 to {ACCOUNTS_MAX}, got something else"))),
        });
        let bank = self.text("bank").map(|text| {
            let found = connector.institutions().iter().find(|one| is_called(connector, one, text));
            found.map(|one| one.id).ok_or_else(|| refusal("bank: expected a bank's id or name, got another"))
        });
        Ok(Draft {
            username: Some(self.required("username")?.to_owned()),
            password: Some(Secret::new(self.required("password")?.to_owned())),
            name: self.text("name").map(str::to_owned),
            institutions: bank.transpose()?.into_iter().collect(),
            kind: match self.text("type") {
                None | Some("ind" | "individual") => PersonKind::Individual,
                Some("corp" | "corporate") => PersonKind::Corporate,
                Some(_) => return Err(refusal("type: expected ind or corp, got something else")),
            },
            accounts: accounts.transpose()?,
            volume: match self.text("volume") {
                Some("low") => Volume::Low,
                None | Some("medium") => Volume::Medium,
                Some("high") => Volume::High,
                Some(_) => return Err(refusal("volume: expected low, medium or high, got something else")),
            },
            one_time_code: secret("OTP"),
            pin: secret("pin"),
            token: secret("token"),
            asked_for: match self.text("challenge") {
                None => None,
                Some("otp" | "OTP") => Some(AskedFor::OneTimeCode),
                Some("pin") => Some(AskedFor::Pin),
                Some("token") => Some(AskedFor::Token),
                Some(_) => return Err(refusal("challenge: expected otp, pin or token, got something else")),
            },
        })
    }

    fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.text(name).ok_or_else(|| refusal(&format!("{name}: expected a text, got nothing")))
    }

    /// `number` and `create` of a call that generates.
    ///
    /// # Errors
    /// `InvalidRequest` by field.
    pub fn to_generate(&self) -> Result<(usize, bool), ApiError> {
        let number = self.text("number").unwrap_or("1").parse();
        let number = number.map_err(|_| refusal("number: expected 1 to 10, got something else"))?;
        let is_to_create = match self.text("create").map(str::to_ascii_lowercase).as_deref() {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(_) => return Err(refusal("create: expected true or false, got something else")),
        };
        Ok((number, is_to_create))
    }
}

fn is_called(connector: &dyn Connector, institution: &Institution, text: &str) -> bool {
    text.parse() == Ok(institution.id)
        || institution.name.eq_ignore_ascii_case(text)
        || connector.slug(institution.id).is_some_and(|slug| slug.eq_ignore_ascii_case(text))
}

fn refusal(text: &str) -> ApiError {
    ApiError::refused(ErrorCode::InvalidRequest, text)
}

/// What our own words are called on this wire, for errors that name a field.
pub fn in_okra_words(error: ApiError) -> ApiError {
    const WORDS: [(&str, &str); 3] =
        [("institutions:", "bank:"), ("accounts:", "noOfAccount:"), ("one_time_code:", "OTP:")];
    match error {
        ApiError::Refused(code, text) => {
            let word = WORDS.iter().find_map(|(ours, theirs)| Some((theirs, text.strip_prefix(ours)?)));
            ApiError::Refused(
                code,
                word.map_or_else(|| text.clone(), |(theirs, rest)| format!("{theirs}{rest}")),
            )
        }
        other => other,
    }
}
