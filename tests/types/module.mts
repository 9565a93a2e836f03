/** The same package as Node resolves it for a module. */

import Okra, { LoaderError, open, type Options } from 'egusi';
import { defineEgusi } from 'egusi/element';
import { useEgusi } from 'egusi/react';

const options: Options = { key: 'public', token: 'company' };
Okra.buildWithOptions(options).destroy();
open(options).result.catch((reason: LoaderError) => reason.code);
defineEgusi('shop-connect');
useEgusi(options).open()?.close();

// @ts-expect-error The module is not okra-js's object; its default is.
import * as all from 'egusi'; all.buildWithOptions(options);
// @ts-expect-error There is no such entry.
import vue from 'egusi/vue';
export { vue };
