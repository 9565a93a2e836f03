/** The bank asks one thing more. */

import { LOST, SIGN_IN, challenge, press, refused, signedIn, type } from './parts.mjs';

const PICTURE =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80"><rect width="240" height="80" fill="#fff"/>' +
      '<path d="M20 60 60 20 100 60 140 20 180 60 220 20" fill="none" stroke="#114185" stroke-width="6"/></svg>',
  );
const code = (own = {}) => challenge('one_time_code', { text: 'Sent to the phone ending 42', digits: 6, ...own });
const wrong = { problem: { code: 'wrong_answer', attempts_left: 2 } };
const DEVICES = [
  { id: '0', label: 'Phone ending 42' },
  { id: '1', label: 'Phone ending 77' },
  { id: '2', label: 'E-mail a…@mail.example' },
];
const answer = (field, text) => [...SIGN_IN, type(field, text), press('challenge.go')];

export default [
  { screen: 'Challenge', name: 'code', title: 'A one-time code', ...signedIn(code()), shows: 'challenge.code.title' },
  {
    screen: 'Challenge',
    name: 'code-times',
    title: 'A code that gets old, and a new one in a while',
    ...signedIn(code({ resend_in_s: 30, expires_in_s: 300 })),
    shows: 'challenge.expires',
  },
  {
    screen: 'Challenge',
    name: 'code-resend',
    title: 'A new code can be had',
    ...signedIn(code({ resend_in_s: 0, expires_in_s: 240 })),
    shows: 'challenge.resend',
  },
  {
    screen: 'Challenge',
    name: 'code-wrong',
    title: 'A wrong code',
    ...signedIn(code(), code(wrong)),
    way: answer('challenge.code.label', '000000'),
    shows: 'problem.wrong_answer',
  },
  {
    screen: 'Challenge',
    name: 'code-short',
    title: 'Too few digits',
    ...signedIn(code()),
    way: answer('challenge.code.label', '123'),
    shows: 'problem.incomplete_answer',
  },
  {
    screen: 'Challenge',
    name: 'code-old',
    title: 'A code that is too old',
    ...signedIn(code({ resend_in_s: 30, expires_in_s: 1 })),
    seconds: 2,
    shows: 'problem.code_expired',
  },
  {
    screen: 'Challenge',
    name: 'code-busy',
    title: 'The code is being checked',
    ...signedIn(code()),
    way: answer('challenge.code.label', '123456'),
    shows: 'challenge.busy',
  },
  {
    screen: 'Challenge',
    name: 'code-lost',
    title: 'The connection was lost on the way',
    ...signedIn(code(), LOST, LOST),
    way: answer('challenge.code.label', '123456'),
    seconds: 2,
    shows: 'challenge.busy',
  },
  {
    screen: 'Challenge',
    name: 'code-refused',
    title: 'Something went wrong on our side',
    ...signedIn(code(), refused(500, 'internal', 'something went wrong')),
    way: answer('challenge.code.label', '123456'),
    shows: 'problem.internal',
  },
  { screen: 'Challenge', name: 'pin', title: 'A PIN', ...signedIn(challenge('pin', { digits: 4 })), shows: 'challenge.pin.title' },
  {
    screen: 'Challenge',
    name: 'question',
    title: 'A question',
    ...signedIn(challenge('question', { text: 'In which city were you born?' })),
    shows: 'challenge.question.title',
  },
  {
    screen: 'Challenge',
    name: 'question-wrong',
    title: 'A question, asked again',
    ...signedIn(challenge('question', { text: 'In which city were you born?', ...wrong })),
    shows: 'problem.left',
  },
  {
    screen: 'Challenge',
    name: 'device',
    title: 'Devices to choose from',
    ...signedIn(challenge('device', { text: 'Where should the code go?', options: DEVICES })),
    shows: 'challenge.device.title',
  },
  {
    screen: 'Challenge',
    name: 'choice',
    title: 'A choice',
    ...signedIn(
      challenge('choice', {
        text: 'Which of these is yours?',
        options: ['14 Allen Avenue', '3 Broad Street', 'None of them'].map((label, id) => ({ id: `${id}`, label })),
      }),
    ),
    shows: 'challenge.choice.title',
  },
  {
    screen: 'Challenge',
    name: 'choice-wrong',
    title: 'A choice, asked again',
    ...signedIn(challenge('choice', { text: 'Which of these is yours?', options: DEVICES, ...wrong })),
    shows: 'problem.left',
  },
  {
    screen: 'Challenge',
    name: 'image',
    title: 'A picture',
    ...signedIn(challenge('image', { text: 'What is drawn here?', image: PICTURE })),
    shows: 'challenge.image.title',
  },
];
