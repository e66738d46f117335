import {html, nothing, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {ask, asked} from '../data/place';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {needed, yours, type Needed} from '../model/attention';
import type {Status} from '../model/messages';
import {fields, found} from '../model/search';
import {many} from '../model/words';
import {Part} from '../part/part';
import {needsList} from '../view/needs-list';
import {chosenPhases, phaseChips} from '../view/phase-chips';
import '../view/rollout-rows';

/** All rollouts: what needs somebody first, then everything that fits the filters. */
@customElement('list-page')
class ListPage extends Part {
  private seen = '';
  private rows: Status[] = [];
  private needs: Needed[] = [];

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

  /** Worked out again only when statuses, filters or who looks changed. */
  private look(): void {
    const now = `${store.version} ${location.search}`;
    if (now !== this.seen) {
      this.seen = now;
      this.needs = needed(store.statuses.values(), store.me);
      const many = yours(this.needs, store.me);
      document.title = `${many ? `(${many}) ` : ''}Rollouts · Sluice`;
      this.rows = found(store.statuses.values(), {text: asked('q'), phases: chosenPhases(), needs: asked('needs') === '1', sort: asked('sort')}, store.me);
    }
  }

  override render(): TemplateResult {
    if (!store.loaded) {
      return loading();
    }
    this.look();
    const all = store.statuses.size;
    const isFiltered = !!(asked('q') || asked('phase') || asked('needs'));
    return html`<main class="list" id="main" tabindex="-1">
      <h1 class="unseen">Rollouts</h1>
      ${isFiltered ? nothing : needsList(this.needs)}
      <section aria-label="All rollouts">
        ${all === 0 ? nothing : phaseChips(store.statuses.values(), all, this.needs.length)}
        ${isFiltered ? html`<p class="found" role="status">${many(this.rows.length, 'rollout')} of ${all}${asked('q') ? html` with <b>${asked('q')}</b>` : nothing}
          <button class="small" @click=${() => ask({q: null, phase: null, needs: null})}>Clear the filters</button></p>` : nothing}
        ${store.leftOut ? html`<p class="found">The server keeps no more: ${many(store.leftOut, 'rollout')} that ended first ${store.leftOut === 1 ? 'is' : 'are'} left out.</p>` : nothing}
        ${all === 0 ? none : this.rows.length === 0 ? noHit : html`<rollout-rows .rows=${this.rows}></rollout-rows>`}
      </section>
    </main>`;
  }
}

const loading = () => html`<main class="list" id="main" tabindex="-1" aria-busy="true"><h1 class="unseen">Rollouts</h1>
  <p class="unseen" role="status">Loading rollouts</p>
  ${[0, 1, 2, 3, 4, 5, 6, 7].map(() => html`<div class="ghost" aria-hidden="true"></div>`)}</main>`;

const none = html`<div class="empty"><h2>No rollout yet</h2>
  <p>The status topic was read to its end and tells of none. Start one:</p>
  <pre tabindex="0"><code>sluice start -f rollout.yaml --revision 1.4.2</code></pre></div>`;

const noHit = html`<div class="empty"><h2>Nothing fits</h2>
  <p>Every word has to be somewhere in a rollout; <code>-word</code> leaves it out, and ${fields.slice(1, 7).map((it) => html`<code>${it}:</code> `)} look in one place.</p></div>`;

export type {ListPage};
