/** What the customer sees while the WebAssembly comes: the same sheet, a word, and the way out. */

const LOOK = `
  :host { all: initial; }
  .veil { position: fixed; inset: 0; display: grid; place-items: center; background: rgb(9 16 12 / 45%);
    font: 15px/1.45 system-ui, sans-serif; color: #14201a; }
  .sheet { box-sizing: border-box; width: min(420px, 100%); height: min(680px, 88dvh); padding: 6px 8px; background: #fff; border-radius: 20px; }
  button { display: block; margin-left: auto; width: 44px; height: 44px; border: 0; border-radius: 12px; background: none;
    color: inherit; font: 20px/1 system-ui, sans-serif; cursor: pointer; }
  button:focus-visible { outline: 3px solid #0b6b3a; outline-offset: 2px; }
  p { margin: 20px 16px; color: #55645c; }
  @media (prefers-color-scheme: dark) { .veil { color: #e8eef3; } .sheet { background: #151d27; } p { color: #a3b1bf; } button:focus-visible { outline-color: #58cf8f; } }
  @media (max-width: 559px) { .veil { place-items: end center; } .sheet { height: 92dvh; border-radius: 20px 20px 0 0; } }
`;

/** Made of elements and a constructed style sheet alone, so that the strictest policy of a page has nothing to refuse. */
export function waiting(leave: () => void): HTMLElement {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const styles = new CSSStyleSheet();
  styles.replaceSync(LOOK);
  root.adoptedStyleSheets = [styles];
  const [veil, sheet, button, text] = ['div', 'div', 'button', 'p'].map((tag) => document.createElement(tag)) as [
    HTMLElement,
    HTMLElement,
    HTMLButtonElement,
    HTMLElement,
  ];
  veil.className = 'veil';
  sheet.className = 'sheet';
  button.type = 'button';
  button.textContent = '\u00d7';
  button.setAttribute('aria-label', 'Close');
  button.onclick = leave;
  text.setAttribute('role', 'status');
  text.textContent = 'Opening a private connection…';
  sheet.append(button, text);
  veil.append(sheet);
  root.append(veil);
  return host;
}
