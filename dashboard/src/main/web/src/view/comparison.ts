import {html, type TemplateResult} from 'lit';
import type {PastRollout} from '../model/messages';
import {duration, many} from '../model/words';
import {phaseBadge} from '../part/badge';
import '../part/time';
import {panel} from './panel';
import {lasted, spent, SPENT} from './spent-bar';

/** Two releases side by side, line by line. */
export function comparison(first: PastRollout, second: PastRollout): TemplateResult {
  const [a, b] = first.startedAt < second.startedAt ? [first, second] : [second, first];
  const row = (label: string, of: (it: PastRollout) => unknown) => html`<tr><th scope="row">${label}</th><td>${of(a)}</td><td>${of(b)}</td></tr>`;
  const went = (it: PastRollout, key: string) => spent(it).find(([name]) => name === key)?.[1];
  const names = [...new Set([...a.targets, ...b.targets].map((it) => it.target))];
  return panel(`${a.revision ?? a.rollout} beside ${b.revision ?? b.rollout}`, html`<div class="scroll" tabindex="0" role="region" aria-label="Two releases compared"><table class="data comparison">
    <thead><tr><td></td><th scope="col">${a.revision ?? a.rollout}</th><th scope="col">${b.revision ?? b.rollout}</th></tr></thead><tbody>
    ${row('Outcome', (it) => phaseBadge(it.phase))}
    ${row('Started', (it) => html`<s-time mode="clock" at=${it.startedAt}></s-time>${it.actor ? ` by ${it.actor}` : ''}`)}
    ${row('Lasted', lasted)}
    ${Object.entries(SPENT).filter(([key]) => went(a, key) || went(b, key)).map(([key, words]) => row(`· ${words}`, (it) => (went(it, key) ? duration(went(it, key)!) : '–')))}
    ${names.map((name) => row(name, (it) => {
      const target = it.targets.find((one) => one.target === name);
      return target ? html`${phaseBadge(target.phase)} step ${target.step} of ${target.steps}<br><span class="muted">${target.reason ?? ''}${target.driftCount ? ` · ${many(target.driftCount, 'hand edit')}` : ''}</span>` : '–';
    }))}</tbody></table></div>`);
}
