import {html, nothing, type TemplateResult} from 'lit';
import {mayForce} from '../data/rights';
import type {Command, CommandType} from '../model/command';
import type {Ending, StepView} from '../model/messages';
import {stepWords} from '../model/steps';
import type {Intent} from './commanding';

/** `everyTarget` and `ending` are no parts of a command: with the one it names no target, the other stands in its assessment. */
export type Fields = Pick<Partial<Command>, 'reason' | 'step' | 'force' | 'overrideFreeze' | 'until' | 'labels'> & {everyTarget?: boolean; ending?: Ending};

const FORCED: CommandType[] = ['abort', 'reject', 'undo'];
const EVERYWHERE: CommandType[] = ['abort', 'pause'];
const OVERRIDING: CommandType[] = ['approve', 'promote'];

type Fill = (more: Fields) => void;

const text = (e: Event) => (e.target as HTMLInputElement).value;
const ticked = (e: Event) => (e.target as HTMLInputElement).checked || undefined;

/** `team=ads tier=1` as labels; null where it isn't that. */
function labels(words: string): Record<string, string> | undefined {
  const pairs = words.split(/[\s,]+/).map((pair) => pair.split('=')).filter(([key, it]) => key && it);
  return pairs.length ? Object.fromEntries(pairs) : undefined;
}

const freezeFields = (fill: Fill) => html`
  <label>Only rollouts with these labels <small>such as team=ads; nothing: every rollout</small>
    <input name="labels" autocomplete="off" @input=${(e: Event) => fill({labels: labels(text(e))})}></label>
  <label>Until <small>your time; nothing: until somebody lifts it</small>
    <input name="until" type="datetime-local" @input=${(e: Event) => fill({until: text(e) ? new Date(text(e)).toISOString() : undefined})}></label>`;

const stepField = (steps: StepView[], fill: Fill) => html`<label>Step
  <select name="step" @change=${(e: Event) => fill({step: Number(text(e)) || undefined})}>
    <option value="">choose one</option>
    ${steps.map((it) => html`<option value=${it.step}>${it.step}: ${stepWords(it)}</option>`)}
  </select></label>`;

const endingField = (phase: string, fill: Fill) => html`<label>That it was ${phase === 'Promoted' ? 'promoted' : 'rolled back'} was
  <select name="ending" @change=${(e: Event) => fill({ending: text(e) as Ending})}><option value="wrong">wrong</option><option value="right">right</option></select></label>`;

/** What a person may say to a command beside sending it. */
export function fields(type: CommandType, {status}: Intent, filled: Fields, steps: StepView[], others: number, fill: Fill): TemplateResult {
  const force = status && FORCED.includes(type) && mayForce(status.application);
  const override = status && OVERRIDING.includes(type) && mayForce(status.application) && (status.waitingFor?.kind === 'freeze' || status.waitingFor?.kind === 'window');
  return html`<div class="fields">
    ${type === 'freeze' ? freezeFields(fill) : nothing}
    ${type === 'assess' && status ? endingField(status.phase, fill) : nothing}
    ${type === 'goto' ? stepField(steps, fill) : nothing}
    <label>Reason <small>for the audit${filled.overrideFreeze ? '; needed with an override' : ''}</small>
      <input name="reason" autocomplete="off" autofocus maxlength="4096" .value=${filled.reason ?? ''} @input=${(e: Event) => fill({reason: text(e) || undefined})}></label>
    ${others > 1 && EVERYWHERE.includes(type) ? html`<label class="tick"><input type="checkbox" name="everyTarget" @change=${(e: Event) => fill({everyTarget: ticked(e)})}> all ${others} targets of ${status!.application} that are on their way</label>` : nothing}
    ${force ? html`<label class="tick"><input type="checkbox" name="force" @change=${(e: Event) => fill({force: ticked(e)})}> even onto an active backend without a ready endpoint</label>` : nothing}
    ${override ? html`<label class="tick"><input type="checkbox" name="overrideFreeze" @change=${(e: Event) => fill({overrideFreeze: ticked(e)})}> in spite of freezes and windows</label>` : nothing}
  </div>`;
}
