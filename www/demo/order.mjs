/** What is in the basket. Prices in naira. */

export const ORDER = [
  { name: 'Egusi, shelled', detail: '2 kg', price: 9_800 },
  { name: 'Ofada rice', detail: '5 kg bag', price: 17_500 },
  { name: 'Red palm oil', detail: '3 litres', price: 11_200 },
  { name: 'Dried crayfish', detail: '500 g', price: 6_750 },
  { name: 'Delivery', detail: 'Yaba, tomorrow', price: 3_000 },
];

export const TOTAL = ORDER.reduce((sum, { price }) => sum + price, 0);
