//! Figures, days, times and plural forms as a language writes them, by the tables of CLDR (ICU4X), which
//! browsers read as well.

use super::ENGLISH;
use egusi_protocol::{Currency, major_text};
use icu_datetime::fieldsets::{T, YMD};
use icu_datetime::input::{Date, Time};
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::LazyLock;

/// English as it is written where most of these languages are at home.
const ENGLISH_THERE: &str = "en-NG";

/// How one language is written. What a table lacks is written as a wire does.
pub struct Writing {
    plurals: Option<PluralRules>,
    figures: Option<DecimalFormatter>,
    days: Option<DateTimeFormatter<YMD>>,
    times: Option<NoCalendarFormatter<T>>,
}

static KNOWN: LazyLock<Vec<(&'static str, Writing)>> =
    LazyLock::new(|| super::TAGS.into_iter().map(|tag| (tag, Writing::new(tag))).collect());

impl Writing {
    /// The writing of a known language.
    pub fn of(tag: &str) -> &'static Self {
        &KNOWN.iter().find(|(known, _)| *known == tag).unwrap_or(&KNOWN[0]).1
    }

    fn new(tag: &str) -> Self {
        let locale: Locale =
            if tag == ENGLISH { ENGLISH_THERE } else { tag }.parse().unwrap_or(Locale::UNKNOWN);
        Self {
            plurals: PluralRules::try_new((&locale).into(), PluralRulesOptions::default()).ok(),
            figures: DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).ok(),
            days: DateTimeFormatter::try_new((&locale).into(), YMD::long()).ok(),
            times: NoCalendarFormatter::try_new((&locale).into(), T::hm()).ok(),
        }
    }

    /// The form of a sentence that goes with a number, by its name in the files.
    pub fn category(&self, number: u32) -> &'static str {
        let category = self.plurals.as_ref().map(|plurals| plurals.category_for(number));
        match category {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
    }

    /// An amount without its currency. It goes in as decimal text, so no figure is ever a float.
    pub fn figure(&self, minor: i64, currency: Currency) -> String {
        let exact = major_text(minor, currency.decimals());
        match (&self.figures, exact.parse::<Decimal>()) {
            (Some(figures), Ok(amount)) => figures.format(&amount).to_string(),
            _ => exact,
        }
    }

    /// The day of a time, in UTC.
    pub fn date(&self, at_ms: i64) -> String {
        let date = civil(at_ms).date();
        let day = |number: i8| u8::try_from(number).unwrap_or_default();
        let known = Date::try_new_iso(date.year().into(), day(date.month()), day(date.day()));
        match (&self.days, known) {
            (Some(days), Ok(known)) => days.format(&known).to_string(),
            _ => date.to_string(),
        }
    }

    /// Hours and minutes, in UTC.
    pub fn time_of_day(&self, at_ms: i64) -> String {
        let time = civil(at_ms).time();
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        let known = Time::try_new(part(time.hour()), part(time.minute()), 0, 0);
        match (&self.times, known) {
            (Some(times), Ok(known)) => times.format(&known).to_string(),
            _ => time.strftime("%H:%M").to_string(),
        }
    }
}

/// A time no calendar has comes out as the beginning of 1970.
fn civil(at_ms: i64) -> jiff::civil::DateTime {
    Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).datetime()
}

/// Minutes and seconds.
pub fn minutes(seconds: u16) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_and_their_thousands_stand_apart() {
        let english = Writing::of("en");
        let naira: Currency = "NGN".parse().unwrap();
        for (minor, text) in [
            (0, "0.00"),
            (-5, "-0.05"),
            (99_999, "999.99"),
            (100_000, "1,000.00"),
            (-123_456_789, "-1,234,567.89"),
            (i64::MAX, "92,233,720,368,547,758.07"),
            (i64::MIN, "-92,233,720,368,547,758.08"),
        ] {
            assert_eq!(english.figure(minor, naira), text);
        }
        assert_eq!(english.figure(1_234_567, "XOF".parse().unwrap()), "1,234,567");
        assert_eq!(english.time_of_day(1_800_000_000_000), "08:00");
        assert_eq!(english.date(1_800_000_000_000), "15 January 2027");
        assert_eq!(minutes(65), "1:05");
    }

    /// CLDR 48, `supplemental/plurals.xml`, cardinal rules: the categories of 0, 1, 2, 5, 11, 100 and a
    /// million.
    #[test]
    fn every_language_has_its_own_plural_forms() {
        let numbers = [0, 1, 2, 5, 11, 100, 1_000_000];
        for (tag, forms) in [
            ("en", "other one other other other other other"),
            ("pcm", "one one other other other other other"),
            ("ha", "other one other other other other other"),
            ("yo", "other other other other other other other"),
            ("ig", "other other other other other other other"),
            ("fr", "one one other other other other many"),
            ("pt", "one one other other other other many"),
            ("sw", "other one other other other other other"),
            ("ar", "zero one two few many other other"),
        ] {
            let forms: Vec<&str> = forms.split(' ').collect();
            assert_eq!(numbers.map(|number| Writing::of(tag).category(number)).as_slice(), forms, "{tag}");
        }
    }

    /// CLDR 48, `main/<tag>/numbers.json` and `ca-gregorian.json` of each language; spaces that do not
    /// break are written as such.
    #[test]
    fn every_language_writes_figures_and_days_its_own_way() {
        let naira: Currency = "NGN".parse().unwrap();
        for (tag, figure, day) in [
            ("en", "1,234,567.89", "24 November 2026"),
            ("pcm", "1,234,567.89", "24 Nọvẹ́mba 2026"),
            ("ha", "1,234,567.89", "2026, Nuwamba 24"),
            ("yo", "1,234,567.89", "24 Oṣù Bélú 2026"),
            ("ig", "1,234,567.89", "24 Novemba 2026"),
            ("fr", "1\u{202f}234\u{202f}567,89", "24 novembre 2026"),
            ("pt", "1.234.567,89", "24 de novembro de 2026"),
            ("sw", "1,234,567.89", "24 Novemba 2026"),
            ("ar", "1,234,567.89", "24 نوفمبر 2026"),
        ] {
            let writing = Writing::of(tag);
            assert_eq!(writing.figure(123_456_789, naira), figure, "{tag}");
            assert_eq!(writing.date(1_795_532_400_000), day, "{tag}");
        }
    }
}
