//! The two worlds data lives in, and the products a company may ask for.

codes! {
    /// Which world a key, a session and everything they make belong to. The two never mix.
    ///
    /// The words are Okra's: `production` and `production-sandbox`.
    pub enum Environment {
        /// Real institutions and real customers.
        Production = "production",
        /// Institutions of the sandbox, on this server, without any network.
        Sandbox = "production-sandbox",
    }
}

codes! {
    /// What a company asks to read. `auth` is always implied.
    pub enum Product {
        /// Account names and numbers.
        Auth = "auth",
        /// Ledger and available balance of each account.
        Balance = "balance",
        /// Who the account holder is.
        Identity = "identity",
        /// Streams of income.
        Income = "income",
        /// Posted and pending transactions.
        Transactions = "transactions",
        /// Collections from the account.
        Payment = "payment",
    }
}
