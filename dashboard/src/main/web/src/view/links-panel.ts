import {html, nothing, type TemplateResult} from 'lit';
import type {Status} from '../model/messages';
import {icon} from '../part/icon';
import '../part/copy';
import {panel} from './panel';

/** Only what leads to the web: a status comes from a topic that others may write. */
const isWeb = (url: string) => /^https?:\/\//i.test(url);

/** Where to find more, and the names by which other tools know it. */
export function linksPanel(status: Status): TemplateResult {
  const links = (status.links ?? []).filter(({url}) => isWeb(url));
  const id = (label: string, text: string | number) => html`<dt>${label}</dt><dd><code>${text}</code> <copy-button .text=${String(text)} label="Copy ${label.toLowerCase()}"></copy-button></dd>`;
  return panel('Links and names', html`
    ${links.length ? html`<ul class="lines">${links.map(({name, url}) => html`<li><a href=${url} target="_blank" rel="noopener noreferrer">${icon('out')} ${name}</a></li>`)}</ul>` : nothing}
    <dl class="facts">${id('Rollout', status.rollout)}${status.cluster ? id('Cluster', status.cluster) : nothing}${status.active ? id('Active backend', status.active) : nothing}${id('Generation', `${status.generation}.${status.sequence}`)}</dl>`);
}
