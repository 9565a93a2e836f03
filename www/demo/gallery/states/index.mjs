/** Every screen in every state, in the order of the story. */

import opening from './opening.mjs';
import banks from './banks.mjs';
import signIn from './sign-in.mjs';
import challenges from './challenges.mjs';
import waiting from './waiting.mjs';
import accounts from './accounts.mjs';
import ends from './ends.mjs';

/**
 * A state is data:
 *
 *   screen, name, title   where it stands in the gallery, its address, its caption
 *   session, list, steps  what the server answers to the opening, of its institutions, and then call by call
 *   link                  what it answers of a saved configuration; null where nothing is saved
 *   options               what the host passes beside the usual
 *   way                   what the customer does: ['press', sentence], ['type', sentence, text], ['wait', sentence]
 *   shows                 the sentence by which the state is known to be there
 *   seconds               so long the customer then waits; it is one moment otherwise
 *   program, popup, alone, offline   how the browser behaves
 */
export const STATES = [...opening, ...banks, ...signIn, ...challenges, ...waiting, ...accounts, ...ends];
