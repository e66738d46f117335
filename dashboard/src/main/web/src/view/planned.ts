import {html, nothing, type TemplateResult} from 'lit';
import {Refusal} from '../data/api';
import {verdict, type Plan, type PlannedTarget} from '../model/start';
import {stepWords} from '../model/steps';
import {many} from '../model/words';
import {icon} from '../part/icon';
import '../part/time';
import {problems} from './command-result';

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function target({target, cluster, namespace, dependsOn, before, steps, watchedBy, after, routes}: PlannedTarget): TemplateResult {
  const beside = (when: string, words: string | undefined) => (words ? html`<dt>${when}</dt><dd>${words}</dd>` : nothing);
  return html`<h3>${target} <span class="muted">cluster ${cluster}, namespace ${namespace}</span></h3>
    <ol class="planned-steps">${steps.map((it) => html`<li>${stepWords(it)}</li>`)}</ol>
    <dl class="facts">
      ${beside('After', dependsOn?.join(', '))}
      ${beside('Before it', before?.map(stepWords).join(', '))}
      ${beside('Watched by', watchedBy?.join(', '))}
      ${beside('After it', after?.map(stepWords).join(', '))}
      ${routes?.length ? html`<dt>Moves</dt><dd>${routes.map((it) => html`<code>${it}</code> `)}</dd>` : nothing}
    </dl>`;
}

/** What a file comes to: the decision first, then what would hold it, then every step. */
export function planned(plan: Plan): TemplateResult {
  const {words, begins} = verdict(plan);
  const {holds = [], warnings = []} = plan;
  return html`<p class="effect ${begins ? '' : 'heavy'}"><span class="label">What would happen</span><b>${sentence(words)}</b></p>
    ${holds.map(({words, until}) => html`<p class="hint">${icon('snow')} Held now: ${words}${until ? html`, for <s-time mode="left" at=${until}></s-time>` : nothing}</p>`)}
    ${warnings.length ? html`<div class="warnings"><b>${many(warnings.length, 'warning')}</b>, which ${warnings.length === 1 ? 'stops' : 'stop'} nothing:${problems(warnings)}</div>` : nothing}
    <div class="planned">${plan.targets.map(target)}</div>`;
}

/** Why there is no plan, with everything that is wrong and where. */
export const unplanned = ({message, todo, problems: found}: Refusal): TemplateResult =>
  html`<div class="refusal">${icon('cross')}<div><b>${message}</b>${todo ? html`<p>${todo}.</p>` : nothing}${problems(found)}</div></div>`;
