/** The part of okra-node 0.2.0 that the tests use; the package has no types. */
declare module 'okra-node' {
  class Client {
    constructor(secretKey: string, env: 'production' | 'sandbox');
    apiBaseUrl: string;
    get(query?: object): Promise<any>;
  }
  export class Balance extends Client {
    check(query: object): Promise<any>;
    refresh(query: object): Promise<any>;
    enhanced(query: object): Promise<any>;
  }
  export class Accounts extends Client {}
  export class Auth extends Client {}
  export class Banks extends Client {}
  export class Customers extends Client {
    flag(query: object): Promise<any>;
    unflag(query: object): Promise<any>;
    remove(query: object): Promise<any>;
  }
  export class Transactions extends Client {
    refresh(query: object): Promise<any>;
    enhanced(query: object): Promise<any>;
    getNetwork(query: object): Promise<any>;
    getSpendingPattens(query: object): Promise<any>;
    getCustomerGuarantors(query: object): Promise<any>;
    generateDownloadbleTransactions(query: object): Promise<any>;
    getCompleteView(query: object): Promise<any>;
    getBenefactors(query: object): Promise<any>;
    generateDownloadbleRecords(query: object): Promise<any>;
  }
}

declare module 'okra-node/src/models/models.js' {
  /** Every path the package knows, by the names of its models. */
  const models: Record<string, Record<string, { path: string }>>;
  export default models;
}
