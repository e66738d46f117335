import {html, nothing, type TemplateResult} from 'lit';
import type {CommandType} from '../model/command';
import type {QueryStatus, Status, Verdict} from '../model/messages';
import {foundByNow, many, value} from '../model/words';
import {outcomeBadge} from '../part/badge';
import {revisions} from '../part/names';
import '../part/time';

/** Going on takes for good what nobody has found yet: so much could have been found. */
export function foundSoFar(type: CommandType, status: Status, last: Verdict | null): TemplateResult | typeof nothing {
  if (type !== 'promote' && type !== 'skip' && type !== 'approve') {
    return nothing;
  }
  const queries: QueryStatus[] = last?.queries ?? status.analysis?.queries ?? [];
  const told = queries.filter((it) => it.detectable);
  return html`<div class="found"><span class="label">What would have been found</span>${told.length
    ? html`<ul>${told.map((it) => html`<li><b>${it.name}</b>: ${foundByNow(it)}</li>`)}</ul>`
    : html`<p class="muted">${queries.length ? 'No query of the last run can tell.' : 'Nothing was judged: as far as Sluice knows, nothing could have been found.'}</p>`}</div>`;
}

/** What is being decided on: the revisions, how far the quorum is, the last verdict. */
export function subject(type: CommandType, status: Status): TemplateResult | typeof nothing {
  if (type !== 'approve' && type !== 'reject') {
    return nothing;
  }
  const {approvals, roles, until} = status.waitingFor ?? {};
  const {analysis} = status;
  return html`<dl class="facts">
    <dt>What</dt><dd>${revisions(status)}, step ${status.step} of ${status.steps}</dd>
    <dt>Quorum</dt><dd>${approvals ? html`${approvals.by.length} of ${many(approvals.needed, 'approval')}${approvals.by.length ? `: ${approvals.by.join(', ')}` : ''}` : 'one answer'}
      ${roles?.length ? html`<br>by one of the roles ${roles.join(', ')}` : nothing}
      ${approvals?.notBy ? html`<br>not by ${approvals.notBy}, who started it` : nothing}</dd>
    ${until ? html`<dt>Time left</dt><dd><s-time mode="left" at=${until}></s-time>, then it rolls back</dd>` : nothing}
    <dt>Last verdict</dt><dd>${analysis ? html`${outcomeBadge(analysis.outcome)} ${analysis.name}, run ${analysis.run} of ${analysis.runs || '…'}
      ${analysis.queries?.map((it) => html`<br>${it.name}: canary ${value(it.canary)}, stable ${value(it.stable)}${it.limit ? `, ${it.limit}` : ''}`)}` : 'no analysis ran'}</dd>
  </dl>`;
}
