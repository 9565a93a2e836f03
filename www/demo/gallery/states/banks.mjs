/** The list of institutions. */

import { AGREE, BANK, DOWN_BANK, LOST, NEVER, SLOW_BANK, failed, opened, press, type } from './parts.mjs';

const search = (text) => [...AGREE, type('banks.search', text)];

export default [
  { screen: 'Banks', name: 'banks', title: 'A list', list: 24, way: AGREE, shows: 'banks.title' },
  { screen: 'Banks', name: 'banks-long', title: 'A long list', way: AGREE, shows: 'banks.all' },
  { screen: 'Banks', name: 'banks-few', title: 'Three to choose from', list: 3, way: AGREE, shows: 'banks.popular' },
  {
    screen: 'Banks',
    name: 'banks-returning',
    title: 'Connected before',
    session: opened({ returning: [BANK.id, '5d6fe57a4099cc4b210bbec0'] }),
    way: AGREE,
    shows: 'banks.returning',
  },
  { screen: 'Banks', name: 'banks-search', title: 'Found', way: search('zen'), shows: 'banks.count' },
  { screen: 'Banks', name: 'banks-none', title: 'Nothing found', way: search('qqqqqq'), shows: 'banks.none' },
  { screen: 'Banks', name: 'banks-degraded', title: 'One that is slow today', way: search('Egusi Degr'), shows: SLOW_BANK.name },
  { screen: 'Banks', name: 'banks-down', title: 'One that does not work', way: search('Egusi Down'), shows: DOWN_BANK.name },
  {
    screen: 'Banks',
    name: 'banks-down-pressed',
    title: 'It was chosen all the same',
    way: [...search('Egusi Down'), press(DOWN_BANK.name)],
    shows: 'problem.institution_down',
  },
  { screen: 'Banks', name: 'banks-coming', title: 'The list is on its way', list: NEVER, way: AGREE, shows: 'banks.coming' },
  { screen: 'Banks', name: 'banks-missing', title: 'The list did not arrive', list: LOST, way: AGREE, seconds: 40, shows: 'banks.missing' },
  { screen: 'Banks', name: 'banks-busy', title: 'One was chosen', way: [...AGREE, press(BANK.name)], shows: BANK.name },
  {
    screen: 'Banks',
    name: 'banks-failed',
    title: 'The chosen one did not work',
    steps: [failed('institution_maintenance')],
    way: [...AGREE, press(BANK.name)],
    shows: 'problem.institution_maintenance',
  },
];
