import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {ask, asked, rolloutPath} from '../data/place';
import {keyOf, type Status} from '../model/messages';
import {badge} from '../part/badge';
import {bar, weightWords} from '../part/bar';
import {applicationName, revisions} from '../part/names';
import {Part} from '../part/part';
import {styled} from '../part/styled';
import '../part/time';

const ROW = 54;
const PHONE_ROW = 104;
const BEYOND = 6;
/** What stays above the rows while they scroll. */
const HEAD = 92;
const phone = matchMedia('(max-width: 720px)');

/** Until something happens by itself to what it waits for: beside a person's word, that is only what takes it from them. */
function left({waitingFor, nextAt}: Status): TemplateResult | typeof nothing {
  const at = waitingFor?.kind === 'approval' ? waitingFor.until : nextAt;
  return at ? html` <span class="muted">· <s-time mode="left" at=${at}></s-time> left</span>` : nothing;
}

/** As many rows as fit the window, however many there are; the window scrolls, and rows keep their height. */
@customElement('rollout-rows')
class RolloutRows extends Part {
  @property({attribute: false}) rows: Status[] = [];
  private wanted: number | null = null;

  private readonly moved = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('scroll', this.moved, {passive: true});
    addEventListener('resize', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('scroll', this.moved);
    removeEventListener('resize', this.moved);
  }

  private get rowHeight(): number {
    return phone.matches ? PHONE_ROW : ROW;
  }

  private range(): [number, number] {
    const body = this.querySelector('.rows-body');
    const top = body ? -body.getBoundingClientRect().top : 0;
    const first = Math.max(0, Math.floor(top / this.rowHeight) - BEYOND);
    const fits = Math.ceil(innerHeight / this.rowHeight) + 2 * BEYOND;
    return [Math.min(first, Math.max(0, this.rows.length - fits)), Math.min(this.rows.length, first + fits)];
  }

  override render(): TemplateResult {
    const [first, end] = this.range();
    const shown = this.rows.slice(first, end);
    return html`<div class="rows" role="table" aria-label="Rollouts" aria-rowcount=${this.rows.length + 1}>
      <div class="rows-head" role="rowgroup"><div class="row" role="row" aria-rowindex="1">
        ${this.head('application', 'Rollout')}${this.head('', 'Revision')}${this.head('phase', 'Phase')}${this.head('weight', 'Weight')}${this.head('', 'Step')}${this.head('since', 'Since')}${this.head('', 'Why')}
      </div></div>
      <div class="rows-body" role="rowgroup" ${styled({height: `${this.rows.length * this.rowHeight}px`})}>
        ${repeat(shown, keyOf, (it, i) => this.row(it, first + i))}
      </div>
    </div>`;
  }

  private head(sort: string, words: string): TemplateResult {
    const isSorted = sort !== '' && asked('sort') === sort;
    return html`<span role="columnheader" aria-sort=${isSorted ? (sort === 'application' || sort === 'phase' ? 'ascending' : 'descending') : 'none'}>${sort
      ? html`<button class="sort" @click=${() => ask({sort: isSorted ? null : sort})}>${words}${isSorted ? (sort === 'application' || sort === 'phase' ? ' ↑' : ' ↓') : nothing}</button>` : words}</span>`;
  }

  private row(it: Status, index: number): TemplateResult {
    const weight = it.weight ?? {};
    return html`<div class="row" role="row" aria-rowindex=${index + 2} data-index=${index} data-key=${keyOf(it)} ${styled({transform: `translateY(${index * this.rowHeight}px)`, height: `${this.rowHeight}px`})}>
      <span class="cell-name" role="cell"><a href=${rolloutPath(it)}>${applicationName(it.application)}</a><small>${it.target}${it.cluster && it.cluster !== it.target ? html` · ${it.cluster}` : nothing}</small></span>
      <span class="cell-revision" role="cell">${revisions(it)}</span>
      <span class="cell-phase" role="cell">${badge(it)}</span>
      <span class="cell-weight livenum" role="cell">${bar(weight)}<span class="number">${weightWords(weight)}</span></span>
      <span class="cell-step number" role="cell">${it.step}<span class="muted">/${it.steps}</span></span>
      <span class="cell-since number" role="cell"><s-time mode="since" at=${it.since ?? it.updatedAt}></s-time></span>
      <span class="cell-why" role="cell" title=${it.reason ?? ''}>${it.reason ?? ''}${left(it)}</span>
    </div>`;
  }

  override firstUpdated(): void {
    performance.mark('sluice-rows');
    this.requestUpdate();
  }

  override updated(): void {
    if (this.wanted !== null) {
      this.querySelector<HTMLElement>(`[data-index="${this.wanted}"] a`)?.focus({preventScroll: true});
      this.wanted = null;
    }
  }

  /** The row that has the focus; null where none has. */
  get chosen(): Status | null {
    const row = document.activeElement?.closest<HTMLElement>('rollout-rows .rows-body .row');
    return row ? (this.rows[Number(row.dataset.index)] ?? null) : null;
  }

  /** Moves the focus up or down, and scrolls as far as needed. */
  step(by: number): void {
    if (this.rows.length === 0) {
      return;
    }
    const {chosen} = this;
    const body = this.querySelector('.rows-body')!.getBoundingClientRect();
    const firstSeen = Math.max(0, Math.ceil((HEAD - body.top) / this.rowHeight));
    const index = Math.max(0, Math.min(this.rows.length - 1, chosen ? this.rows.indexOf(chosen) + by : firstSeen));
    const top = body.top + index * this.rowHeight;
    if (top < HEAD) {
      scrollBy(0, top - HEAD);
    } else if (top + this.rowHeight > innerHeight) {
      scrollBy(0, top + this.rowHeight - innerHeight + 8);
    }
    this.wanted = index;
    this.requestUpdate();
  }
}

export type {RolloutRows};
