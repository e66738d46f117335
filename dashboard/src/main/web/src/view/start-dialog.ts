import {html, nothing, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {outcome, plan, Refusal, sendStart} from '../data/api';
import {go, rolloutPath} from '../data/place';
import {isAsking, may} from '../data/rights';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {newId} from '../model/command';
import {startLine, startMessage, verdict, type Plan, type Start} from '../model/start';
import {Part} from '../part/part';
import {result, type Progress} from './command-result';
import {equivalents} from './equivalents';
import {planned, unplanned} from './planned';
import {rolloutFile} from './rollout-file';

/** After the last key, until the engine is asked. */
const PATIENCE = 350;

/** A file that is dropped beside its place would take the page's. */
const stay = (e: Event) => e.preventDefault();

/** Begins a rollout by a file: shows what would happen, sends it, and leads to the rollout. What was written stays for the next one. */
@customElement('start-dialog')
class StartDialog extends Part {
  @state() private file = '';
  @state() private fileName = 'rollout.yaml';
  @state() private revision = '';
  @state() private reason = '';
  /** Of the file as it stands; null until the engine has said. */
  @state() private plan: Plan | Refusal | null = null;
  @state() private asking = false;
  @state() private progress: Progress | null = null;
  private commandId = newId('start');
  private question = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sentAt = 0;

  private readonly open = () => this.show();

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-start', this.open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-start', this.open);
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }

  private async show(): Promise<void> {
    this.commandId = newId('start');
    this.progress = null;
    this.reason = '';
    await this.updateComplete;
    this.dialog.showModal();
    this.querySelector<HTMLElement>(this.file ? '[name=revision]' : '[name=file]')?.focus();
    // what happens now may be something else than when it was looked at last
    this.ask(0);
  }

  /** An answer to an older question counts for nothing. */
  private ask(after = PATIENCE): void {
    const mine = ++this.question;
    clearTimeout(this.timer);
    this.asking = this.file.trim() !== '';
    if (!this.asking) {
      this.plan = null;
      return;
    }
    this.timer = setTimeout(async () => {
      const found = await plan(this.file, this.revision).catch((refused: Refusal) => refused);
      if (mine === this.question) {
        this.plan = found;
        this.asking = false;
      }
    }, after);
  }

  private write(file: string, fileName = this.fileName): void {
    this.file = file;
    this.fileName = fileName;
    this.plan = null;
    this.ask();
  }

  private get start(): Start | null {
    const {commandId: id, plan: found} = this;
    return found && !(found instanceof Refusal) ? {id, application: found.application, revision: this.revision || undefined, reason: this.reason || undefined, file: found.file} : null;
  }

  override render(): TemplateResult {
    return html`<dialog class="wide" aria-labelledby="start-title" @click=${(e: MouseEvent) => e.target === this.dialog && this.dialog.close()} @dragover=${stay} @drop=${stay}>
      <form method="dialog" @submit=${this.submit}>
        <h2 id="start-title">Start a rollout</h2>
        ${this.progress ? nothing : this.fields()}
        <div class="outlook" role="status" aria-busy=${this.asking}>${this.outlook()}</div>
        ${this.progress ? result(this.progress) : nothing}
        ${this.start ? equivalents(this.start.application, startLine(this.start, this.fileName), startMessage(this.start)) : nothing}
        <div class="buttons">
          <button type="button" @click=${() => this.dialog.close()}>${this.progress ? 'Close' : 'Cancel'}</button>
          ${this.progress ? nothing : html`<button class="main-button" ?disabled=${!this.canStart}>Start</button>`}
        </div>
      </form></dialog>`;
  }

  private fields(): TemplateResult {
    const typed = (e: Event) => (e.target as HTMLInputElement).value;
    return html`<div class="fields">
      ${rolloutFile(this.file, (file, name) => this.write(file, name), (refused) => (this.plan = refused))}
      <label>Revision <small>such as a version</small>
        <input name="revision" autocomplete="off" required maxlength="256" .value=${this.revision} @input=${(e: Event) => { this.revision = typed(e); this.ask(); }}></label>
      <label>Reason <small>for the audit</small>
        <input name="reason" autocomplete="off" maxlength="4096" .value=${this.reason} @input=${(e: Event) => (this.reason = typed(e))}></label>
    </div>`;
  }

  private outlook(): TemplateResult | typeof nothing {
    const {plan: found, start} = this;
    if (!found) {
      return this.asking ? html`<p class="muted">The engine reads the file …</p>` : nothing;
    }
    if (found instanceof Refusal) {
      return unplanned(found);
    }
    const barred = start && !isAsking(start.application) && !may('start', start.application);
    return html`${this.progress ? nothing : planned(found)}
      ${barred ? html`<p class="hint bad-text">You may not start ${start.application}: that needs the role operator there.</p>` : nothing}`;
  }

  private get canStart(): boolean {
    const {plan: found, start} = this;
    return !!start && !isAsking(start.application) && may('start', start.application) && verdict(found as Plan).begins;
  }

  private async submit(e: Event): Promise<void> {
    e.preventDefault();
    const {start} = this;
    if (this.progress || !start || !this.canStart) {
      return;
    }
    this.sentAt = performance.now();
    this.progress = {};
    try {
      await sendStart(start);
      this.note(start, {accepted: performance.now() - this.sentAt});
      const by = await outcome(start);
      this.note(start, by.length ? {decided: {after: performance.now() - this.sentAt, by}} : {silent: true});
    } catch (refused) {
      const {message, todo = '', problems = []} = refused as Refusal;
      this.note(start, {refused: {words: message, todo, problems}});
    }
  }

  /** Of the one that is looked at; another may have been opened since. */
  private note({id}: Start, more: Progress): void {
    if (id === this.commandId) {
      this.progress = {...this.progress, ...more};
    }
  }

  /** Leads to what was begun, as soon as there is something to see of it. */
  override updated(): void {
    const {start, progress} = this;
    const begun = start && progress ? store.targetsOf(start.application).filter((it) => it.rollout === start.id) : [];
    if (begun.length > 0 && this.dialog.open) {
      const first = (this.plan as Plan).targets.find(({target}) => begun.some((it) => it.target === target));
      this.dialog.close();
      go(rolloutPath({application: start!.application, target: first?.target ?? begun[0].target}));
    }
  }
}

export type {StartDialog};
