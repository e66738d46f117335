import {html, nothing, svg, type TemplateResult} from 'lit';
import type {Weights} from '../model/messages';
import {NOT_KNOWN, percent} from '../model/words';

/** What is said of a weight where it can't be seen. */
export function barWords({desired, applied, observed}: Weights): string {
  return `desired ${percent(desired)}, applied ${percent(applied)}, observed ${percent(observed)}`;
}

const width = (weight: number) => `${Math.max(0, Math.min(100, weight))}%`;

/** One bar: what is applied is filled, what is desired is a mark, what was observed is a diamond. Nothing is drawn of what isn't known. */
export function bar(weights: Weights, isWide = false): TemplateResult {
  const {desired, applied, observed} = weights;
  const between = desired != null && applied != null && desired !== applied;
  return html`<svg class="bar ${isWide ? 'wide' : ''}" role="img" aria-label=${barWords(weights)}>
    ${svg`<rect class="track" width="100%" height="100%" rx="3"></rect>`}
    ${applied == null ? svg`<line class="unknown" x1="0" x2="100%" y1="50%" y2="50%"></line>` : svg`<rect class="applied" width=${width(applied)} height="100%" rx="3"></rect>`}
    ${between ? svg`<rect class=${desired < applied ? 'between down' : 'between'} x=${width(Math.min(desired, applied))} width=${width(Math.abs(desired - applied))} height="100%"></rect>` : nothing}
    ${desired == null ? nothing : svg`<line class="desired" x1=${width(desired)} x2=${width(desired)} y1="-3" y2="100%"></line>`}
    ${observed == null || !isWide ? nothing : svg`<svg class="observed" x=${width(observed)} y="50%"><path d="M0-6 5 0 0 6-5 0Z"></path></svg>`}
  </svg>`;
}

/** `25 %`, or `25 → 50 %` while it is on its way. */
export function weightWords({desired, applied}: Weights): string {
  if (applied == null) {
    return desired == null ? NOT_KNOWN : `? → ${percent(desired)}`;
  }
  return desired == null || desired === applied ? percent(applied) : `${percent(applied).replace(' %', '')} → ${percent(desired)}`;
}
