// The page loaded our script, which set `window.Okra` and knows where it came from.
import { openShop } from './shop.js';

openShop(() => window.Okra);
