//! The paths that Okra had and this server has not. Calling one is answered with a clear error.

use super::Door;

const fn post(path: &'static str, summary: &'static str) -> Door {
    Door { path, get: false, post: true, summary, fields: &[], works: false, is_of_sandbox: false }
}

const fn get(path: &'static str, summary: &'static str) -> Door {
    Door { path, get: true, post: false, summary, fields: &[], works: false, is_of_sandbox: false }
}

const IDENTITY: &str = "Who the account's holder is.";
const VERIFY: &str = "Checks a person or a company with a register.";
const INCOME: &str = "Streams of income.";
const INSIGHT: &str = "Conclusions from transactions.";
const FILE: &str = "A file to download.";
const MANAGE: &str = "Changes customers.";
const PAY: &str = "Payments.";
const WALLET: &str = "The company's credit at Okra.";
const REPORT: &str = "Scheduled reports.";
const WORTH: &str = "Debts, investments, insurance.";
const FRAUD: &str = "Looks for fraud.";

/// All of them, by subject.
pub const DOORS: &[Door] = &[
    post("callback/trigger", "Sends webhooks again."),
    // Identity and income.
    post("identity/getById", IDENTITY),
    post("identity/getByCustomer", IDENTITY),
    post("identity/getByDate", IDENTITY),
    post("identity/getByCustomerDate", IDENTITY),
    post("identity/getByBvn", IDENTITY),
    post("identity/getByNuban", IDENTITY),
    post("identity/byOptions", IDENTITY),
    post("products/identities", IDENTITY),
    post("products/identity/merge", IDENTITY),
    post("products/kyc/bvn-verify", VERIFY),
    post("products/kyc/customer-verify", VERIFY),
    post("products/kyc/nuban-verify", VERIFY),
    post("products/kyc/nuban-name-verify", VERIFY),
    post("products/kyc/rc-verify", VERIFY),
    post("products/kyc/tin-verify", VERIFY),
    post("products/kyc/rc-tin-verify", VERIFY),
    post("income/getById", INCOME),
    post("income/getByCustomer", INCOME),
    post("income/getByDate", INCOME),
    post("income/getByCustomerDate", INCOME),
    post("income/getByRecord", INCOME),
    post("income/getAll", INCOME),
    post("income/process", INCOME),
    post("products/income/get", INCOME),
    post("products/income/process", INCOME),
    post("revenue", INCOME),
    // What Okra concluded from transactions.
    post("spending-patterns/process", INSIGHT),
    post("spending-patterns/getAll", INSIGHT),
    post("spending-patterns/getById", INSIGHT),
    post("spending-patterns/getByCustomer", INSIGHT),
    post("spending-patterns/getByDate", INSIGHT),
    post("products/spending-patterns/process", INSIGHT),
    post("products/guarantors/request", INSIGHT),
    post("products/benefactors/process", INSIGHT),
    post("products/trans-networks/process", INSIGHT),
    post("products/records/credit-debit/get", INSIGHT),
    post("products/total-debits-credits", INSIGHT),
    post("complete-view/process", INSIGHT),
    post("products/transactions/download", FILE),
    post("products/record/download", FILE),
    // Customers.
    post("customers/flag", MANAGE),
    post("customers/unflag", MANAGE),
    post("customers/remove", MANAGE),
    post("customers/retry", MANAGE),
    post("customers/dti/get", INSIGHT),
    // Payments.
    post("pay/initiate", PAY),
    post("pay/verify", PAY),
    post("pay/verifyByOptions", PAY),
    post("pay/list", PAY),
    post("pay/get", PAY),
    post("pay/get/id", PAY),
    post("pay/refund", PAY),
    post("pay/cancel", PAY),
    post("pay/payout", PAY),
    post("pay/link/create", PAY),
    post("pay/authorization/initiate", PAY),
    post("pay/authorization/cancel", PAY),
    post("pay/authorization/reauth", PAY),
    post("pay/authorization/list", PAY),
    post("pay/authorization/getByCustomer", PAY),
    post("pay/authorization/getByOptions", PAY),
    post("authorization/initiate", PAY),
    post("bulkfiles/initiate", PAY),
    // The company's own.
    post("wallet/list", WALLET),
    post("wallet/get", WALLET),
    post("wallet/edit", WALLET),
    post("wallet/threshold", WALLET),
    post("wallet/autotopup", WALLET),
    post("wallet/topups", WALLET),
    post("wallet/balance/check", WALLET),
    get("wallet/company/{id}", WALLET),
    post("wallet/company/{id}/autotopup", WALLET),
    post("reports/schedule", REPORT),
    get("reports/schedule/{id}", REPORT),
    get("reports/details", REPORT),
    get("reports/details/{id}", REPORT),
    get("reports/download/{id}", REPORT),
    // Other products.
    post("liabilities/process", WORTH),
    post("liabilities/getById", WORTH),
    post("liabilities/getByCustomer", WORTH),
    post("liabilities/getByDate", WORTH),
    post("liabilities/list", WORTH),
    post("assets/investment/process", WORTH),
    post("insurance/process", WORTH),
    post("insurance/getByCustomer", WORTH),
    post("insurance/list", WORTH),
    post("fraud-detection/{id}", FRAUD),
];
