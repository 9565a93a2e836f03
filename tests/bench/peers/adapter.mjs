// How the harness opens our window and where it finds what it waits for; see its README.md.
// Every function is sent to the page as text, so each finds the widget's root by itself.

const inside = (selector) =>
  new Function(`return document.querySelector('egusi-widget')?.shadowRoot.querySelector(${JSON.stringify(selector)})`);

export default {
  ours: {
    path: (n, auto) => `/ours/?n=${n}${auto ? '&auto=1' : ''}`,
    frame: '/ours/frame/',
    open: () => window.peer.open(),
    close: () => window.peer.close(),
    shell: new Function(`return document.querySelector('#first .sheet')`),
    // Its own first screen has the button before the program is here, and the press is kept.
    first: new Function(`return document.querySelector('#first-consent:not([hidden]) .foot .primary')`),
    advance: [new Function(`return document.querySelector('#first-consent:not([hidden]) .foot .primary')`)],
    search: inside('input[type=search]'),
    hit: (q) =>
      document
        .querySelector('egusi-widget')
        ?.shadowRoot.querySelector('.rows [role=listitem]')
        ?.textContent.startsWith(`Bank ${q.slice(5)}`),
  },
};
