//! The page envelope of the Okra wire (mongoose-paginate).

use egusi_store::Page;
use serde::Serialize;

/// How many rows a page has if the caller does not say.
pub const SIZE_DEFAULT: u32 = 20;
/// How many rows a page has at most.
pub const SIZE_MAX: u32 = 100;

/// Which rows these are, of how many.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pagination {
    total_docs: u64,
    limit: u32,
    has_prev_page: bool,
    has_next_page: bool,
    page: u32,
    total_pages: u64,
    paging_counter: u64,
    prev_page: Option<u32>,
    next_page: Option<u32>,
}

impl Pagination {
    /// Describes a page of a list with so many rows in all.
    pub fn new(page: Page, total: u64) -> Self {
        let Page { number, size, counted: _ } = page;
        let total_pages = total.div_ceil(u64::from(size.max(1))).max(1);
        let has_next_page = u64::from(number) < total_pages;
        Self {
            total_docs: total,
            limit: size,
            has_prev_page: number > 1,
            has_next_page,
            page: number,
            total_pages,
            paging_counter: u64::from(number.saturating_sub(1)) * u64::from(size) + 1,
            prev_page: (number > 1).then(|| number - 1),
            next_page: has_next_page.then(|| number + 1),
        }
    }

    /// How many rows all pages have together.
    pub fn total(&self) -> u64 {
        self.total_docs
    }
}
