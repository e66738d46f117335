import {html, nothing, type TemplateResult} from 'lit';
import {linkTemplates} from '../data/links';
import {now} from '../data/clock';
import {linksOf} from '../model/links';
import type {Status} from '../model/messages';
import {labelSearch} from '../model/search';
import {icon} from '../part/icon';
import '../part/copy';
import {panel} from './panel';

/** Characters of a label; the rest is in its title. */
const SHOWN = 120;

/** Each of them finds whatever else has it. */
const label = ([name, value]: [string, string]): TemplateResult => {
  const search = labelSearch(name, String(value));
  const pair = `${name}=${value}`;
  const words = html`<span class="label-words" title=${pair.length > SHOWN ? pair : nothing}>${pair.length > SHOWN ? `${pair.slice(0, SHOWN - 1)}…` : pair}</span>`;
  return html`<li>${search ? html`<a class="chip" href="/?q=${encodeURIComponent(search)}">${words}</a>` : html`<span class="chip">${words}</span>`}</li>`;
};

/** Where to find more, and the names by which other tools know it. */
export function linksPanel(status: Status): TemplateResult {
  const links = linksOf(status, linkTemplates(), now());
  const labels = Object.entries(status.labels ?? {});
  const id = (label: string, text: string | number) => html`<dt>${label}</dt><dd><code>${text}</code> <copy-button .text=${String(text)} label="Copy ${label.toLowerCase()}"></copy-button></dd>`;
  return panel('Links and names', html`
    ${links.length ? html`<ul class="lines">${links.map(({name, url}) => html`<li><a href=${url} target="_blank" rel="noopener noreferrer">${icon('out')} ${name}</a></li>`)}</ul>` : nothing}
    <dl class="facts">${id('Rollout', status.rollout)}${status.cluster ? id('Cluster', status.cluster) : nothing}${status.active ? id('Active backend', status.active) : nothing}${id('Generation', `${status.generation}.${status.sequence}`)}</dl>
    ${labels.length ? html`<ul class="chips labels" aria-label="Labels">${labels.map(label)}</ul>` : nothing}`);
}
