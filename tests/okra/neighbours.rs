//! Accounts, authentications, transactions, customers and records of a connection.
