//! The small values of v3: ids, amounts, times and currencies, and how each is described.

use crate::times::wire_time;
use egusi_protocol::{Currency, major_text};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// What every id looks like.
pub const ID_PATTERN: &str = "^[0-9a-fA-F]{24}$";

/// An amount in major units as exact decimal text, such as `219999.50`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Major(String);

impl Major {
    /// From minor units of a currency.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self(major_text(minor, currency.decimals()))
    }
}

impl Serialize for Major {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A time: RFC 3339 in UTC with milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub i64);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&wire_time(self.0))
    }
}

/// Stands for every id where a shape is described.
pub struct Id;
/// Stands for a currency where a shape is described.
pub struct CurrencyCode;
/// Stands for a day or a time where a shape is described.
pub struct DayOrTime;
/// Stands for amounts by currency where a shape is described.
pub struct Thresholds;

/// What the macros of shapes need to refer to these by name; the schemas themselves are [`schemas`].
macro_rules! described {
    ($($name:ident),+) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

described!(Id, Major, Time, CurrencyCode, DayOrTime, Thresholds);

/// The schemas of these values, by name, for the OpenAPI file.
pub fn schemas() -> [(&'static str, Value); 6] {
    let text = |about: &str, more: Value| {
        let mut schema = json!({ "type": "string", "description": about });
        if let (Some(schema), Value::Object(more)) = (schema.as_object_mut(), more) {
            schema.extend(more);
        }
        schema
    };
    let id = json!({ "pattern": ID_PATTERN, "examples": ["5d6fe57a4099cc4b210bbec0"] });
    let major = json!({ "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "examples": ["219999.50"] });
    let time = json!({ "format": "date-time", "examples": ["2026-11-20T20:45:00.000Z"] });
    let codes: Vec<String> = Currency::all().map(|currency| currency.code().to_owned()).collect();
    [
        ("Id", text("The name of a thing: 24 hexadecimal digits.", id)),
        ("Major", text("An amount in major units of its currency, exact, with all its decimals.", major)),
        ("Time", text("RFC 3339 in UTC with milliseconds.", time)),
        ("CurrencyCode", text("ISO 4217.", json!({ "enum": codes }))),
        ("DayOrTime", day_or_time()),
        ("Thresholds", thresholds()),
    ]
}

fn day_or_time() -> Value {
    json!({
        "description": "A day, which begins in UTC, or a time.",
        "type": "string",
        "anyOf": [{ "format": "date" }, { "format": "date-time" }],
        "examples": ["2026-11-20", "2026-11-20T20:45:00Z"],
    })
}

fn thresholds() -> Value {
    let of = |decimals: u8| {
        let all = Currency::all().filter(|currency| currency.decimals() == decimals);
        let codes: Vec<String> = all.map(|currency| currency.code().to_owned()).collect();
        format!("^({})$", codes.join("|"))
    };
    let amount = |decimals: u8| {
        let part = if decimals == 0 { String::new() } else { format!(r"(\.[0-9]{{1,{decimals}}})?") };
        json!({ "type": "string", "pattern": format!("^[0-9]{{1,13}}{part}$") })
    };
    json!({
        "description": "Amounts in major units by currency, with no more decimals than it has.",
        "type": "object",
        "patternProperties": { of(0): amount(0), of(2): amount(2), of(3): amount(3) },
        "additionalProperties": false,
        "examples": [{ "NGN": "500.00" }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let json =
            |minor, code: &str| serde_json::to_value(Major::new(minor, code.parse().unwrap())).unwrap();
        assert_eq!(json(21_999_950, "NGN"), "219999.50");
        assert_eq!(json(1000, "XOF"), "1000");
        assert_eq!(json(-1, "KWD"), "-0.001");
        assert_eq!(serde_json::to_value(Time(1_700_000_000_045)).unwrap(), "2023-11-14T22:13:20.045Z");
    }
}
