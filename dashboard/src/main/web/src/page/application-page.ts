import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {history} from '../data/api';
import {ask, asked, listPath, rolloutPath} from '../data/place';
import {may} from '../data/rights';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import type {Audit, PastRollout, Status} from '../model/messages';
import {phaseBadge} from '../part/badge';
import {icon} from '../part/icon';
import {applicationName} from '../part/names';
import {Part} from '../part/part';
import '../part/time';
import {intend} from '../view/commanding';
import {comparison} from '../view/comparison';
import {panel} from '../view/panel';
import {lasted, spentBar, SPENT} from '../view/spent-bar';

/** Of a rollout that the status topic may tell nothing of any more. */
const pastStatus = (application: string, {rollout, revision, phase, startedAt}: PastRollout): Status =>
  ({application, rollout, revision, phase, target: '', step: 0, steps: 0, generation: 0, sequence: 0, version: 0, reasonCode: '', updatedAt: startedAt});

/** What an application went through, rollout by rollout, and two of them side by side. */
@customElement('application-page')
class ApplicationPage extends Part {
  @property() application = '';
  @state() private past: PastRollout[] | null = null;
  @state() private failure = '';

  private readonly moved = () => this.requestUpdate();
  private readonly decided = (e: Event) => {
    const {application, decision} = (e as CustomEvent<Audit>).detail;
    if (decision === 'Assessed' && application === this.application) {
      this.load();
    }
  };

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-place', this.moved);
    store.addEventListener('audit', this.decided);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-place', this.moved);
    store.removeEventListener('audit', this.decided);
  }

  override willUpdate(changes: PropertyValues): void {
    if (changes.has('application')) {
      document.title = `${this.application} · Sluice`;
      this.past = null;
      this.load();
    }
  }

  private load(): void {
    this.failure = '';
    history(this.application).then((found) => (this.past = found), (e: Error) => (this.failure = e.message));
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
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Rollouts of the application"><table class="data history"><thead><tr><th scope="col"><span class="unseen">Compare</span></th>${['Revision', 'Outcome', 'Started', 'Lasted', 'Time went into', 'Why', 'By', 'Was it right?'].map((it) => html`<th scope="col">${it}</th>`)}</tr></thead>
      <tbody>${past.map((it) => html`<tr>
        <td><input type="checkbox" aria-label="Compare ${it.revision ?? it.rollout}" .checked=${chosen.includes(it.rollout)} @change=${() => this.choose(it.rollout, chosen)}></td>
        <th scope="row">${it.revision ?? 'not known'}<small>${it.rollout}</small></th><td>${phaseBadge(it.phase)}</td><td><s-time mode="clock" at=${it.startedAt}></s-time></td>
        <td class="number">${lasted(it)}</td><td>${spentBar(it)}</td><td>${it.targets.find((one) => one.phase === it.phase)?.reason ?? ''}</td><td>${it.actor ?? ''}</td><td>${this.assessment(it)}</td></tr>`)}</tbody></table></div>
      <p class="legend" aria-hidden="true">${Object.entries(SPENT).map(([key, words]) => html`<span class="spent-${key}">${words}</span>`)}</p>`;
  }

  private assessment(it: PastRollout): TemplateResult {
    const {assessment: said} = it;
    const isOffered = (it.phase === 'RolledBack' || it.phase === 'Promoted') && may('assess', this.application);
    return html`${said ? html`<b>${said.ending}</b><small>${said.actor}${said.reason ? `: ${said.reason}` : ''}</small>` : nothing}
      ${isOffered ? html`<button class="small" data-command="assess" aria-label="Say whether ${it.revision ?? it.rollout} ended rightly" @click=${() => intend({type: 'assess', status: pastStatus(this.application, it)})}>Say</button>` : nothing}`;
  }

  private choose(id: string, chosen: string[]): void {
    const next = chosen.includes(id) ? chosen.filter((it) => it !== id) : [...chosen, id].slice(-2);
    ask({compare: next.join(',')});
  }
}

export type {ApplicationPage};
