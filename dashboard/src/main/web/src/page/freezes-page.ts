import {html, nothing, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {freezes} from '../data/api';
import {rolloutPath} from '../data/place';
import {may} from '../data/rights';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import type {Freeze, Status} from '../model/messages';
import {applicationName} from '../part/names';
import {Part} from '../part/part';
import '../part/time';
import {intend} from '../view/commanding';
import {freezeLine} from '../view/freeze-line';
import {panel} from '../view/panel';

/** What holds raises now and until when, who set it, and what waits for it. */
@customElement('freezes-page')
class FreezesPage extends Part {
  @state() private failure = '';

  private readonly load = async () => {
    try {
      store.freezes = await freezes();
      this.failure = '';
    } catch (e) {
      this.failure = (e as Error).message;
    }
    this.requestUpdate();
  };

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Freezes · Sluice';
    store.addEventListener('freezes', this.load);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    store.removeEventListener('freezes', this.load);
  }

  override render(): TemplateResult {
    const held = [...store.statuses.values()].filter((it) => it.waitingFor?.kind === 'freeze' || it.waitingFor?.kind === 'window').sort((a, b) => ((a.nextAt ?? '9') < (b.nextAt ?? '9') ? -1 : 1));
    return html`<main class="plain-page" id="main" tabindex="-1"><div class="head"><h1>Freezes and windows</h1><p class="muted">While a freeze stands no weight goes up. Going back never waits.</p></div>
      ${this.failure ? html`<p class="hint bad-text" role="status">The engine can’t be asked now: ${this.failure}. Shown is what was known last.</p>` : nothing}
      ${panel('Freezes that stand', store.freezes === null ? html`<p class="muted">${this.failure ? 'Not known.' : 'Loading …'}</p>` : store.freezes.length === 0 ? html`<p class="muted">None.</p>` : html`<ul class="lines spaced">${store.freezes.map((it) => this.freeze(it))}</ul>`,
        may('freeze', '*') ? html`<button class="danger-button" @click=${() => intend({type: 'freeze'})}>Freeze …</button>` : nothing)}
      ${panel('Held now, the next to open first', held.length === 0 ? html`<p class="muted">No rollout waits for a window or a freeze.</p>` : html`<ul class="lines spaced">${held.slice(0, 100).map(waits)}</ul>`, html`<span class="muted number">${held.length}</span>`)}
    </main>`;
  }

  private freeze(it: Freeze): TemplateResult {
    return html`<li><span>${freezeLine(it)} <code>${it.id}</code></span>${may('unfreeze', '*') ? html`<button class="small" @click=${() => intend({type: 'unfreeze', freeze: it})}>Lift …</button>` : nothing}</li>`;
  }
}

const waits = (it: Status) => html`<li><span><a href=${rolloutPath(it)}>${applicationName(it.application)} <span class="target">${it.target}</span></a> ${it.reason}
  <span class="muted">${it.nextAt ? html`· <s-time mode="left" at=${it.nextAt}></s-time> left` : ''}</span></span></li>`;

export type {FreezesPage};
