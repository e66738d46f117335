import {html, nothing, type TemplateResult} from 'lit';
import type {Audit, Problem} from '../model/messages';
import {many} from '../model/words';
import {icon} from '../part/icon';

/** How far a command has come, in milliseconds since it was sent. */
export interface Progress {
  accepted?: number;
  decided?: {after: number; by: Audit[]};
  applied?: {after: number; words: string};
  refused?: {words: string; todo: string; problems: Problem[]};
  /** Something that should be applied is not yet. */
  awaitsApplied?: boolean;
  silent?: boolean;
}

const done = (words: unknown, after?: number) => html`<li class="done">${icon('check')}<span>${words}</span>${after === undefined ? nothing : html`<b class="number">${Math.round(after)} ms</b>`}</li>`;
const open = (words: string) => html`<li class="open">${icon('dots')}<span>${words}</span></li>`;

export const problems = (list: Problem[]) => list.length === 0 ? nothing : html`<ul>${list.map(({pointer, message, allowed}) =>
  html`<li><code>${pointer || '/'}</code> ${message}${allowed?.length ? `: one of ${allowed.join(', ')}` : ''}</li>`)}</ul>`;

export const refusal = (words: string, todo: string, list: Problem[]) =>
  html`<div class="refusal">${icon('cross')}<div><b>Refused:</b> ${words}${todo ? html`<p>${todo}.</p>` : nothing}${problems(list)}</div></div>`;

function decision(by: Audit[], after: number): TemplateResult {
  const rejected = by.find((it) => it.decision === 'Rejected');
  if (rejected) {
    return html`<li class="plain">${refusal(rejected.reason ?? 'the engine gives no reason', '', rejected.errors ?? [])}</li>`;
  }
  const words = by.map((it) => it.reason ?? it.decision);
  return done(html`Decided: ${[...new Set(words)].slice(0, 3).join('; ')}${words.length > 3 ? `, and ${many(words.length - 3, 'more')}` : ''}`, after);
}

export const isRejected = ({decided}: Progress): boolean => !!decided?.by.some((it) => it.decision === 'Rejected');

export function result(progress: Progress): TemplateResult {
  const {accepted, decided, applied, refused, awaitsApplied, silent} = progress;
  if (refused) {
    return refusal(refused.words, refused.todo, refused.problems);
  }
  return html`<ol class="progress" aria-live="polite">
    ${accepted === undefined ? open('Sending') : done('On rollout.commands', accepted)}
    ${decided ? decision(decided.by, decided.after)
      : silent ? html`<li class="plain">${icon('alert')}<span>Nothing was decided within ten seconds. The command is kept: the audit will tell.</span></li>`
      : accepted === undefined ? nothing : open('The engine decides')}
    ${applied ? done(html`<b>Applied:</b> ${applied.words}`, applied.after) : awaitsApplied && decided && !isRejected(progress) ? open('On its way to the routes') : nothing}
  </ol>`;
}
