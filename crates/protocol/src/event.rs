//! What a company's server is told without asking, and how a record stands.

codes! {
    /// What happened. Each kind is one webhook.
    pub enum EventKind {
        /// A customer connected accounts.
        Connected = "record.connected",
        /// Balances were read, at a connection or at a refresh.
        BalanceRead = "balance.read",
        /// Transactions were read.
        TransactionsRead = "transactions.read",
        /// A refresh that was asked for came to nothing.
        RefreshFailed = "refresh.failed",
        /// An available balance fell below its threshold.
        FundsLow = "balance.low",
        /// The institution wants the customer to sign in again.
        SignInNeeded = "record.sign_in_needed",
        /// The customer stopped the sharing.
        Revoked = "record.revoked",
        /// Nothing happened; somebody wants to see a webhook arrive.
        Test = "test",
    }
}

codes! {
    /// How a record stands.
    pub enum RecordStatus {
        /// It can be read.
        Ok = "ok",
        /// The institution wants the customer to sign in again.
        SignInNeeded = "sign_in_needed",
        /// The customer stopped the sharing; nothing more is read until they agree anew.
        Revoked = "revoked",
    }
}
