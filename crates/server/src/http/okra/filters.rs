//! The questions that most lists of the Okra API share: whose, when, where, with which options.

use super::OkraError;
use super::body::Fields;
use egusi_store::Filter;

impl Fields {
    /// `{customer}`; some clients say `customer_id` or `id`.
    pub fn of_customer(&self) -> Result<Filter, OkraError> {
        Ok(Filter::of_customer(self.id(&["customer", "customer_id", "id"])?))
    }

    /// `{account}`, in some paths and clients `account_id` or `id`; an error names the given one.
    pub fn of_account(&self, names: &[&str]) -> Result<Filter, OkraError> {
        Ok(Filter::of_account(self.id(names)?))
    }

    /// `{from, to}`
    pub fn of_period(&self) -> Result<Filter, OkraError> {
        let (from_ms, before_ms) = self.period()?;
        Ok(Filter { from_ms, before_ms, ..Filter::ALL })
    }

    /// `{customer, from, to}`
    pub fn of_customer_and_period(&self) -> Result<Filter, OkraError> {
        let of_customer = self.of_customer()?;
        let (from_ms, before_ms) = self.period()?;
        Ok(Filter { from_ms, before_ms, ..of_customer })
    }

    /// `{bank}`
    pub fn of_bank(&self) -> Result<Filter, OkraError> {
        Ok(Filter { institution: Some(self.id(&["bank", "bank_id"])?), ..Filter::ALL })
    }

    /// `{options}`
    pub fn of_options(&self) -> Result<Filter, OkraError> {
        Ok(Filter { options: self.options()?, ..Filter::ALL })
    }
}
