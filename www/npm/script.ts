/** Served as `/embed/egusi-element.js`, for a plain `<script>`: `window.Okra` as egusi.js sets it, and `<egusi-connect>`. */

import '../loader/global.ts';
import { define } from './connect.ts';

if (typeof window !== 'undefined') define(window.Okra, 'egusi-connect');
