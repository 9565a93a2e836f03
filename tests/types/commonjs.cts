/** The same package as Node resolves it for `require`: okra-js's object itself, with everything else on it. */

import Okra = require('egusi');
import again, { open } from 'egusi';
import type { Connection } from 'egusi';

Okra.baseUrl = 'https://connect.example';
Okra.buildWithOptions({ key: 'public', token: 'company', onSuccess: (connection: Connection) => connection.record });
Okra.default.buildWithShortUrl({ short_url: 'spring-sale' });
again.buildWithShortUrl({ short_url: 'spring-sale' });
const options: Okra.Options = { key: 'public', token: 'company' };
Okra.open(options).close();
open(options).destroy();
if (new Okra.LoaderError('load_failed', 'late') instanceof Error) Okra.preload();

// @ts-expect-error There is no such world.
Okra.open({ ...options, env: 'staging' });
// @ts-expect-error Okra's object has no such function.
Okra.buildWithUrl({});
