// The same as an ES module, straight from the server. From npm it is
// `import Okra from 'egusi'` and one line: `Okra.baseUrl = 'https://connect.example.com'`.
import { openShop } from './shop.js';

openShop(async ({ egusi }) => (await import(`${egusi}/embed/egusi.mjs`)).default);
