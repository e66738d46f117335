import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {applicationPath, listPath, rolloutPath} from '../data/place';
import {Story} from '../data/story';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import type {Status} from '../model/messages';
import {view} from '../model/phase';
import {badge} from '../part/badge';
import {icon} from '../part/icon';
import {applicationName, revisions} from '../part/names';
import {Part} from '../part/part';
import '../part/time';
import {actions} from '../view/actions';
import {holdsPanel} from '../view/holds-panel';
import {linksPanel} from '../view/links-panel';
import {queriesPanel} from '../view/queries-panel';
import {readinessPanel} from '../view/readiness-panel';
import {stepsPanel} from '../view/steps-panel';
import {targetsPanel} from '../view/targets-panel';
import {weightPanel} from '../view/weight-panel';
import {assessed, observed, wentBack, whyPanel} from '../view/why-panel';
import '../view/audit-panel';

/** One target of one rollout: where it stands and why, what it waits for, and everything that led here. */
@customElement('rollout-page')
class RolloutPage extends Part {
  @property() application = '';
  @property() target = '';
  private story: Story | null = null;
  private scrolledTo = '';

  private readonly changed = () => this.requestUpdate();

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-place', this.changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-place', this.changed);
    this.story?.end();
    this.story = null;
  }

  override willUpdate(changes: PropertyValues): void {
    if (this.story?.application !== this.application) {
      this.story?.end();
      this.story = new Story(this.application);
      this.story.addEventListener('change', this.changed);
    }
    if (changes.has('target') || changes.has('application')) {
      document.title = `${this.application} · ${this.target} · Sluice`;
    }
  }

  /** A link to a part of the page leads there as soon as there is something to see. */
  override updated(): void {
    if (this.story?.loaded && location.hash === '#weight' && this.scrolledTo !== location.href) {
      this.scrolledTo = location.href;
      this.querySelector('#weight')?.scrollIntoView();
    }
  }

  override render(): TemplateResult {
    const status = store.statuses.get(`${this.application}/${this.target}`);
    if (!store.loaded) {
      return html`<main class="rollout" id="main" tabindex="-1" aria-busy="true"><h1 class="unseen">${this.application}, ${this.target}</h1><p class="unseen" role="status">Loading</p>
        ${[0, 1, 2, 3].map(() => html`<div class="ghost tall" aria-hidden="true"></div>`)}</main>`;
    }
    return status ? this.page(status, this.story!) : this.unknown();
  }

  private page(status: Status, story: Story): TemplateResult {
    return html`<main class="rollout" id="main" tabindex="-1">
      ${this.head(status)}
      ${story.failure ? html`<p class="hint bad-text" role="status">What happened before can’t be told now: ${story.failure}.</p>` : nothing}
      ${whyPanel(status, story)}${observed(status)}${assessed(status, story)}
      <div class="columns">
        <div>${weightPanel(status, story)}${queriesPanel(status, story)}${targetsPanel(status, story)}${readinessPanel(status)}</div>
        <div>${stepsPanel(status, story)}${holdsPanel(status, story)}${linksPanel(status)}</div>
      </div>
      <audit-panel .story=${story} .target=${this.target} .audit=${story.auditOf(this.target)}></audit-panel>
    </main>`;
  }

  private head(status: Status): TemplateResult {
    const targets = store.targetsOf(this.application).sort((a, b) => (a.target < b.target ? -1 : 1));
    return html`<div class="head">
      <p class="crumbs"><a href=${listPath()}>${icon('left')} Rollouts</a> <a href=${applicationPath(this.application)}>History of ${this.application}</a></p>
      <h1>${applicationName(this.application)} <span class="target">${this.target}</span> ${revisions(status)}</h1>
      ${targets.length > 1 ? html`<nav class="tabs" aria-label="Targets">${targets.map((it) => html`<a href=${rolloutPath(it)} aria-current=${it.target === this.target ? 'page' : 'false'} class=${view(it).tone}>
        ${icon(view(it).icon)}${it.target}<span class="number">${it.weight?.applied == null ? '' : `${it.weight.applied} %`}</span><span class="unseen">${view(it).words}</span></a>`)}</nav>` : nothing}
      <div class="state">
        <div class="state-words"><span role="status">${badge(status)} ${wentBack(status) ? nothing : html`<b>${status.reason ?? status.reasonCode}</b>`}</span>
          <span class="muted">for <s-time mode="since" at=${status.since ?? status.updatedAt}></s-time>${status.startedAt ? html` · started <s-time at=${status.startedAt}></s-time>` : nothing}${status.actor ? html` by ${status.actor}` : nothing}${status.retryOf ? html` · retry of ${status.retryOf}` : nothing}${status.undoOf ? html` · takes back ${status.undoOf}` : nothing}${status.queued ? html` · ${status.queued} waits for its end` : nothing}</span>
        </div>
        ${actions(status)}
      </div>
    </div>`;
  }

  private unknown(): TemplateResult {
    return html`<main class="rollout" id="main" tabindex="-1"><div class="empty"><h1>${this.application}, ${this.target}</h1>
      <p>The status topic tells of no such target. It may have been forgotten since, or never began.</p>
      <p><a href=${applicationPath(this.application)}>What ${this.application} went through</a> · <a href=${listPath()}>All rollouts</a></p></div></main>`;
  }
}

export type {RolloutPage};
