import {html, nothing, type TemplateResult} from 'lit';
import type {Story} from '../data/story';
import {store} from '../data/store';
import {isHandEdit} from '../model/happenings';
import type {Status} from '../model/messages';
import {many, NOT_KNOWN} from '../model/words';
import {icon} from '../part/icon';
import '../part/time';
import {freezeLine} from './freeze-line';
import {panel} from './panel';

function drift(status: Status, story: Story): TemplateResult {
  const edits = story.auditOf(status.target).filter((it) => isHandEdit(it) && it.rollout === status.rollout);
  const {count = 0, actor} = status.drift ?? {};
  return count === 0 && edits.length === 0
    ? html`<p class="muted">No hand edit was seen.</p>`
    : html`<p>${icon('hand')} <b>${many(Math.max(count, edits.length), 'hand edit')}</b>${actor ? html`, last by <b>${actor}</b>` : nothing}</p>
      <ul class="lines">${edits.slice(0, 5).map((it) => html`<li><s-time mode="clock" at=${it.time}></s-time> ${it.actor}: ${it.reason ?? it.decision}</li>`)}</ul>`;
}

function window(story: Story): TemplateResult | typeof nothing {
  const now = story.view?.window;
  return now ? html`<p>${icon('clock')} <b>Windows are ${now.open ? 'open' : 'closed'}</b>${now.until ? html` until <s-time mode="clock" at=${now.until}></s-time>, <s-time mode="left" at=${now.until}></s-time> left` : ''}${now.reason ? html`<br><span class="muted">${now.reason}</span>` : nothing}</p>` : nothing;
}

/** What may hold it: windows and freezes now and next; and what others did to its routes. */
export function holdsPanel(status: Status, story: Story): TemplateResult {
  const holding = status.waitingFor?.kind === 'freeze' ? status.waitingFor.name : null;
  const {freezes} = store;
  const over = (freezes ?? []).filter((it) => it.id === holding || Object.entries(it.labels ?? {}).every(([name, value]) => status.labels?.[name] === value));
  const others = (freezes ?? []).length - over.length;
  return html`${panel('Windows and freezes', html`${window(story)}
    ${over.length ? html`<ul class="lines">${over.map((it) => html`<li>${freezeLine(it)}</li>`)}</ul>` : freezes === null ? html`<p class="muted">Which freezes stand is ${NOT_KNOWN}: the engine doesn’t say.</p>` : html`<p class="muted">No freeze holds this${others ? html`; <a href="/freezes">${many(others, 'is', 'are')} over others</a>` : nothing}.</p>`}`)}
    ${panel('Hand edits', drift(status, story))}`;
}
