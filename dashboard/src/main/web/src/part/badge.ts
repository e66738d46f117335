import {html, type TemplateResult} from 'lit';
import type {Outcome, Phase, Status} from '../model/messages';
import {phaseView, view} from '../model/phase';
import {icon} from './icon';

const shown = ({words, tone, icon: shape}: {words: string; tone: string; icon: string}) =>
  html`<span class="badge ${tone}">${icon(shape)}${words}</span>`;

export const badge = (status: Status): TemplateResult => shown(view(status));

export const phaseBadge = (phase: Phase): TemplateResult => shown(phaseView(phase));

const OUTCOMES: Record<Outcome, [string, string]> = {
  Pass: ['good', 'check'], Fail: ['bad', 'cross'], Inconclusive: ['hold', 'help'], Error: ['back', 'alert'],
};

export function outcomeBadge(outcome: Outcome | null | undefined): TemplateResult {
  const [tone, shape] = outcome ? OUTCOMES[outcome] : ['quiet', 'dots'];
  return html`<span class="badge ${tone}">${icon(shape)}${outcome ?? 'No verdict yet'}</span>`;
}
