/** Every call of okra-node 0.2.0 about balances, accounts, authentications, transactions, customers and banks. */

import { Accounts, Auth, Balance, Banks, Customers, Transactions } from 'okra-node';
import { client } from './backend.ts';

/** What a connection left, by which everything is found again. */
export interface Found {
  customer: string;
  record: string;
  bank: string;
  account: string;
  balance: string;
  ledger: number;
  transaction: string;
}

/** A call, under the name of the method and of what it is asked for. */
export interface NamedCall {
  name: string;
  call(): Promise<any>;
  /** Under which name the rows of the answer stand, if it is a list. */
  rows?: string;
  /** Whether this server says that it does not do it. */
  refused?: boolean;
}

const dates = { from: '2020-01-01', to: '2099-12-31' };

export function calls(url: string, key: string, found: Found): NamedCall[] {
  return [...ofBalances(url, key, found), ...ofOthers(url, key, found), ...ofTransactions(url, key, found)];
}

function ofBalances(url: string, key: string, found: Found): NamedCall[] {
  const { customer, record, account, balance, ledger } = found;
  const balances = () => client(Balance, url, key);
  const period = { account_id: account, customer_id: customer, ...dates };
  return [
    { name: 'Balance.get({id})', call: () => balances().get({ id: balance }) },
    { name: 'Balance.get({account_id})', call: () => balances().get({ account_id: account }), rows: 'balance' },
    {
      name: 'Balance.get({type, value})',
      call: () => balances().get({ type: 'ledger_balance', value: ledger }),
      rows: 'balance',
    },
    { name: 'Balance.get({customer, from, to})', call: () => balances().get({ customer, ...dates }), rows: 'balance' },
    { name: 'Balance.get({customer})', call: () => balances().get({ customer }), rows: 'balance' },
    { name: 'Balance.enhanced', call: () => balances().enhanced(period), rows: 'balance' },
    { name: 'Balance.check', call: () => balances().check({ record_id: record, account_id: account }) },
    { name: 'Balance.refresh', call: () => balances().refresh({ account_id: account }) },
  ];
}

function ofOthers(url: string, key: string, found: Found): NamedCall[] {
  const { customer, bank, account, record } = found;
  const accounts = (query: object) => () => client(Accounts, url, key).get(query);
  const auths = (query: object) => () => client(Auth, url, key).get(query);
  const customers = () => client(Customers, url, key);
  return [
    { name: 'Accounts.get({id})', call: accounts({ id: account }), rows: 'accounts' },
    { name: 'Accounts.get({account})', call: accounts({ account }) },
    { name: 'Accounts.get({customer, from, to})', call: accounts({ customer, ...dates }), rows: 'accounts' },
    { name: 'Accounts.get({customer})', call: accounts({ customer }), rows: 'accounts' },
    // accounts/getByBalance cannot be reached: the package compares the id with true.
    { name: 'Accounts.get({bank})', call: accounts({ bank }), rows: 'accounts' },
    { name: 'Accounts.get({name})', call: accounts({ name: 'Everyday Current' }), rows: 'accounts' },
    { name: 'Accounts.get({page, limit})', call: accounts({ page: 1, limit: 2 }), rows: 'accounts' },
    { name: 'Accounts.get()', call: accounts({}), rows: 'accounts' },
    { name: 'Auth.get({id})', call: auths({ id: record }), rows: 'auths' },
    { name: 'Auth.get({customer, from, to})', call: auths({ customer, ...dates }), rows: 'auths' },
    { name: 'Auth.get({customer})', call: auths({ customer }), rows: 'auths' },
    { name: 'Auth.get({from, to})', call: auths({ ...dates }), rows: 'auths' },
    { name: 'Auth.get({bank})', call: auths({ bank }), rows: 'auths' },
    { name: 'Auth.get({page, limit})', call: auths({ page: 1, limit: 2 }), rows: 'auths' },
    { name: 'Auth.get()', call: auths({}), rows: 'auths' },
    {
      name: 'Customers.get({key, value})',
      call: () => customers().get({ key: 'name', value: 'Ada Sample' }),
      rows: 'customers',
    },
    { name: 'Customers.get({page, limit})', call: () => customers().get({ page: 1, limit: 2 }), rows: 'customers' },
    { name: 'Customers.get()', call: () => customers().get({}), rows: 'customers' },
    { name: 'Customers.flag', call: () => customers().flag({ bank, customer }), refused: true },
    { name: 'Customers.unflag', call: () => customers().unflag({ bank, customer, unflag: true }), refused: true },
    { name: 'Customers.remove', call: () => customers().remove({ customer }), refused: true },
    { name: 'Banks.get()', call: () => client(Banks, url, key).get(), rows: 'banks' },
    { name: 'Banks.get({id})', call: () => client(Banks, url, key).get({ id: bank }) },
  ];
}

function ofTransactions(url: string, key: string, found: Found): NamedCall[] {
  const { customer, record, bank, account, transaction } = found;
  const asked = () => client(Transactions, url, key);
  const list = (query: object) => () => asked().get(query);
  const rows = 'transaction';
  return [
    { name: 'Transactions.get({id})', call: list({ id: transaction }), rows },
    { name: 'Transactions.get({account})', call: list({ account }), rows },
    { name: 'Transactions.get({bank})', call: list({ bank }), rows },
    { name: 'Transactions.get({type, value})', call: list({ type: 'debit', value: '40000.50' }), rows },
    { name: 'Transactions.get({nuban})', call: list({ nuban: '9901001001' }), rows },
    { name: 'Transactions.get({customer, from, to})', call: list({ customer, ...dates }), rows },
    { name: 'Transactions.get({customer})', call: list({ customer }), rows },
    { name: 'Transactions.get({from, to})', call: list({ ...dates }), rows },
    { name: 'Transactions.enhanced', call: () => asked().enhanced({ account }), rows },
    { name: 'Transactions.refresh', call: () => asked().refresh({ account_id: account }) },
    { name: 'Transactions.getNetwork', call: () => asked().getNetwork({ account, customer }), refused: true },
    { name: 'Transactions.getSpendingPattens', call: () => asked().getSpendingPattens({ account }), refused: true },
    {
      name: 'Transactions.getCustomerGuarantors',
      call: () => asked().getCustomerGuarantors({ customer, guarantors: [] }),
      refused: true,
    },
    {
      name: 'Transactions.generateDownloadbleTransactions',
      call: () => asked().generateDownloadbleTransactions({ record, downloadType: 'pdf' }),
      refused: true,
    },
    { name: 'Transactions.getCompleteView', call: () => asked().getCompleteView({ bvn: '1', customer }), refused: true },
    { name: 'Transactions.getBenefactors', call: () => asked().getBenefactors({ account, customer, bank }), refused: true },
    {
      name: 'Transactions.generateDownloadbleRecords',
      call: () => asked().generateDownloadbleRecords({ downloadType: 'pdf' }),
      refused: true,
    },
  ];
}
