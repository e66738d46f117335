import {html, nothing, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {fleet} from '../data/api';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import type {Figures, Spread} from '../model/messages';
import {count, fineDuration, NOT_KNOWN, percent, value} from '../model/words';
import {Part} from '../part/part';
import '../part/time';
import {appliersPanel} from '../view/appliers-panel';
import {panel} from '../view/panel';

const figure = (label: string, number: string, words: unknown) => html`<div><dt>${label}</dt><dd class="number ${number === NOT_KNOWN ? 'unknown' : ''}">${number}</dd><dd class="muted">${words}</dd></div>`;

const spread = (label: string, of: Spread | null | undefined, words: string) => figure(label, of ? fineDuration(of.medianMillis) : NOT_KNOWN,
  of ? html`${words}: half within that, nine in ten within ${fineDuration(of.p90Millis)}, the longest ${fineDuration(of.longestMillis)} (${count(of.count)} counted)` : `${words}: none was seen`);

/** How releases went of late: how often, how many went back, how long they took, how fast it was over. */
@customElement('fleet-page')
class FleetPage extends Part {
  @state() private figures: Figures | null = null;
  @state() private failure = '';

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Fleet · Sluice';
    fleet().then((found) => (this.figures = found), (e: Error) => (this.failure = e.message));
  }

  override render(): TemplateResult {
    const {figures: it, failure} = this;
    return html`<main class="plain-page" id="main" tabindex="-1"><div class="head"><h1>Fleet</h1>
      ${it ? html`<p class="muted">Each target of a rollout is one deployment. From <s-time mode="clock" at=${it.from}></s-time> to <s-time mode="clock" at=${it.to}></s-time>, as far back as the audit is remembered${it.complete ? '' : '; it is still being read'}.</p>` : nothing}</div>
      ${failure ? html`<p class="hint bad-text" role="status">The figures can’t be told now: ${failure}.</p>` : nothing}
      ${it ? panel('How releases went', html`<dl class="figures">
        ${figure('Deployments', it.promotedPerDay == null ? NOT_KNOWN : `${value(it.promotedPerDay)} a day`, html`${count(it.promoted)} promoted in all`)}
        ${figure('Change failure rate', it.changeFailureRate == null ? NOT_KNOWN : percent(it.changeFailureRate * 100), html`${count(it.wentBack)} of ${count(it.promoted + it.wentBack)} went back${it.falseAborts ? `, of which ${count(it.falseAborts)} wrongly` : ''}${it.missed ? `; ${count(it.missed)} promoted wrongly` : ''}`)}
        ${figure('False aborts', it.wentBack ? percent((100 * (it.falseAborts ?? 0)) / it.wentBack) : NOT_KNOWN, html`${count(it.falseAborts ?? 0)} of ${count(it.wentBack)} rollbacks, as far as people said`)}
        ${spread('Lead time', it.leadTime, 'From the start of a rollout to its promotion')}
        ${spread('Time to restore', it.timeToRestore, 'From the decision to go back until no route gave the canary traffic')}
      </dl>`) : failure ? nothing : html`<div class="ghost tall" aria-hidden="true"></div><p class="unseen" role="status">Loading</p>`}
      ${store.loaded ? appliersPanel(store.statuses.values()) : nothing}
    </main>`;
  }
}

export type {FleetPage};
