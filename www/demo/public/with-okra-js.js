// The page loaded okra-js as it is on npm. One property tells it where the server is.
import { openShop } from './shop.js';

openShop(({ egusi }) => {
  window.Okra.baseUrl = egusi;
  return window.Okra;
});
