// The gallery's page: one frame for each state, dressed as the controls say. What is chosen stands in
// the address, so that a view can be sent to somebody.

const form = document.getElementById('dress');
const { states, languages } = await (await fetch('/gallery/states.json')).json();

const names = new Intl.DisplayNames('en', { type: 'language' });
for (const tag of languages) form.elements.language.append(new Option(names.of(tag), tag));
const asked = new URLSearchParams(location.search);
form.elements.language.value = 'en';
for (const [name, value] of asked) {
  const field = form.elements[name];
  if (field?.type === 'checkbox') field.checked = true;
  else if (field) field.value = value;
}

/** What a frame's address carries beside its state. */
function dress() {
  const chosen = new FormData(form);
  const query = new URLSearchParams();
  for (const name of ['language', 'mode', 'color', 'pseudo']) {
    const value = chosen.get(name);
    if (value && value !== form.elements[name].defaultValue) query.set(name, value);
    else if (name === 'pseudo' && value) query.set(name, value);
  }
  return query;
}

const cards = states.map((state) => {
  const card = document.getElementById('card').content.cloneNode(true).firstElementChild;
  const frame = card.querySelector('iframe');
  frame.title = state.title;
  card.querySelector('a').textContent = state.title;
  card.querySelector('code').textContent = state.name;
  return { state, card, frame };
});

for (const screen of new Set(states.map(({ screen }) => screen))) {
  const section = document.createElement('section');
  section.id = screen.toLowerCase().replaceAll(' ', '-');
  const heading = document.createElement('h2');
  heading.textContent = screen;
  const grid = document.createElement('div');
  grid.className = 'cards';
  grid.append(...cards.filter(({ state }) => state.screen === screen).map(({ card }) => card));
  section.append(heading, grid);
  document.getElementById('all').append(section);
  const link = document.createElement('a');
  link.href = `#${section.id}`;
  link.textContent = screen;
  document.getElementById('screens').append(link);
}

function lay() {
  const [width, height] = form.elements.size.value.split('x').map(Number);
  const scale = width > 1000 ? 0.45 : 0.8;
  const { style } = document.documentElement;
  for (const [name, size] of Object.entries({ 'frame-width': width, 'frame-height': height })) style.setProperty(`--${name}`, `${size}px`);
  style.setProperty('--shown-width', `${width * scale}px`);
  style.setProperty('--shown-height', `${height * scale}px`);
  style.setProperty('--scale', String(scale));
}

function show() {
  lay();
  const more = dress();
  for (const { state, card, frame } of cards) {
    const address = state.address + (more.size ? `&${more}` : '');
    if (frame.getAttribute('src') !== address) frame.src = address;
    card.querySelector('a').href = address;
  }
  const all = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history.replaceState(null, '', `?${all}${location.hash}`);
}

function find() {
  const words = form.elements.find.value.toLowerCase().split(/\s+/);
  for (const { state, card } of cards) {
    const text = `${state.name} ${state.title} ${state.screen}`.toLowerCase();
    card.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of document.querySelectorAll('section')) {
    section.hidden = !section.querySelector('.card:not([hidden])');
  }
}

form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('change', show);
form.addEventListener('input', find);
show();
find();
