import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {history} from '../data/api';
import {ask, asked, listPath, rolloutPath} from '../data/place';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import type {PastRollout} from '../model/messages';
import {phaseBadge} from '../part/badge';
import {icon} from '../part/icon';
import {applicationName} from '../part/names';
import {Part} from '../part/part';
import '../part/time';
import {comparison} from '../view/comparison';
import {panel} from '../view/panel';
import {lasted, spentBar, SPENT} from '../view/spent-bar';

/** What an application went through, rollout by rollout, and two of them side by side. */
@customElement('application-page')
class ApplicationPage extends Part {
  @property() application = '';
  @state() private past: PastRollout[] | null = null;
  @state() private failure = '';

  private readonly moved = () => this.requestUpdate();

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-place', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-place', this.moved);
  }

  override willUpdate(changes: PropertyValues): void {
    if (changes.has('application')) {
      document.title = `${this.application} · Sluice`;
      this.past = null;
      this.failure = '';
      history(this.application).then((found) => (this.past = found), (e: Error) => (this.failure = e.message));
    }
  }

  override render(): TemplateResult {
    const chosen = asked('compare').split(',').filter(Boolean);
    const [first, second] = chosen.map((id) => this.past?.find((it) => it.rollout === id));
    const running = store.targetsOf(this.application);
    return html`<main class="plain-page" id="main" tabindex="-1"><div class="head">
        <p class="crumbs"><a href=${listPath()}>${icon('left')} Rollouts</a></p><h1>${applicationName(this.application)}</h1>
        ${running.length ? html`<p class="muted">Now: ${running.map((it) => html`<a href=${rolloutPath(it)}>${it.target}</a> `)}</p>` : nothing}</div>
      ${this.failure ? html`<div class="empty"><p role="status">Its history can’t be told now: ${this.failure}.</p></div>` : nothing}
      ${first && second ? comparison(first, second) : nothing}
      ${this.past ? panel('Rollouts', this.table(this.past, chosen), html`<span class="muted">choose two to compare</span>`) : this.failure ? nothing : html`<div class="ghost tall" aria-hidden="true"></div><p class="unseen" role="status">Loading</p>`}
    </main>`;
  }

  private table(past: PastRollout[], chosen: string[]): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Rollouts of the application"><table class="data history"><thead><tr><th scope="col"><span class="unseen">Compare</span></th>${['Revision', 'Outcome', 'Started', 'Lasted', 'Time went into', 'Why', 'By'].map((it) => html`<th scope="col">${it}</th>`)}</tr></thead>
      <tbody>${past.map((it) => html`<tr>
        <td><input type="checkbox" aria-label="Compare ${it.revision ?? it.rollout}" .checked=${chosen.includes(it.rollout)} @change=${() => this.choose(it.rollout, chosen)}></td>
        <th scope="row">${it.revision ?? 'not known'}<small>${it.rollout}</small></th><td>${phaseBadge(it.phase)}</td><td><s-time mode="clock" at=${it.startedAt}></s-time></td>
        <td class="number">${lasted(it)}</td><td>${spentBar(it)}</td><td>${it.targets.find((one) => one.phase === it.phase)?.reason ?? ''}</td><td>${it.actor ?? ''}</td></tr>`)}</tbody></table></div>
      <p class="legend" aria-hidden="true">${Object.entries(SPENT).map(([key, words]) => html`<span class="spent-${key}">${words}</span>`)}</p>`;
  }

  private choose(id: string, chosen: string[]): void {
    const next = chosen.includes(id) ? chosen.filter((it) => it !== id) : [...chosen, id].slice(-2);
    ask({compare: next.join(',')});
  }
}

export type {ApplicationPage};
