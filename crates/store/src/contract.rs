//! What every engine must keep: one suite of stories, run against each of them.
//!
//! A case takes an empty store and panics where a promise is broken. Its promise is its name; the
//! cases of one subject share a module. [`contract_cases!`](crate::contract_cases) is the list of
//! all, for a macro of the engine's tests to make one test of each:
//!
//! ```text
//! macro_rules! tests {
//!     ($($subject:ident { $($case:ident)+ })+) => {$($(
//!         #[tokio::test]
//!         async fn $case() {
//!             egusi_store::contract::$subject::$case(empty_store().await).await;
//!         }
//!     )+)+};
//! }
//! egusi_store::contract_cases!(tests);
//! ```

// These are tests, though an engine's own test crate has to reach them.
#![allow(clippy::unwrap_used)]

pub mod balances;
pub mod companies;
pub mod connections;
pub mod sessions;

mod samples;

use crate::Store;
use std::sync::Arc;

/// Calls the given macro with every case of the contract, by subject.
#[macro_export]
macro_rules! contract_cases {
    ($then:ident) => {
        $then! {
            companies {
                a_company_is_found_by_each_of_its_keys
                an_unknown_key_is_not_found
                a_company_is_made_once
                a_company_whose_key_is_taken_is_not_made_at_all
                a_word_that_no_vocabulary_has_is_refused
            }
            sessions {
                a_session_is_found_by_its_token
                an_unknown_token_is_not_found
                an_id_or_a_token_opens_one_session
                a_claim_shuts_others_out_until_its_time_is_over
                of_many_claims_at_once_one_wins
                an_advance_writes_the_body_and_lets_go
                an_advance_of_an_older_version_changes_nothing
                a_claim_is_good_for_one_advance
                a_lapsed_claim_is_good_while_nobody_else_came
                a_session_is_advanced_in_its_own_scope_only
                ended_sessions_are_forgotten_oldest_first
            }
            connections {
                nothing_is_known_of_a_newcomer
                a_finished_session_leaves_everything
                a_returning_customer_keeps_their_ids_and_news_is_written
                an_account_that_is_not_listed_any_more_is_not_shared
                a_balance_may_come_at_a_later_visit
                one_person_may_have_several_records
                a_session_that_moved_on_leaves_nothing
                another_id_under_a_known_key_leaves_nothing
                an_id_that_has_another_key_leaves_nothing
                companies_and_worlds_do_not_mix
            }
            balances {
                an_unknown_balance_is_not_found
                readings_come_oldest_first_whatever_the_order_of_arrival
                a_second_reading_of_a_moment_replaces_the_first
                only_the_newest_readings_come
                amounts_are_exact_and_may_be_absent
                an_unknown_customer_has_no_balances
                balances_are_found_by_account_customer_and_time
                balances_come_newest_first_page_by_page
                a_page_that_is_none_or_too_deep_is_empty
            }
        }
    };
}

macro_rules! run_cases {
    ($($subject:ident { $($case:ident)+ })+) => {
        /// Runs every case, each on a new empty store.
        pub async fn run_all(make: impl AsyncFn() -> Arc<dyn Store>) {
            $($( $subject::$case(make().await).await; )+)+
        }
    };
}

contract_cases!(run_cases);

#[cfg(test)]
mod tests {
    /// A case that is not on the list would never run.
    #[test]
    fn every_case_is_on_the_list() {
        let sources = [
            include_str!("contract/balances.rs"),
            include_str!("contract/companies.rs"),
            include_str!("contract/connections.rs"),
            include_str!("contract/sessions.rs"),
        ];
        let listed: Vec<_> = include_str!("contract.rs").lines().map(str::trim).collect();
        for line in sources.iter().flat_map(|source| source.lines()) {
            if let Some((case, _)) = line.strip_prefix("pub async fn ").and_then(|rest| rest.split_once('('))
            {
                assert!(listed.contains(&case), "{case}");
            }
        }
    }
}
