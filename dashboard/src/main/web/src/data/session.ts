/** The bearer token that a person pasted: kept for this tab alone, and never in a URL. */
const KEY = 'sluice.token';

export const token = (): string | null => sessionStorage.getItem(KEY);

export function keepToken(text: string | null): void {
  if (text) {
    sessionStorage.setItem(KEY, text.trim().replace(/^Bearer\s+/i, ''));
  } else {
    sessionStorage.removeItem(KEY);
  }
}

export function headers(more: Record<string, string> = {}): Record<string, string> {
  const bearer = token();
  return bearer ? {...more, Authorization: `Bearer ${bearer}`} : more;
}
