/** Connected, or not: every problem there is. */

import { readFileSync } from 'node:fs';
import { failed, done, opened, signedIn } from './parts.mjs';
import { share, usual } from './accounts.mjs';

/** Every word of the protocol for what can go wrong. */
const WORDS = new URL('../../../../crates/protocol/tests/golden/words.json', import.meta.url);
const CODES = JSON.parse(readFileSync(WORDS, 'utf8')).ProblemCode;

const connected = (count, options = {}) => ({ ...signedIn(usual, done(count)), way: share, options });

const problem = (code) => ({
  screen: 'Problem',
  name: `problem-${code.replaceAll('_', '-')}`,
  title: code.replaceAll('_', ' '),
  session: opened({ account_ending: code === 'account_mismatch' ? '0042' : undefined }),
  ...signedIn(failed(code)),
  shows: `problem.${code}`,
});

export default [
  { screen: 'Done', name: 'done', title: 'One account', ...connected(1), shows: 'done.title' },
  { screen: 'Done', name: 'done-several', title: 'Several accounts', ...connected(3), shows: 'done.shared' },
  {
    screen: 'Done',
    name: 'done-words',
    title: 'In the words of the host',
    ...connected(1, {
      success_title: 'Your rent is set up',
      success_message: 'We take it on the first of each month.',
      continue_cta: 'Back to Moringa Market',
    }),
    shows: 'Your rent is set up',
  },
  ...CODES.map(problem),
  {
    screen: 'Problem',
    name: 'problem-words',
    title: 'With the words and the address of the host',
    options: { widget_failed: 'You can also pay by card.', support_email: 'help@moringa.example' },
    ...signedIn(failed('institution_down')),
    shows: 'You can also pay by card.',
  },
  {
    screen: 'Problem',
    name: 'problem-only-bank',
    title: 'Where there is no other bank',
    session: opened({ filter: { only: ['5d6fe57a4099cc4b210bbec2'], holders: 'individual' } }),
    ...signedIn(failed('institution_down')),
    shows: 'remedy.leave',
  },
];
