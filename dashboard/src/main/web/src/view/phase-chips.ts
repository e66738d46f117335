import {html, type TemplateResult} from 'lit';
import {ask, asked} from '../data/place';
import type {Phase, Status} from '../model/messages';
import {phases, phaseView} from '../model/phase';
import {count} from '../model/words';
import {icon} from '../part/icon';

export const chosenPhases = (): Phase[] => asked('phase').split(',').filter((it): it is Phase => phases.includes(it as Phase));

function toggle(phase: Phase): void {
  const chosen = chosenPhases();
  const next = chosen.includes(phase) ? chosen.filter((it) => it !== phase) : [...chosen, phase];
  ask({phase: next.join(',')});
}

/** How many there are of each phase; each is a filter that stands in the address. */
export function phaseChips(statuses: Iterable<Status>, total: number, needs: number): TemplateResult {
  const counts = new Map<Phase, number>();
  for (const {phase} of statuses) {
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  const chosen = chosenPhases();
  const onlyNeeds = asked('needs') === '1';
  const chip = (words: string, many: number, pressed: boolean, act: () => void, tone = '', shape = '') =>
    html`<button class="chip ${tone}" aria-pressed=${pressed} @click=${act}>${shape ? icon(shape) : ''}${words}<b>${count(many)}</b></button>`;
  return html`<div class="chips" role="group" aria-label="Filter by phase">
    ${chip('All', total, chosen.length === 0 && !onlyNeeds, () => ask({phase: null, needs: null}))}
    ${chip('Needs attention', needs, onlyNeeds, () => ask({needs: onlyNeeds ? null : '1'}), 'bad', 'alert')}
    ${phases.filter((phase) => counts.has(phase) || chosen.includes(phase)).map((phase) => {
      const {words, tone, icon: shape} = phaseView(phase);
      return chip(words, counts.get(phase) ?? 0, chosen.includes(phase), () => toggle(phase), tone, shape);
    })}
  </div>`;
}
