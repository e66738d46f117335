import {html, nothing, type TemplateResult} from 'lit';
import type {Story} from '../data/story';
import {rolloutPath} from '../data/place';
import type {Status} from '../model/messages';
import {camelWords, count, many, value} from '../model/words';
import {icon} from '../part/icon';
import '../part/copy';
import '../part/time';

export const wentBack = ({phase}: Status): boolean => phase === 'RolledBack' || phase === 'RollingBack' || phase === 'Failed';

/** What somebody thinks of how it ended, looking back. */
export function assessed(status: Status, story: Story): TemplateResult | typeof nothing {
  const word = story.audit.find((it) => it.decision === 'Assessed' && it.rollout === status.rollout);
  return word ? html`<p class="assessed" role="status">${icon('person')} ${word.reason}</p>` : nothing;
}

const would = {GoOn: 'go on', Pause: 'pause for a person', RollBack: 'roll back'};

/** What Sluice makes of it where another tool decides. */
export function observed({observation}: Status): TemplateResult | typeof nothing {
  if (!observation) {
    return nothing;
  }
  const disagreements = observation.disagreements?.length ?? 0;
  return html`<p class="assessed" role="status">${icon(disagreements ? 'alert' : 'person')} Only observed: another tool decides.
    ${observation.since ? html`Sluice would ${would[observation.opinion]} since <s-time mode="clock" at=${observation.since}></s-time>: ${observation.reason}.` : 'Nothing was judged yet.'}
    ${disagreements ? html`<b>${many(disagreements, 'disagreement')}</b>` : observation.agrees ? 'It has done the same.' : nothing}</p>`;
}

/** Why it went back: one sentence, the values, and a link to that minute. */
export function whyPanel(status: Status, story: Story): TemplateResult | typeof nothing {
  if (!wentBack(status)) {
    return nothing;
  }
  const turn = story.audit.find((it) => it.decision === 'RollbackBegan' && it.rollout === status.rollout && it.target === status.target);
  const failed = story.verdictsOf(status).find((it) => it.outcome === 'Fail' && (!turn || it.time <= turn.time));
  const isByVerdict = status.reasonCode === 'AnalysisFailed' && failed;
  const when = turn?.time ?? status.since ?? status.updatedAt;
  return html`<section class="why" aria-label="Why it went back">
    ${icon(status.degraded ? 'alert' : 'undo')}
    <div>
      <h2>${camelWords(status.reasonCode)}: ${turn?.reason ?? status.reason}</h2>
      ${status.degraded ? html`<p>${turn?.reason && status.reason ? `${status.reason}. ` : ''}It goes on trying; an applier that reaches the cluster, or <b>abandon</b>, ends it.</p>` : nothing}
      ${isByVerdict ? html`<ul>${failed.queries?.filter((it) => it.outcome === 'Fail').map((it) => html`<li><b>${it.name}</b>${it.words && !turn?.reason?.includes(it.words) ? `: ${it.words}` : ''}
        <span class="muted">canary ${value(it.canary)} of ${many(it.samples?.canary ?? 0, 'sample')}, stable ${value(it.stable)} of ${count(it.samples?.stable ?? 0)}${it.limit ? `, limit: ${it.limit}` : ''}</span>${it.asked ? html`<p class="asked">Asked <s-time mode="clock" at=${failed.time}></s-time>: <code>${it.asked}</code> <copy-button .text=${it.asked} label="Copy the query"></copy-button></p>` : nothing}</li>`)}</ul>` : nothing}
      <p><a href="${rolloutPath(status)}?at=${encodeURIComponent(when)}#weight">To that minute, <s-time mode="clock" at=${when}></s-time></a>
        ${turn ? html`<span class="muted">· by ${turn.actor}</span>` : nothing}</p>
    </div>
  </section>`;
}
