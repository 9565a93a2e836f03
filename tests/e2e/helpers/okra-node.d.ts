/** The part of okra-node 0.2.0 that the tests use; the package has no types. */
declare module 'okra-node' {
  export class Balance {
    constructor(secretKey: string, env: 'production' | 'sandbox');
    apiBaseUrl: string;
    get(query: { id: string } | { customer: string; page?: number; limit?: number }): Promise<any>;
  }
  export class Banks {
    constructor(secretKey: string, env: 'production' | 'sandbox');
    apiBaseUrl: string;
    get(query?: { id: string }): Promise<any>;
  }
}
