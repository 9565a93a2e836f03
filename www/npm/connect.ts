/** The custom element `<egusi-connect>`: a button that opens the window. */

import type { Connection, ErrorMessage, Handle, OpenOptions, WidgetEvent } from './index.ts';
import { optionsOf } from './attributes.ts';
import { openKept } from './kept.ts';

/** The part of the loader that the element needs. */
export interface Opener {
  open(options: OpenOptions): Handle;
  preload(baseUrl?: string): void;
}

/** What an `<egusi-connect>` can do. */
export interface EgusiConnect extends HTMLElement {
  /** Options beside the attributes; where both name one, this wins. Callbacks in it are called as well. */
  options: Partial<OpenOptions>;
  /** Whether a press of the button does nothing; as the attribute. */
  disabled: boolean;
  /** Whether its window is there. */
  readonly isOpen: boolean;
  /** Opens the window, or gives the one that is open. */
  open(): Handle;
  /** Closes the window as if the customer had. */
  close(): void;
  /** Fetches what the window needs; it happens by itself when the pointer or the focus comes near. */
  preload(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'egusi-connect': EgusiConnect;
  }
  // They bubble: wherever one may listen.
  interface GlobalEventHandlersEventMap {
    'egusi-success': CustomEvent<Connection>;
    'egusi-error': CustomEvent<ErrorMessage>;
    'egusi-event': CustomEvent<WidgetEvent>;
    'egusi-close': CustomEvent<null>;
  }
}

/** Plain enough to look at home in most pages; `::part(button)` changes it. */
const LOOK = `
  :host { display: inline-block; }
  :host([hidden]) { display: none; }
  button { min-height: 44px; padding: 8px 20px; border: 1px solid transparent; border-radius: 12px; background: #0b6b3a;
    color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
  button:focus-visible { outline: 3px solid #0b6b3a; outline-offset: 2px; }
  button:disabled { opacity: .5; cursor: default; }
  @media (forced-colors: active) { button { border-color: ButtonBorder; } }
`;

/** A style sheet that is constructed is nothing inline, so that the strictest policy has nothing to refuse. */
let look: CSSStyleSheet | undefined;

function styled(root: ShadowRoot): void {
  try {
    if (!look) (look = new CSSStyleSheet()).replaceSync(LOOK);
    root.adoptedStyleSheets = [look];
  } catch {
    // An older browser: the button is there all the same, as the browser draws it.
  }
}

/**
 * The host's own button in the slot `button` wins; else there is ours, and what stands in the element
 * is what it says.
 */
function drawn(element: HTMLElement): HTMLButtonElement {
  const root = element.attachShadow({ mode: 'open', delegatesFocus: true });
  const [own, label] = [document.createElement('slot'), document.createElement('slot')];
  const button = document.createElement('button');
  own.name = 'button';
  button.type = 'button';
  button.setAttribute('part', 'button');
  button.setAttribute('aria-haspopup', 'dialog');
  label.textContent = 'Connect your bank';
  button.append(label);
  own.append(button);
  root.append(own);
  styled(root);
  return button;
}

/**
 * The element's class. It is made when it is defined and not before: where there is no page there is
 * nothing to extend.
 */
export function classFor({ open, preload }: Opener): new () => EgusiConnect {
  return class extends HTMLElement implements EgusiConnect {
    static observedAttributes = ['disabled'];
    // Only declared: a class field would overwrite what a framework has set before the upgrade.
    declare options: Partial<OpenOptions>;
    declare private button: HTMLButtonElement;
    declare private handle: Handle | undefined;

    constructor() {
      super();
      this.options ??= {};
      this.button = drawn(this);
      const warm = () => this.preload();
      this.addEventListener('pointerenter', warm);
      this.addEventListener('focusin', warm);
      // Ours and the host's own button alike: both are in the shadow tree's path.
      this.shadowRoot!.firstElementChild!.addEventListener('click', () => {
        if (!this.disabled) this.open();
      });
    }

    get disabled(): boolean {
      return this.hasAttribute('disabled');
    }

    set disabled(is: boolean) {
      this.toggleAttribute('disabled', is);
    }

    get isOpen(): boolean {
      return !!this.handle;
    }

    attributeChangedCallback(): void {
      this.button.disabled = this.disabled;
    }

    disconnectedCallback(): void {
      // Who moves it takes it out and puts it in at once; that is no reason to close.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.handle?.destroy();
      });
    }

    open(): Handle {
      return (this.handle ??= this.opened());
    }

    close(): void {
      this.handle?.close();
    }

    preload(): void {
      if (!this.disabled) preload(this.given().baseUrl);
    }

    private given(): OpenOptions {
      return { ...optionsOf(this), ...this.options } as OpenOptions;
    }

    private opened(): Handle {
      const tell = (name: string) => (detail?: unknown) => {
        this.dispatchEvent(new CustomEvent(`egusi-${name}`, { detail, bubbles: true, composed: true }));
      };
      const forget = () => void (this.handle = undefined);
      const handle = heardThrough(() => openKept(open, this.given(), forget), tell('error'));
      for (const name of ['success', 'error', 'event'] as const) handle.on(name, tell(name));
      handle.on('close', () => tell('close')());
      return handle;
    }
  };
}

/** What is thrown is told as an event too: a page that listens need not catch. */
function heardThrough(open: () => Handle, tell: (problem: unknown) => void): Handle {
  try {
    return open();
  } catch (thrown) {
    const { message, code } = thrown as Error & { code?: string };
    tell({ error: message, ...(code && { code }) });
    throw thrown;
  }
}

/** Defines the element under a name. A second time, or where there is no page, it does nothing. */
export function define(opener: Opener, name: string): void {
  if (typeof customElements === 'undefined' || customElements.get(name)) return;
  customElements.define(name, classFor(opener));
}
