import {html, nothing, type TemplateResult} from 'lit';
import {store} from '../data/store';
import {appliers, isAwaited} from '../model/appliers';
import type {RouteStatus, Status} from '../model/messages';
import {kubectl, place} from '../model/objects';
import {NOT_KNOWN} from '../model/words';
import {icon} from '../part/icon';
import '../part/copy';
import '../part/time';
import {panel} from './panel';

const ready = (side: string, count: number | null | undefined) => html`<div><dt>${side}</dt><dd class="number ${count == null ? 'unknown' : count === 0 ? 'bad-text' : ''}">${count == null ? NOT_KNOWN : `${count} ready`}</dd></div>`;

/** Numbers are as old as the word of the applier that counted them, and say so. */
function route({route: identity, endpoints, heardAt}: RouteStatus): TemplateResult {
  const object = place(identity);
  return html`<li>
    ${object ? html`<p><b>${object.kind}</b> <code>${object.name}</code> in <code>${object.namespace}</code> of ${object.cluster}</p>` : html`<p><code>${identity}</code></p>`}
    <dl class="facts endpoints livenum">${ready('Active', endpoints?.active?.ready)}${ready('Canary', endpoints?.canary?.ready)}
      <div><dt>Counted</dt><dd>${heardAt ? html`<s-time at=${heardAt}></s-time>` : html`<span class="unknown">${NOT_KNOWN}</span>`}</dd></div></dl>
    ${object ? html`<p class="line-copy"><code>${kubectl(object)}</code> <copy-button .text=${kubectl(object)} label="Copy the line that shows the object of ${object.name}"></copy-button></p>` : nothing}
  </li>`;
}

function applier(status: Status): TemplateResult | typeof nothing {
  const [known] = appliers([...store.statuses.values()].filter(({cluster}) => cluster === status.cluster));
  return known ? html`<p class="applier">${isAwaited(status)
    ? html`<span class="held">${icon('clock')} The applier of <b>${known.cluster}</b> hasn’t answered yet, for <s-time mode="since" at=${status.since ?? status.updatedAt}></s-time></span>`
    : html`${icon('check')} The applier of <b>${known.cluster}</b> owes no answer here`}${known.heardAt ? html`; last heard <s-time at=${known.heardAt}></s-time>` : '; nothing of it is remembered'}</p>` : nothing;
}

/** What is behind the weights: endpoints as they were counted, who writes to the cluster, and the objects themselves. */
export function readinessPanel(status: Status): TemplateResult {
  return panel('Readiness', html`${applier(status)}
    ${status.routes?.length ? html`<ul class="objects">${status.routes.map(route)}</ul>` : html`<p class="muted">It has no route yet.</p>`}`);
}
