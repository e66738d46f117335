import {html, nothing, type TemplateResult} from 'lit';
import {ask} from '../data/place';
import {rolloutPath} from '../data/place';
import {rights} from '../data/rights';
import {store} from '../data/store';
import {approvalBar} from '../model/access';
import {yours, type Need, type Needed} from '../model/attention';
import {many} from '../model/words';
import {badge} from '../part/badge';
import {bar, weightWords} from '../part/bar';
import {applicationName} from '../part/names';
import {icon} from '../part/icon';
import '../part/time';
import {actions} from './actions';

const SHOWN = 5;

const WORDS: Record<Need, string> = {degraded: 'is stuck going back', you: 'waits for you', others: 'waits for others', rolledBack: 'went back'};
const TONES: Record<Need, string> = {degraded: 'bad', you: 'person', others: 'quiet', rolledBack: 'bad'};

function row({need, status}: Needed): TemplateResult {
  const {roles, approvals} = status.waitingFor ?? {};
  const words = need === 'others' && store.me === undefined ? 'waits for somebody' : WORDS[need];
  const bars = need === 'others' ? approvalBar(status, rights(status.application) ?? store.me) : null;
  return html`<li class="need ${TONES[need]}">
    <div class="need-what">
      <a href=${rolloutPath(status)}>${applicationName(status.application)} <span class="target">${status.target}</span></a>
      <span class="need-words">${words} <span class="muted">for <s-time mode="since" at=${status.since ?? status.updatedAt}></s-time></span></span>
      <p>${status.reason ?? ''}${roles?.length ? html` <span class="muted">· role ${roles.join(' or ')}</span>` : nothing}${approvals && approvals.needed > 1
        ? html` <span class="muted">· ${approvals.by.length} of ${approvals.needed}</span>` : nothing}${bars ? html` <span class="muted">· ${bars}</span>` : nothing}</p>
    </div>
    <div class="need-weight livenum">${need === 'rolledBack' ? badge(status) : html`${bar(status.weight ?? {})}<span class="number">${weightWords(status.weight ?? {})}</span>`}</div>
    ${actions(status, need === 'rolledBack' ? ['retry'] : ['approve', 'resume', 'finalize', 'abort'])}
  </li>`;
}

/** What needs a person comes first on the page, those that this person can help before all others. */
export function needsList(all: Needed[]): TemplateResult {
  const own = yours(all, store.me);
  return html`<section class="needs" aria-labelledby="needs-title">
    <h2 id="needs-title">Needs attention <span class="count">${all.length}</span>${own && own < all.length ? html`<small>${many(own, 'is', 'are')} yours to act on</small>` : nothing}</h2>
    ${all.length === 0 && store.coming > 0 ? html`<p class="calm muted">${many(store.coming, 'rollout')} still to come …</p>` : all.length === 0
      ? html`<p class="calm">${icon('check')} Nothing waits for anybody, nothing is degraded, nothing went back.</p>`
      : html`<ul>${all.slice(0, SHOWN).map(row)}</ul>`}
    ${all.length > SHOWN ? html`<button class="quiet-button more" @click=${() => ask({needs: '1', phase: null}, false)}>Show all ${all.length} in the list</button>` : nothing}
  </section>`;
}
