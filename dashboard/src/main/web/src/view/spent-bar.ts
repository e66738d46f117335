import {html, svg, type TemplateResult} from 'lit';
import type {PastRollout} from '../model/messages';
import {duration, isoMillis} from '../model/words';

/** What time went into: active work apart from waiting for people, windows and other targets. */
export const SPENT: Record<string, string> = {
  moving: 'moving weights', analysing: 'analyses', pausing: 'pauses of the file', people: 'waiting for people', held: 'windows, freezes, others', pending: 'not begun',
};

/** Of the target that took longest, as targets go on side by side. */
export function spent(it: PastRollout): [string, number][] {
  const sums = it.targets.map(({spent: of}) => Object.entries(of ?? {}).map(([key, text]): [string, number] => [key.toLowerCase(), isoMillis(text) ?? 0]).filter(([, millis]) => millis > 0));
  const total = (parts: [string, number][]) => parts.reduce((sum, [, millis]) => sum + millis, 0);
  return sums.sort((a, b) => total(b) - total(a))[0] ?? [];
}

export const lasted = (it: PastRollout): string => (it.endedAt ? duration(Date.parse(it.endedAt) - Date.parse(it.startedAt)) : 'running');

export function spentBar(it: PastRollout): TemplateResult {
  const parts = spent(it);
  const total = parts.reduce((sum, [, millis]) => sum + millis, 0);
  if (total === 0) {
    return html`<span class="muted">${it.endedAt ? 'not counted' : '–'}</span>`;
  }
  const words = parts.map(([key, millis]) => `${SPENT[key] ?? key} ${duration(millis)}`).join(', ');
  let x = 0;
  return html`<svg class="spent" role="img" aria-label=${words}><title>${words}</title>${parts.map(([key, millis]) => {
    const rect = svg`<rect class="spent-${key}" x="${(x / total) * 100}%" width="${(millis / total) * 100}%" height="100%"></rect>`;
    x += millis;
    return rect;
  })}</svg>`;
}
