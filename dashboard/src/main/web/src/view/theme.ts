/** Dark or light as the machine says, unless a person says otherwise here. */
export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'sluice.theme';
const NEXT: Record<Theme, Theme> = {auto: 'light', light: 'dark', dark: 'auto'};

export const theme = (): Theme => (localStorage.getItem(KEY) as Theme) ?? 'auto';

export function showTheme(): void {
  document.documentElement.dataset.theme = theme();
}

export function nextTheme(): void {
  const next = NEXT[theme()];
  next === 'auto' ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, next);
  showTheme();
  dispatchEvent(new Event('sluice-theme'));
}

/** Charts draw colours that stylesheets reckon. */
export function onThemeChange(run: () => void): () => void {
  const machine = matchMedia('(prefers-color-scheme: dark)');
  machine.addEventListener('change', run);
  addEventListener('sluice-theme', run);
  return () => {
    machine.removeEventListener('change', run);
    removeEventListener('sluice-theme', run);
  };
}
