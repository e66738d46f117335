import {html, nothing, type TemplateResult} from 'lit';
import type {Story} from '../data/story';
import {happenings} from '../model/happenings';
import type {Status} from '../model/messages';
import {isOver} from '../model/phase';
import {NOT_KNOWN, percent} from '../model/words';
import {bar} from '../part/bar';
import {icon} from '../part/icon';
import './weight-over-time';
import {panel} from './panel';

const number = (label: string, weight: number | null | undefined, hint: string) =>
  html`<div title=${hint}><dt>${label}</dt><dd class="number ${weight == null ? 'unknown' : ''}">${percent(weight)}</dd></div>`;

const inForce = (said: boolean | null | undefined) =>
  said === true ? html`<span class="good-text">${icon('check')} in force</span>` : said === false ? html`<span class="bad-text">${icon('cross')} not in force</span>` : html`<span class="muted">in force: ${NOT_KNOWN}</span>`;

/** Desired, applied and observed, as numbers and one bar; and how it came to be. */
export function weightPanel(status: Status, story: Story): TemplateResult {
  const weight = status.weight ?? {};
  const points = story.weightsOf(status);
  return html`<div id="weight">${panel('Weight', html`
    <div class="livenum">
      <dl class="weights">
        ${number('Desired', weight.desired, 'What was ordered')}
        ${number('Applied', weight.applied, 'The highest that any of its routes carries')}
        ${number('Observed', weight.observed, 'The share of requests as measured')}
      </dl>
      ${bar(weight, true)}
    </div>
    ${status.routes?.length ? html`<ul class="routes">${status.routes.map(({route, applied, desired, inForce: said}) =>
      html`<li><code>${route}</code><span class="number">${applied === desired ? percent(applied) : `${percent(applied)} → ${percent(desired)}`}</span>${inForce(said)}</li>`)}</ul>` : nothing}
    ${status.match ? html`<p class="muted">Requests that match go to the canary whatever the weight: <code>${JSON.stringify(status.match)}</code></p>` : nothing}
    ${status.mirror ? html`<p class="muted">The canary gets copies of ${percent(status.mirror.percentage)} of the requests.</p>` : nothing}
    ${status.step === 0 && points.length === 0 ? nothing : html`<weight-over-time .points=${points} .happenings=${happenings(story.auditOf(status.target), story.verdictsOf(status), status)} .running=${!isOver(status)} .loaded=${story.loaded}></weight-over-time>`}
  `)}</div>`;
}
