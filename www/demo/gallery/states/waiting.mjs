/** The institution is at work, or the customer elsewhere. */

import { LOST, SIGN_IN, pending, press, signedIn } from './parts.mjs';

const redirect = { redirect: { url: 'https://bank.example/authorize?state=7' } };
const ownPage = (popup, press) => ({ ...signedIn(redirect), popup, way: [...SIGN_IN, ...press] });
const approve = pending({ kind: 'approval', text: "Approve the sign-in in your bank's app" });

export default [
  { screen: 'Waiting', name: 'waiting', title: 'The bank is at work', ...signedIn(pending()), shows: 'waiting.stay' },
  {
    screen: 'Waiting',
    name: 'waiting-told',
    title: 'The bank says what it does',
    ...signedIn(pending({ text: 'Fetching your accounts' })),
    shows: 'Fetching your accounts',
  },
  { screen: 'Waiting', name: 'waiting-approval', title: "In the bank's app", ...signedIn(approve), shows: 'waiting.approve.title' },
  {
    screen: 'Waiting',
    name: 'waiting-dialling',
    title: 'On the telephone',
    ...signedIn(pending({ kind: 'dialling', text: 'Dial *000*1# and follow it' })),
    shows: 'waiting.dial.title',
  },
  { screen: 'Waiting', name: 'waiting-slow', title: 'It takes longer than usual', ...signedIn(pending()), seconds: 12, shows: 'news.slow' },
  {
    screen: 'Waiting',
    name: 'news-lost',
    title: 'The answer was lost, and is looked for',
    ...signedIn(LOST, LOST, LOST),
    seconds: 2,
    shows: 'news.lost',
  },
  { screen: 'Waiting', name: 'redirect', title: "To the bank's own page", ...signedIn(redirect), shows: 'redirect.text' },
  { screen: 'Waiting', name: 'redirect-open', title: 'The page is open', ...ownPage('open', [press('redirect.go')]), shows: 'redirect.open' },
  {
    screen: 'Waiting',
    name: 'redirect-blocked',
    title: 'The browser blocked the page',
    ...ownPage('blocked', [press('redirect.go')]),
    shows: 'redirect.blocked',
  },
  {
    screen: 'Leaving',
    name: 'leave',
    title: 'Leaving in the middle',
    ...signedIn(approve),
    way: [...SIGN_IN, ['wait', 'waiting.approve.title'], press('close')],
    shows: 'leave.title',
  },
];
