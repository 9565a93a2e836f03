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

pub mod apps;
pub mod balances;
pub mod calls;
pub mod companies;
pub mod connections;
pub mod consents;
pub mod deliveries;
pub mod endpoints;
pub mod events;
pub mod identifiers;
pub mod kept;
pub mod keys;
pub mod lists;
pub mod readings;
pub mod records;
pub mod sessions;
pub mod tasks;
pub mod thresholds;
pub mod transactions;

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
                companies_are_listed_oldest_first
            }
            keys {
                keys_are_listed_oldest_first
                a_new_key_may_end_those_before_it
                the_end_of_a_key_only_comes_nearer
                a_rotation_that_fails_ends_nothing
                a_key_is_ended_for_its_own_company_only
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
                an_endpoint_hears_of_the_connection_that_names_another
                a_returning_customer_keeps_their_ids_and_news_is_written
                an_account_that_is_not_listed_any_more_is_not_shared
                an_account_that_is_left_stays_as_it_is
                a_balance_may_come_at_a_later_visit
                one_person_may_have_several_records
                a_session_that_moved_on_leaves_nothing
                another_id_under_a_known_key_leaves_nothing
                an_id_that_has_another_key_leaves_nothing
                companies_and_worlds_do_not_mix
            }
            consents {
                a_consent_is_found_by_the_number_of_its_receipt
                a_number_is_one_consents_on_the_whole_server
                a_consent_that_is_ended_closes_its_record
                what_is_under_way_when_a_consent_ends_changes_nothing
                a_consent_ends_once
                an_ended_consent_is_not_carried_over
                the_end_of_a_consent_is_told
            }
            identifiers {
                a_customer_is_known_by_what_they_signed_in_with
                an_identifier_is_whose_who_came_with_it_last
                a_visit_that_failed_makes_nobody_known
                a_shared_account_is_found_by_its_number_alone
                an_account_that_is_not_shared_is_not_found
                nobody_is_known_to_another_company_or_world
            }
            records {
                a_record_comes_with_all_that_a_refresh_needs
                a_record_is_found_in_its_own_scope_only
                an_update_writes_what_a_look_brought
                an_update_of_an_older_version_changes_nothing
                an_update_about_another_records_account_changes_nothing
                an_account_that_a_look_does_not_find_is_not_shared
                no_reading_makes_no_balance
                a_returning_customer_makes_the_record_well_again
                options_that_are_no_object_are_refused
                what_is_known_beside_the_figures_is_kept
            }
            lists {
                each_condition_finds_what_it_says
                all_conditions_must_hold
                a_record_is_found_by_its_present_options
                a_list_has_rows_of_its_scope_only
                a_list_goes_on_behind_a_cursor
                rows_are_found_by_the_time_they_were_made
                balances_are_found_by_the_amount_in_their_currency
                a_customer_is_shown_with_so_many_parts_at_most
                lists_show_what_belongs_to_a_row
            }
            balances {
                an_unknown_balance_is_not_found
                readings_come_oldest_first_whatever_the_order_of_arrival
                a_second_reading_of_a_moment_replaces_the_first
                a_balance_comes_without_its_history_if_that_is_not_wanted
                only_the_newest_readings_come
                amounts_are_exact_and_may_be_absent
                an_unknown_customer_has_no_balances
                balances_come_newest_first_page_by_page
                a_page_that_is_none_or_too_deep_is_empty
                balances_are_found_by_account_customer_and_time
            }
            readings {
                a_balance_says_what_was_read_last
                a_closing_figure_does_not_outdo_what_was_read_that_day
                a_closing_figure_does_not_replace_a_reading_of_its_moment
                readings_come_with_a_list_when_asked_for
                a_series_has_what_was_before_and_what_is_within
                a_series_begins_with_the_last_known_of_each_amount
                series_are_of_a_customer_a_record_or_an_account
                a_series_is_not_longer_than_its_limit
            }
            transactions {
                a_movement_is_shown_with_what_it_belongs_to
                a_complete_list_takes_the_place_of_what_was_pending
                a_movement_that_is_seen_again_keeps_its_id
                a_movement_is_known_within_its_account
                movements_come_newest_first_by_every_condition
                movements_come_page_by_page
            }
            thresholds {
                an_accounts_own_threshold_takes_the_place_of_its_apps
                where_an_account_stands_is_remembered
                a_threshold_that_is_set_begins_above
                a_threshold_that_is_set_again_changes_nothing
                a_threshold_is_of_an_account_of_its_scope
            }
            apps {
                an_app_is_saved_again_and_again
                apps_are_listed_oldest_first
                an_app_allows_the_pages_it_was_saved_with_last
                a_link_finds_the_app_of_any_company
                a_short_name_is_one_apps_on_the_whole_server
                a_short_name_that_was_given_up_is_no_other_companys
                the_pages_of_all_apps_are_told_when_they_may_have_changed
            }
            tasks {
                a_task_that_is_asked_for_begins
                a_task_is_about_a_record_of_its_scope
                a_task_that_runs_or_is_fresh_is_not_begun_again
                due_tasks_are_taken_longest_waiting_first
                tasks_of_every_scope_are_taken
                a_task_whose_lease_is_over_is_taken_again
                a_try_ends_once
                the_end_of_a_try_is_told_with_it
                a_try_of_an_earlier_asking_ends_nothing
                of_many_who_take_tasks_at_once_each_gets_others
                a_finished_session_begins_its_task
            }
            kept {
                what_is_kept_is_found_under_its_name
                what_moved_on_is_not_written_over
                names_are_found_by_how_they_begin
                what_is_kept_stays_in_its_scope
            }
            endpoints {
                an_unknown_endpoint_is_not_found
                an_endpoint_is_made_once_for_each_address
                an_endpoint_becomes_a_standing_one_when_asked
                endpoints_come_oldest_first
                a_new_secret_signs_beside_the_one_before
                endpoints_of_companies_and_worlds_do_not_mix
            }
            events {
                an_event_goes_to_its_endpoint_and_to_the_standing_ones
                a_disabled_endpoint_hears_nothing
                an_event_is_added_once
                events_of_a_record_are_numbered
                old_events_are_forgotten_when_their_deliveries_have_ended
                events_of_companies_and_worlds_do_not_mix
            }
            deliveries {
                a_delivery_is_taken_for_as_long_as_the_lease
                a_late_end_counts_while_nobody_else_came
                of_many_claims_at_once_one_gets_a_delivery
                the_longest_waiting_are_taken_first
                events_of_a_record_are_told_in_order
                a_failing_event_holds_up_the_others_for_five_minutes
                an_event_that_was_never_tried_goes_first_whatever_its_age
                one_endpoint_is_sent_few_at_a_time
                a_list_shows_how_each_delivery_stands
                deliveries_are_listed_newest_first
                an_endpoint_fails_until_something_arrives
                an_endpoint_that_failed_for_five_days_is_disabled
                a_failure_after_a_long_silence_disables_nothing
                an_endpoint_that_is_gone_is_disabled
                a_delivery_is_replayed_from_the_first_try
                exhausted_deliveries_are_replayed_together
                deliveries_of_companies_and_worlds_do_not_mix
            }
            calls {
                a_call_is_made_once
                a_key_is_good_for_one_call
                a_lost_call_is_taken_over
                a_call_that_came_to_nothing_may_be_made_again
                old_calls_are_forgotten
                calls_of_companies_and_worlds_do_not_mix
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
            include_str!("contract/apps.rs"),
            include_str!("contract/balances.rs"),
            include_str!("contract/calls.rs"),
            include_str!("contract/companies.rs"),
            include_str!("contract/connections.rs"),
            include_str!("contract/consents.rs"),
            include_str!("contract/deliveries.rs"),
            include_str!("contract/endpoints.rs"),
            include_str!("contract/events.rs"),
            include_str!("contract/identifiers.rs"),
            include_str!("contract/keys.rs"),
            include_str!("contract/kept.rs"),
            include_str!("contract/lists.rs"),
            include_str!("contract/readings.rs"),
            include_str!("contract/records.rs"),
            include_str!("contract/sessions.rs"),
            include_str!("contract/tasks.rs"),
            include_str!("contract/thresholds.rs"),
            include_str!("contract/transactions.rs"),
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
