/** The theme: the system's, or one that was chosen and is remembered in this browser. */
const KEY = 'hyperflow.theme';
const NAMES = {auto: 'Auto', light: 'Light', dark: 'Dark'};
const ORDER = Object.keys(NAMES);

const root = document.documentElement.dataset;
const system = matchMedia('(prefers-color-scheme: dark)');

/** Lets a button go through the themes, and follows the system while none is chosen. */
export function themeButton(button) {
  const name = button.querySelector('span');
  const apply = () => {
    const systems = system.matches ? 'dark' : 'light';
    root.theme = root.choice === 'auto' ? systems : root.choice;
    name.textContent = NAMES[root.choice];
    button.setAttribute('aria-label', `Theme: ${NAMES[root.choice]}. Change`);
  };
  if (!(root.choice in NAMES)) {
    root.choice = 'auto';
  }
  button.addEventListener('click', () => {
    root.choice = ORDER[(ORDER.indexOf(root.choice) + 1) % ORDER.length];
    remember(root.choice);
    apply();
  });
  system.addEventListener('change', apply);
  apply();
}

function remember(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Storage may be forbidden; the choice lasts as long as the page then.
  }
}
