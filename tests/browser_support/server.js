// A server of one function, and a count of the listeners that stand: what the browser tests put in
// place of the network. Answers are of the shapes in crates/protocol/tests/golden.
(() => {
  const calls = [];
  const fields = [
    { name: "username", label: "Username", kind: "username" }, { name: "password", label: "Password", kind: "password" } ];
  const form = { institution: "5d6fe57a4099cc4b210bbeb1", methods: [{ id: "internet", kind: "internet_banking", fields }] };
  const account = { pick: 0, name: "Everyday", last_four: "0042", kind: "Current", currency: "NGN",
    balance: { ledger_minor: 100, available_minor: 90, source: "reported" } };
  const bank = (id, name) => ({ id, name, monogram: "B", color: "#114185", country: "NG" });
  const answers = {
    sessions: (body) => ({ session_token: "t0", step: "choose", setting: { session: "000000000000000000000001",
      name: body.name, operator: "Egusi", env: body.env, products: ["auth", "balance"], show_balance: true, consent_days: 180,
      filter: { holders: "individual" } } }),
    institutions: () => ({ institutions: [bank("5d6fe57a4099cc4b210bbeb1", "First Bank"), bank("5d6fe57a4099cc4b210bbec2", "Zenith Bank")] }),
    institution: () => ({ step: { form }, turn: 1 }),
    form: (body) => body.fields[0].value === "refuse_me"
      ? { step: { form: { ...form, problem: { code: "wrong_credentials" } } }, turn: 2 } : { step: { accounts: { accounts: [account], read_at_ms: 1790000000000 } }, turn: 2 },
    accounts: () => ({ step: { done: { institution: form.institution, accounts: 1, host_payload: '{"record_id":"r1","success":true}' } }, turn: 3 }),
    session: () => ({ step: "choose" }),
  };
  window.fetch = async (request) => {
    const call = new URL(request.url).pathname.split("/").pop();
    if (call !== "session") calls.push(call);
    const text = await request.text();
    return new Response(JSON.stringify(answers[call](text && JSON.parse(text))), { headers: { "content-type": "application/json" } });
  };
  window.callsOfTheTest = calls;
  if (window.listenersOfTheTest === undefined) {
    window.listenersOfTheTest = 0;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (...given) {
      window.listenersOfTheTest += 1;
      return addEventListener.apply(this, given);
    };
    EventTarget.prototype.removeEventListener = function (...given) {
      window.listenersOfTheTest -= 1;
      return removeEventListener.apply(this, given);
    };
  }
})();
