/** Served as `/embed/egusi.js`, for a plain `<script>`: sets `window.Okra`. */

import { loader, type Okra } from './index.ts';
import { originServing } from './origin.ts';

declare global {
  interface Window {
    Okra: Okra;
  }
}

const script = typeof document === 'undefined' ? null : (document.currentScript as HTMLScriptElement | null);
if (typeof window !== 'undefined') window.Okra = loader(originServing(script?.src));
