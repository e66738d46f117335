import {html, nothing, type TemplateResult} from 'lit';
import type {Story} from '../data/story';
import {verdictWords} from '../model/happenings';
import type {QueryStatus, QueryVerdict, Status, Verdict} from '../model/messages';
import {count, foundByNow, value} from '../model/words';
import {outcomeBadge} from '../part/badge';
import {icon} from '../part/icon';
import '../part/copy';
import '../part/time';
import {panel} from './panel';

const SHAPES = {Pass: 'check', Fail: 'cross', Inconclusive: 'help', Error: 'alert'};
const RUNS = 20;

/** What the measurements so far can tell: smaller differences than this may hide in them. */
function precision({interval}: QueryVerdict): string {
  return interval?.low != null && interval.high != null ? `${value(interval.low)} to ${value(interval.high)}` : '–';
}

const evidence = (it: QueryVerdict) =>
  it.evidence ? html`<small title="What speaks against the canary; beyond the bar it fails">against it ${value(it.evidence.against)} of ${value(it.evidence.bar)}</small>` : nothing;

const canFind = (it: QueryVerdict) => it.detectable ? html`<small title="Had the canary been so bad since the run began">${foundByNow(it)}</small>` : it.interval?.low != null && it.interval.high != null
  ? html`<small title="Half the interval: a smaller difference can’t be told from chance yet">sees ± ${value((it.interval.high - it.interval.low) / 2)}</small>` : nothing;

function runs(name: string, verdicts: Verdict[]): TemplateResult {
  return html`<span class="runs">${verdicts.slice(0, RUNS).reverse().map((verdict) => {
    const of = verdict.queries?.find((it) => it.name === name);
    const outcome = of?.pending ? 'Inconclusive' : (of?.outcome ?? 'Inconclusive');
    return html`<span class="run ${outcome}" role="img" aria-label="run ${verdict.run}: ${outcome}" title="Run ${verdict.run}: ${of?.words ?? outcome}">${icon(SHAPES[outcome])}</span>`;
  })}</span>`;
}

/** What was asked, with all variables filled in. */
export const asked = ({asked: text}: QueryStatus) => text ? html`<details class="asked"><summary>Query</summary><code>${text}</code> <copy-button .text=${text} label="Copy the query"></copy-button></details>` : nothing;

const row = (it: QueryVerdict, of: Verdict[]) => html`<tr>
  <th scope="row">${it.name}${it.words ? html`<small>${it.words}</small>` : nothing}${it.pending ? html`<small>too soon to count</small>` : nothing}${it.dryRun ? html`<small>dry run, decides nothing</small>` : nothing}${asked(it)}</th>
  <td class="number strong">${value(it.canary)}</td><td class="number">${value(it.stable)}</td><td>${it.limit ?? '–'}</td>
  <td class="number">${it.samples ? html`${count(it.samples.canary)}<small>${count(it.samples.stable)} stable</small>` : '–'}</td>
  <td class="number">${precision(it)}${canFind(it)}</td>
  <td>${outcomeBadge(it.outcome)}${evidence(it)}</td><td>${runs(it.name, of)}</td>
</tr>`;

function table(verdicts: Verdict[]): TemplateResult {
  const [newest] = verdicts;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Queries of the analysis"><table class="data queries">
    <thead><tr>${['Query', 'Canary', 'Stable', 'Limit', 'Samples', 'Interval', 'Verdict', 'Runs'].map((it) => html`<th scope="col">${it}</th>`)}</tr></thead>
    <tbody>${newest.queries?.map((it) => row(it, verdicts))}</tbody></table></div>
    <details><summary>${verdicts.length} runs, one by one</summary><ol class="lines">${verdicts.map((it) =>
      html`<li><s-time mode="clock" at=${it.time}></s-time> ${verdictWords(it)}${it.share ? html` <span class="muted">· the canary got ${value(it.share.observed)} % of requests (${value(it.share.low)} to ${value(it.share.high)})</span>` : nothing}</li>`)}</ol></details>`;
}

/** From the status alone, where no verdict is remembered. */
const bare = (status: Status) => html`<div class="scroll" tabindex="0" role="region" aria-label="Queries of the analysis"><table class="data queries">
  <thead><tr>${['Query', 'Canary', 'Stable', 'Limit', 'Verdict'].map((it) => html`<th scope="col">${it}</th>`)}</tr></thead>
  <tbody>${status.analysis?.queries?.map((it) => html`<tr><th scope="row">${it.name}${foundByNow(it) ? html`<small>${foundByNow(it)}</small>` : nothing}${asked(it)}</th><td class="number strong">${value(it.canary)}</td><td class="number">${value(it.stable)}</td><td>${it.limit ?? '–'}</td><td>${outcomeBadge(it.outcome)}</td></tr>`)}</tbody></table></div>`;

/** Each query: canary beside stable, its limit, how much it was measured with, and how each run went. */
export function queriesPanel(status: Status, story: Story): TemplateResult | typeof nothing {
  const verdicts = story.verdictsOf(status);
  const {analysis} = status;
  if (verdicts.length === 0 && !analysis) {
    return nothing;
  }
  const name = analysis?.name ?? verdicts[0]?.analysis.split('/').at(-2) ?? '';
  const of = verdicts.filter((it) => it.analysis === (verdicts.find((one) => one.analysis.split('/').at(-2) === name) ?? verdicts[0]).analysis);
  const run = analysis?.run ? `run ${analysis.run}${analysis.runs ? ` of ${analysis.runs}` : ''}` : '';
  return panel('Analysis', of.length ? table(of) : analysis?.queries?.length ? bare(status) : html`<p class="muted">No run is judged yet.</p>`,
    html`<span class="muted">${[name, run].filter(Boolean).join(', ')}</span>`);
}
