import {html, type TemplateResult} from 'lit';
import {rolloutPath} from '../data/place';
import {appliers, type Applier} from '../model/appliers';
import type {Status} from '../model/messages';
import {count, many, NOT_KNOWN} from '../model/words';
import '../part/time';
import {panel} from './panel';

const SHOWN = 3;

const row = ({cluster, targets, running, heardAt, awaited}: Applier): TemplateResult => html`<tr>
  <th scope="row"><a href="/?q=${encodeURIComponent(`"cluster:${cluster}"`)}">${cluster}</a></th>
  <td class="number">${count(running)}<span class="muted"> of ${count(targets)}</span></td>
  <td>${heardAt ? html`<s-time at=${heardAt}></s-time>` : html`<span class="unknown">${NOT_KNOWN}</span>`}</td>
  <td>${awaited.length ? html`<span class="held">${many(awaited.length, 'target')}, for <s-time mode="since" at=${awaited[0].since ?? awaited[0].updatedAt}></s-time>:</span> ${awaited.slice(0, SHOWN).map((it) => html`<a href=${rolloutPath(it)}>${it.application} ${it.target}</a> `)}${awaited.length > SHOWN ? `and ${count(awaited.length - SHOWN)} more` : ''}` : html`<span class="muted">nothing</span>`}</td></tr>`;

/** Every cluster that a status names, and when whoever writes to it was last heard. */
export function appliersPanel(statuses: Iterable<Status>): TemplateResult {
  const found = appliers(statuses);
  return panel('Appliers', found.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Appliers by cluster"><table class="data appliers">
    <thead><tr><th scope="col">Cluster</th><th scope="col">Running</th><th scope="col">Last heard</th><th scope="col">Owes an answer to</th></tr></thead>
    <tbody>${found.map(row)}</tbody></table></div>` : html`<p class="muted">No status names a cluster.</p>`, html`<span class="muted">an applier speaks when something changes</span>`);
}
