// Answers what the page inside the frame asks its server, without a network.

(() => {
  const setting = {
    session: '000000000000000000000001',
    name: 'Moringa Market',
    operator: 'Egusi',
    env: 'production-sandbox',
    products: ['auth', 'balance'],
    show_balance: true,
    consent_days: 180,
    filter: { countries: ['NG'], holders: 'individual' },
  };
  const answers = {
    sessions: () => JSON.stringify({ session_token: 't0', setting, step: 'choose', turn: 0 }),
    institutions: () => window.parent.institutions,
    session: () => JSON.stringify({ step: 'choose' }),
  };
  const { fetch } = window;
  window.fetch = async (request, init) => {
    const { pathname } = new URL(request.url ?? request);
    // The WebAssembly is a file and comes over the network.
    if (!pathname.startsWith('/connect/')) return fetch(request, init);
    const call = pathname.split('/').pop();
    return new Response(answers[call](), { headers: { 'content-type': 'application/json' } });
  };
})();
