import {html, nothing, type TemplateResult} from 'lit';
import type {Story} from '../data/story';
import {rolloutPath} from '../data/place';
import {store} from '../data/store';
import type {Status} from '../model/messages';
import {badge} from '../part/badge';
import {bar, weightWords} from '../part/bar';
import {panel} from './panel';

/** Who waits for whom: by the file where it is known, by what the statuses say else. */
function waitsFor(status: Status, story: Story): string[] {
  const byFile = story.view?.rollout === status.rollout ? story.view.dependsOn?.[status.target] : undefined;
  const byStatus = status.waitingFor?.kind === 'target' ? (status.waitingFor.name ?? '').split(', ').filter(Boolean) : [];
  return byFile ?? byStatus;
}

function row(it: Status, here: Status, story: Story): TemplateResult {
  const needs = waitsFor(it, story);
  const blocks = it.waitingFor?.kind === 'target';
  const group = story.view?.lockstep?.find((one) => one.includes(it.target));
  return html`<tr class=${it.target === here.target ? 'here' : ''}>
    <th scope="row"><a href=${rolloutPath(it)}>${it.target}</a>${it.cluster && it.cluster !== it.target ? html`<small>${it.cluster}</small>` : nothing}</th>
    <td>${badge(it)}</td>
    <td><div class="livenum cell-weight">${bar(it.weight ?? {})}<span class="number">${weightWords(it.weight ?? {})}</span></div></td>
    <td class="order">${needs.length ? html`<span class=${blocks ? 'held' : 'muted'}>${blocks ? 'waits for' : 'after'} ${needs.join(', ')}</span>` : html`<span class="muted">–</span>`}${group ? html`<small>in step with ${group.filter((name) => name !== it.target).join(', ')}</small>` : nothing}</td>
  </tr>`;
}

/** The other targets of the application, and who blocks whom. */
export function targetsPanel(status: Status, story: Story): TemplateResult | typeof nothing {
  const targets = store.targetsOf(status.application);
  if (targets.length < 2) {
    return nothing;
  }
  const depth = (it: Status, seen: string[] = []): number => seen.includes(it.target) ? 0
    : 1 + Math.max(-1, ...waitsFor(it, story).map((name) => targets.find((one) => one.target === name)).filter((one) => !!one).map((one) => depth(one, [...seen, it.target])));
  const sorted = targets.map((it) => ({it, depth: depth(it)})).sort((a, b) => a.depth - b.depth || (a.it.target < b.it.target ? -1 : 1));
  return panel('Targets', html`<div class="scroll" tabindex="0" role="region" aria-label="Targets and what they wait for"><table class="data targets">
    <thead><tr><th scope="col">Target</th><th scope="col">Phase</th><th scope="col">Weight</th><th scope="col">Order</th></tr></thead>
    <tbody>${sorted.map(({it}) => row(it, status, story))}</tbody></table></div>`);
}
