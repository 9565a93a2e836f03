/** The sign-in form. */

import { BANK, SIGN_IN, SLOW_BANK, TO_BANK, form, opened, press, type } from './parts.mjs';

const wrong = (problem) => form(['internet'], { problem });

export default [
  { screen: 'Sign in', name: 'sign-in', title: 'Username and password', steps: [form()], way: TO_BANK, shows: 'signin.title' },
  {
    screen: 'Sign in',
    name: 'sign-in-methods',
    title: 'Several ways',
    steps: [form(['internet', 'mobile', 'ussd', 'business'])],
    way: TO_BANK,
    shows: 'method.ussd',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-dial',
    title: 'By dialling a code',
    steps: [form(['internet', 'mobile', 'ussd'])],
    way: [...TO_BANK, press('method.ussd')],
    shows: 'signin.dialled',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-page',
    title: "On the bank's own page",
    steps: [form(['internet', 'page'])],
    way: [...TO_BANK, press('method.page')],
    shows: 'challenge.go',
  },
  { screen: 'Sign in', name: 'sign-in-pin', title: 'With a PIN', steps: [form(['pin'])], way: TO_BANK, shows: 'Mobile PIN' },
  {
    screen: 'Sign in',
    name: 'sign-in-shown',
    title: 'The password can be read',
    steps: [form()],
    way: [...TO_BANK, type('Password', 'correct horse'), press('signin.show')],
    shows: 'signin.hide',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-wrong',
    title: 'A wrong password',
    steps: [form(), wrong({ code: 'wrong_credentials' })],
    way: SIGN_IN,
    shows: 'problem.wrong_credentials',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-last-try',
    title: 'One try left',
    steps: [form(), wrong({ code: 'wrong_credentials', attempts_left: 1 })],
    way: SIGN_IN,
    shows: 'problem.left',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-returning',
    title: 'Somebody who was here before',
    steps: [form(['again'], { is_return: true })],
    way: TO_BANK,
    shows: 'signin.anew',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-slow-bank',
    title: 'A bank that is slow today',
    steps: [form(['internet'], { institution: SLOW_BANK.id })],
    way: [press('consent.go'), type('banks.search', 'Egusi Degr'), press(SLOW_BANK.name)],
    shows: 'signin.slow',
  },
  {
    screen: 'Sign in',
    name: 'sign-in-account',
    title: 'The host asks for one account',
    session: opened({ account_ending: '0042' }),
    steps: [form()],
    way: TO_BANK,
    shows: 'signin.account',
  },
  { screen: 'Sign in', name: 'sign-in-busy', title: `Signing in to ${BANK.name}`, steps: [form()], way: SIGN_IN, shows: 'signin.busy' },
];
