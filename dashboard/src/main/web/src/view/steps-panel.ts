import {html, nothing, type TemplateResult} from 'lit';
import type {Story} from '../data/story';
import {rights} from '../data/rights';
import {approvalBar} from '../model/access';
import type {Status, StepView} from '../model/messages';
import {entered, rest, stepIcon, stepState, stepWords} from '../model/steps';
import {duration, fineDuration, many} from '../model/words';
import {icon} from '../part/icon';
import '../part/time';
import {panel} from './panel';

/** Who or what is awaited at the current step, how far it is, and for how long. */
export function awaited(status: Status): TemplateResult | typeof nothing {
  const waits = status.waitingFor;
  if (!waits) {
    return status.nextAt ? html`<p class="awaits"><s-time mode="left" at=${status.nextAt}></s-time> left</p>` : nothing;
  }
  const {kind, name, roles, approvals, until} = waits;
  const words: Record<string, string> = {
    approval: 'Awaits an approval', person: `Awaits a person: ${name ?? 'resume'}`, target: `Awaits ${name ?? 'another target'}`, endpoints: 'Awaits ready endpoints', check: 'Awaits the applier’s check',
    report: `Awaits the applier’s report${name ? ` from ${name}` : ''}`, analysis: `Awaits the next run${name ? ` of ${name}` : ''}`, webhook: `Awaits webhook ${name ?? ''}`, time: 'Timed', window: 'Awaits an open window', freeze: `Awaits the end of freeze ${name ?? ''}`, command: `Awaits the command ${name ?? ''}`,
    workload: `Awaits ${name ?? 'the active workload'} to run ${status.revision ?? 'the revision'}, then goes on by itself`,
  };
  const bar = kind === 'approval' ? approvalBar(status, rights(status.application)) : null;
  return html`<div class="awaits"><p>${words[kind] ?? `Awaits ${kind} ${name ?? ''}`}${roles?.length ? html` by <b>${roles.join(' or ')}</b>` : nothing}</p>
    ${approvals ? html`<p class="quorum" role="img" aria-label="${approvals.by.length} of ${approvals.needed} approvals">${Array.from({length: approvals.needed}, (_, i) => html`<span class=${i < approvals.by.length ? 'given' : ''}>${icon(i < approvals.by.length ? 'check' : 'person')}${approvals.by[i] ?? 'open'}</span>`)}</p>` : nothing}
    ${approvals?.notBy ? html`<p class="muted">not by ${approvals.notBy}, who started it</p>` : nothing}
    ${bar ? html`<p class="muted">Yours ${bar}</p>` : nothing}
    ${until ? html`<p class="muted"><s-time mode="left" at=${until}></s-time> left <span>(until <s-time mode="clock" at=${until}></s-time>)</span></p>` : nothing}</div>`;
}

function row(it: StepView, status: Status, times: Map<number, number>): TemplateResult {
  const state = stepState(it.step, status);
  const begun = times.get(it.step);
  const next = times.get(it.step + 1);
  const took = state === 'done' && begun && next && next > begun ? fineDuration(next - begun) : '';
  const sign = state === 'done' ? 'check' : state === 'turned' ? 'undo' : stepIcon(it.kind);
  return html`<li class=${state} aria-current=${state === 'now' ? 'step' : 'false'}><span class="sign">${icon(sign)}</span>
    <div><span class="step-words">${stepWords(it)}</span>${state === 'now' ? awaited(status) : state === 'turned' ? html`<p class="awaits bad-text">turned back here</p>` : nothing}</div>
    <span class="muted number">${took}</span></li>`;
}

/** Without the file, only what the status tells: other steps are not made up. */
const current = (status: Status) => html`<ol class="steps"><li class="now" aria-current="step"><span class="sign">${icon(stepIcon(status.stepKind ?? ''))}</span>
  <div><span class="step-words">Step ${status.step} of ${status.steps}${status.stepKind ? `: ${status.stepKind}` : ''}</span>${awaited(status)}</div></li></ol>`;

/** Done, now and next; how long each took, and what is left at the least. */
export function stepsPanel(status: Status, story: Story): TemplateResult {
  const view = story.view?.rollout === status.rollout ? story.view : null;
  const steps = view?.steps?.[status.target] ?? [];
  const left = rest(steps, status);
  const goes = !['Promoted', 'RolledBack', 'Failed', 'Cancelled', 'RollingBack'].includes(status.phase);
  const times = entered(story.audit, status);
  return panel('Steps', html`
    ${status.step === 0 && goes ? html`<div class="before">${awaited(status)}</div>` : nothing}
    ${steps.length ? html`<ol class="steps">${steps.map((it) => row(it, status, times))}</ol>` : current(status)}
    ${status.phase === 'Finalizing' && steps.length ? html`<div class="after">${awaited(status)}</div>` : nothing}
    ${goes && steps.length && (left.millis || left.approvals) ? html`<p class="muted">After this step at least ${[left.millis ? duration(left.millis) : '', left.approvals ? many(left.approvals, 'approval') : ''].filter(Boolean).join(' and ')}.</p>` : nothing}`,
    html`<span class="number muted">${status.step} of ${status.steps}</span>`);
}
