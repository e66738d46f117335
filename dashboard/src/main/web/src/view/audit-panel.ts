import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {asked} from '../data/place';
import type {Story} from '../data/story';
import {isHandEdit, isPeoples, source} from '../model/happenings';
import type {Audit} from '../model/messages';
import {camelWords, many, utc} from '../model/words';
import {Part} from '../part/part';
import '../part/copy';
import '../part/time';

const KINDS: [string, (it: Audit) => boolean][] = [
  ['All', () => true],
  ['People', isPeoples],
  ['Refused', (it) => it.decision === 'Rejected'],
  ['Verdicts', (it) => it.event.type === 'verdict'],
  ['Hand edits', isHandEdit],
];
const FIRST = 60;

export const lineId = (it: Audit): string => `audit-${it.id.replace(/[^A-Za-z0-9_-]/g, '-')}`;

export const lineText = (it: Audit): string =>
  [utc(Date.parse(it.time)), it.application, it.target, it.decision, `by ${it.actor} (${source(it)})`, it.reason, it.event.reason && `“${it.event.reason}”`].filter(Boolean).join('  ');

/** Around the minute that the address names. */
const isNear = (it: Audit) => Math.abs(Date.parse(it.time) - Date.parse(asked('at'))) < 30_000;

/** Who decided what, when, why, and from where; every line can be linked to. */
@customElement('audit-panel')
class AuditPanel extends Part {
  @property({attribute: false}) audit: Audit[] = [];
  @property({attribute: false}) story!: Story;
  @property() target = '';
  @state() private kind = 'All';
  @state() private text = '';
  @state() private most = FIRST;
  @state() private isOldest = false;
  private scrolledTo = '';

  override render(): TemplateResult {
    const fits = KINDS.find(([name]) => name === this.kind)![1];
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = this.audit.filter((it) => fits(it) && words.every((word) => lineText(it).toLowerCase().includes(word)));
    const linked = hits.findIndex((it) => `#${lineId(it)}` === location.hash);
    const shown = hits.slice(0, Math.max(this.most, linked + 1));
    return html`<section class="panel audit" aria-label="Audit"><header><h2>Audit</h2>
        <div class="chips" role="group" aria-label="Kind of line">${KINDS.map(([name, test]) => html`<button class="chip" aria-pressed=${this.kind === name} @click=${() => (this.kind = name)}>${name}<b>${this.audit.filter(test).length}</b></button>`)}</div>
        <input type="search" aria-label="Filter the audit" placeholder="Filter" @input=${(e: Event) => (this.text = (e.target as HTMLInputElement).value)}></header>
      ${shown.length === 0 ? html`<p class="muted">${this.audit.length ? 'No line fits.' : this.story.loaded ? 'Nothing is remembered.' : 'Loading …'}</p>` : html`<ol class="audit-lines">${repeat(shown, (it) => it.id, (it) => this.line(it))}</ol>`}
      <footer>${hits.length > shown.length ? html`<button class="small" @click=${() => (this.most += 200)}>Show ${many(hits.length - shown.length, 'more line')}</button>` : nothing}
        ${this.isOldest ? html`<span class="muted">Nothing older is known.</span>` : html`<button class="small" @click=${this.older}>Older, from the engine</button>`}</footer>
    </section>`;
  }

  private line(it: Audit): TemplateResult {
    const id = lineId(it);
    const link = `${location.origin}${location.pathname}#${id}`;
    return html`<li id=${id} class=${`#${id}` === location.hash ? 'linked' : isNear(it) ? 'near' : ''}>
      <a class="when number" href="${location.pathname}${location.search}#${id}"><s-time mode="clock" at=${it.time}></s-time></a>
      <span class="what ${it.decision === 'Rejected' ? 'bad-text' : ''}">${camelWords(it.decision)}</span>
      <span class="actor">${it.actor}<small>${source(it)}</small></span>
      <span class="reason">${it.reason ?? ''}${it.event.reason && it.event.reason !== it.reason ? html` <q>${it.event.reason}</q>` : nothing}
        ${it.errors?.map((problem) => html`<br><code>${problem.pointer || '/'}</code> ${problem.message}`)}</span>
      <span class="line-tools"><copy-button .text=${lineText(it)} label="Copy the line"></copy-button><copy-button class="link" .text=${link} label="Copy a link to the line"></copy-button></span>
    </li>`;
  }

  override updated(): void {
    if (location.hash && location.hash !== this.scrolledTo) {
      const line = this.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
      if (line) {
        this.scrolledTo = location.hash;
        line.scrollIntoView({block: 'center'});
      }
    }
  }

  private async older(): Promise<void> {
    this.isOldest = !(await this.story.older().catch(() => false));
    this.most += 200;
  }
}

export type {AuditPanel};
