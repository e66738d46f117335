import {html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {asked} from '../data/place';
import type {Happening} from '../model/happenings';
import type {WeightPoint} from '../model/messages';
import {localTime, percent, utc} from '../model/words';
import {icon} from '../part/icon';
import {Part} from '../part/part';
import './weight-chart';

/** The weight over time with everything that happened on it: as a chart, and as a table that says the same. */
@customElement('weight-over-time')
class WeightOverTime extends Part {
  @property({attribute: false}) points: WeightPoint[] = [];
  @property({attribute: false}) happenings: Happening[] = [];
  @property({type: Boolean}) running = false;
  @property({type: Boolean}) loaded = false;
  @state() private isTable = false;

  override render(): TemplateResult {
    if (this.points.length === 0) {
      return html`<p class="muted">${this.loaded ? 'No weight of this rollout is remembered.' : 'Loading what happened …'}</p>`;
    }
    const tab = (isTable: boolean, shape: string, words: string) =>
      html`<button class="small" aria-pressed=${this.isTable === isTable} @click=${() => (this.isTable = isTable)}>${icon(shape)}${words}</button>`;
    return html`<div class="over-time-head"><h3>Over time</h3><div class="switch" role="group" aria-label="Show as">${tab(false, 'bars', 'Chart')}${tab(true, 'table', 'Table')}</div></div>
      ${this.isTable ? this.table() : html`<weight-chart .points=${this.points} .happenings=${this.happenings} .running=${this.running} .at=${asked('at')}></weight-chart>`}`;
  }

  private table(): TemplateResult {
    const weights = this.points.map((it) => ({time: Date.parse(it.at), weight: it, event: null as Happening | null}));
    const events = this.happenings.map((it) => ({time: it.time, weight: null, event: it}));
    const rows = [...weights, ...events].sort((a, b) => b.time - a.time);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Weight over time as a table"><table class="data">
      <thead><tr><th scope="col">Time</th><th scope="col">Desired</th><th scope="col">Applied</th><th scope="col">Observed</th><th scope="col">What happened</th><th scope="col">By</th></tr></thead>
      <tbody>${rows.map(({time, weight, event}) => html`<tr><td title=${utc(time)}>${localTime(time)}</td>
        ${weight ? html`<td class="number">${percent(weight.desired)}</td><td class="number">${percent(weight.applied)}</td><td class="number">${percent(weight.observed)}</td>` : html`<td></td><td></td><td></td>`}
        <td>${event?.words ?? nothing}</td><td>${event?.by ?? nothing}</td></tr>`)}</tbody></table></div>`;
  }
}

export type {WeightOverTime};
