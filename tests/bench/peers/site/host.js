// A host page: `?n=` institutions are in the list, `?auto=1` opens the window at once.

const asked = new URLSearchParams(location.search);
const count = Number(asked.get('n') || 200);

const row = (at) => ({
  id: at.toString(16).padStart(24, '0'),
  name: `Bank ${at % 10} ${at}`,
  monogram: `B${at % 10}`,
  color: '#114185',
  country: 'NG',
});

// What a server would send, ready before the window is opened: making it is not the widget's work.
const list = JSON.stringify({ institutions: Array.from({ length: count }, (_, at) => row(at)) });
window.institutions = new TextEncoder().encode(list);

let handle;
window.peer = {
  open() {
    window.Okra.baseUrl = location.origin;
    handle = window.Okra.buildWithOptions({
      name: 'Moringa Market',
      key: '00000000-0000-4000-8000-000000000000',
      token: '000000000000000000000000',
      env: 'production-sandbox',
      products: ['auth', 'balance'],
    });
  },
  close: () => handle.close(),
};
if (asked.get('auto') === '1') window.peer.open();
