import {html, nothing, type TemplateResult} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {applicationView, outcome, Refusal, send, timeline} from '../data/api';
import {isAsking, rights} from '../data/rights';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {approvalBar} from '../model/access';
import {commandFor, commandLine, isBoundToStep, kafkaMessage, newId, type Command, type CommandType} from '../model/command';
import {ACTIONS, effect, effectOnAll} from '../model/effect';
import {keyOf, type Status, type StepView, type Verdict} from '../model/messages';
import {isAtZero, isOver} from '../model/phase';
import {many, percent} from '../model/words';
import {badge} from '../part/badge';
import {applicationName, revisions} from '../part/names';
import {Part} from '../part/part';
import type {Intent} from './commanding';
import {fields, type Fields} from './command-fields';
import {isRejected, result, type Progress} from './command-result';
import {equivalents} from './equivalents';
import {foundSoFar, subject} from './command-subject';

const GOING_ON: CommandType[] = ['approve', 'promote', 'skip'];

/** Shows what a command does, sends it, and says what became of it. */
@customElement('command-dialog')
class CommandDialog extends Part {
  @state() private intent: Intent | null = null;
  @state() private filled: Fields = {};
  @state() private progress: Progress | null = null;
  @state() private steps: StepView[] = [];
  /** Of the target's rollout. */
  @state() private verdict: Verdict | null = null;
  private commandId = '';
  private sent: Status | null = null;
  private sentTogether: Status[] | null = null;
  private sentAt = 0;

  private readonly open = (e: Event) => this.show((e as CustomEvent<Intent>).detail);

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-command', this.open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-command', this.open);
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!;
  }

  private async show(intent: Intent): Promise<void> {
    this.intent = intent;
    this.filled = {};
    this.progress = null;
    this.sent = null;
    this.sentTogether = null;
    this.verdict = null;
    this.commandId = newId(intent.type);
    await this.updateComplete;
    this.dialog.showModal();
    this.querySelector<HTMLElement>('[autofocus]')?.focus();
    if (intent.type === 'goto' && intent.status) {
      const view = await applicationView(intent.status.application).catch(() => null);
      this.steps = view?.steps?.[intent.status.target] ?? [];
    }
    if (GOING_ON.includes(intent.type) && intent.status) {
      const {application, target, rollout} = intent.status;
      const told = await timeline(application).catch(() => null);
      const verdicts = told?.targets?.find((it) => it.target === target)?.verdicts ?? [];
      this.verdict = this.intent === intent ? (verdicts.find((it) => it.rollout === rollout) ?? null) : this.verdict;
    }
  }

  /** The same rollout as it stands now, if it does still. */
  private get live(): Status | undefined {
    const opened = this.intent?.status;
    const live = opened && store.statuses.get(keyOf(opened));
    return live?.rollout === opened?.rollout ? live : undefined;
  }

  /** What is decided on: an answer is for the step that was looked at, whatever came since; all else is for what is now. */
  private get status(): Status | undefined {
    const {type, status} = this.intent!;
    return this.sent ?? (isBoundToStep(type) ? status : (this.live ?? status));
  }

  /** The targets of this rollout that are not over, as they were when it was sent. */
  private get together(): Status[] {
    const {status} = this.intent!;
    return this.sentTogether ?? (status ? store.targetsOf(status.application).filter((it) => it.rollout === status.rollout && !isOver(it)) : []);
  }

  private get hasMoved(): boolean {
    const {status} = this.intent!;
    return !this.progress && !!status && isBoundToStep(this.intent!.type) && (this.live?.step !== status.step || this.live.phase !== status.phase);
  }

  private get command(): Command {
    const {type, freeze, status} = this.intent!;
    const {everyTarget, ending = 'wrong', ...filled} = this.filled;
    const more: Partial<Command> = {
      id: this.commandId, ...filled, ...(everyTarget && {target: undefined}),
      ...(type === 'assess' && status && {assessment: {rollout: status.rollout, ending}}),
    };
    if (!status) {
      return {id: this.commandId, type, application: '*', ...more, freeze: freeze?.id};
    }
    return commandFor(type, status, more);
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="command-title" @close=${() => (this.intent = null)} @click=${this.clickBeside}>
      ${this.intent ? this.body(this.intent) : nothing}</dialog>`;
  }

  private body({type}: Intent): TemplateResult {
    const {status, progress} = this;
    const {title, label, heavy} = ACTIONS[type];
    const step = this.filled.step === undefined ? undefined : {number: this.filled.step, weight: this.weightAt(this.filled.step)};
    const bar = status && type === 'approve' ? approvalBar(status, rights(status.application)) : null;
    return html`<form method="dialog" @submit=${this.submit} novalidate>
      <h2 id="command-title">${title}</h2>
      ${status ? html`<p class="about">${applicationName(status.application)} · ${status.target} ${revisions(status)} ${badge(status)}</p>` : nothing}
      <p class="effect ${heavy ? 'heavy' : ''}"><span class="label">Effect</span><b>${!status ? effect(type, {} as Status) : this.filled.everyTarget ? effectOnAll(type, this.together) : effect(type, status, step)}</b></p>
      ${status && (type === 'abort' || type === 'reject') ? this.routes(this.filled.everyTarget ? this.together : [status]) : nothing}
      ${status ? subject(type, status) : nothing}${status && !progress ? foundSoFar(type, status, this.verdict) : nothing}
      ${this.hasMoved ? html`<p class="hint bad-text">The rollout has moved on since this was opened. What you send is for step ${status!.step} and will be refused: close, and look again.</p>` : nothing}
      ${status && !isAsking(status.application) && rights(status.application) === undefined ? html`<p class="hint">The server hasn’t said what you may do: the engine decides.</p>` : nothing}
      ${bar ? html`<p class="hint bad-text">Your approval ${bar}.</p>` : nothing}
      ${progress ? result(progress) : fields(type, this.intent!, this.filled, this.steps, this.together.length, (more) => (this.filled = {...this.filled, ...more}))}
      ${equivalents(this.command.application, commandLine(this.command), kafkaMessage(this.command))}
      <div class="buttons">
        <button type="button" @click=${() => this.dialog.close()}>${progress ? 'Close' : 'Cancel'}</button>
        ${progress ? nothing : html`<button type="submit" class=${heavy ? 'danger-button solid' : 'main-button'} ?disabled=${type === 'goto' && !this.filled.step}>${this.confirmWords(label)}</button>`}
      </div>
    </form>`;
  }

  private confirmWords(label: string): string {
    const applied = this.status?.weight?.applied;
    if (this.filled.everyTarget) {
      return `${label} all ${this.together.length}`;
    }
    return this.intent?.type === 'abort' && applied ? `Abort: ${percent(applied)} → 0` : label;
  }

  private routes(targets: Status[]): TemplateResult {
    return html`<ul class="routes">${targets.flatMap((it) => it.routes ?? []).map(({route, applied}) =>
      html`<li><code>${route}</code><span class="number">${percent(applied)} → 0 %</span></li>`)}</ul>`;
  }

  private weightAt(number: number): number | null {
    return this.steps.slice(0, number).findLast((it) => it.kind === 'setWeight')?.weight ?? null;
  }

  private clickBeside(e: MouseEvent): void {
    if (e.target === this.dialog) {
      this.dialog.close();
    }
  }

  private async submit(e: Event): Promise<void> {
    e.preventDefault();
    if (this.progress) {
      return this.dialog.close();
    }
    const {command} = this;
    this.sent = this.status ?? null;
    this.sentTogether = this.together;
    this.sentAt = performance.now();
    this.note({awaitsApplied: command.type === 'abort' || command.type === 'reject'});
    try {
      await send(command);
      this.note({accepted: performance.now() - this.sentAt});
      const by = await outcome(command);
      this.note(by.length ? {decided: {after: performance.now() - this.sentAt, by}} : {silent: true});
    } catch (refused) {
      const {message, todo = '', problems = []} = refused as Refusal;
      this.note({refused: {words: message, todo, problems}});
    }
    if (command.type === 'freeze' || command.type === 'unfreeze') {
      store.dispatchEvent(new Event('freezes'));
    }
  }

  /** All that was sent back, as it stands now; undefined for what isn't known any more. */
  private get back(): (Status | undefined)[] {
    const sent = this.filled.everyTarget ? this.together : this.sent ? [this.sent] : [];
    return sent.map((it) => {
      const live = store.statuses.get(keyOf(it));
      return live?.rollout === it.rollout ? live : undefined;
    });
  }

  private note(more: Progress): void {
    this.progress = {...this.progress, ...more};
  }

  override willUpdate(): void {
    const {progress} = this;
    if (!progress?.awaitsApplied || progress.applied || !progress.decided || isRejected(progress)) {
      return;
    }
    const {back} = this;
    if (back.length > 0 && back.every((it) => it && isAtZero(it))) {
      const words = back.length > 1 ? `0 % on every route of ${many(back.length, 'target')}` : '0 % on every route';
      this.progress = {...progress, applied: {after: performance.now() - this.sentAt, words}};
    }
  }
}

export type {CommandDialog};
