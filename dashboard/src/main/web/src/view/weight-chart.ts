import {html, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import uPlot from 'uplot';
import {now} from '../data/clock';
import {ask} from '../data/place';
import {LANES, type Happening} from '../model/happenings';
import type {WeightPoint} from '../model/messages';
import {axisTime, localTime, percent} from '../model/words';
import {Part} from '../part/part';
import {chartColours, type Colours} from './chart-colours';
import {drawHappenings, LANE_HEIGHT} from './chart-marks';
import {onThemeChange} from './theme';

const HEIGHT = 236;
const SOON = 60_000;

/** Steps for what is ordered and applied, dots for what was measured; what isn't known is left out. */
@customElement('weight-chart')
class WeightChart extends Part {
  @property({attribute: false}) points: WeightPoint[] = [];
  @property({attribute: false}) happenings: Happening[] = [];
  @property({type: Boolean}) running = false;
  @property() at = '';
  @state() private reading = '';
  private plot: uPlot | null = null;
  private colours!: Colours;
  private readonly sized = new ResizeObserver(() => this.plot?.setSize({width: this.width, height: HEIGHT}));
  private stopTheme: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => requestAnimationFrame(() => this.rebuild()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.sized.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  private get host(): HTMLElement {
    return this.querySelector('.chart')!;
  }

  private get width(): number {
    return Math.max(280, this.host.clientWidth);
  }

  override render(): TemplateResult {
    return html`<div class="chart" role="img" aria-label="Weight over time; the table says the same"></div>
      <p class="reading" aria-hidden="true">${this.reading || html`<span class="key desired">desired</span><span class="key applied">applied</span><span class="key observed">observed</span><span class="muted">point at it for values, click to link to a minute</span>`}</p>`;
  }

  override updated(changes: PropertyValues): void {
    if (!this.plot) {
      this.rebuild();
    } else if (changes.has('points') || changes.has('happenings') || changes.has('at')) {
      this.plot.setData(this.data());
    }
  }

  private data(): uPlot.AlignedData {
    const end = this.running && this.points.length ? [{...this.points.at(-1)!, at: new Date(now()).toISOString(), observed: null}] : [];
    const all = [...this.points, ...end];
    const of = (key: 'desired' | 'applied' | 'observed') => all.map((it) => it[key] ?? null);
    return [all.map((it) => Date.parse(it.at) / 1000), of('desired'), of('applied'), of('observed')];
  }

  private rebuild(): void {
    if (!this.isConnected) {
      return;
    }
    this.plot?.destroy();
    this.colours = chartColours(this);
    this.plot = new uPlot(this.options(), this.data(), this.host);
    this.sized.observe(this.host);
  }

  private options(): uPlot.Options {
    const {text, line, desired, applied, appliedFill, observed} = this.colours;
    const stepped = uPlot.paths.stepped!({align: 1});
    const axis = {stroke: text, grid: {stroke: line, width: 1}, ticks: {show: false}, font: '11px "Inter Variable", system-ui, sans-serif'};
    return {
      width: this.width,
      height: HEIGHT,
      padding: [LANES.length * LANE_HEIGHT + 8, 22, 0, 0],
      legend: {show: false},
      cursor: {y: false, points: {show: false}, drag: {x: false, y: false}},
      scales: {x: {time: true, range: (_plot, low, high) => this.span(low, high)}, y: {range: [0, 100]}},
      axes: [{...axis, space: 64, size: 28, values: (_plot, ticks, _axis, _space, step) => ticks.map((it) => axisTime(it * 1000, step))}, {...axis, size: 62, splits: () => [0, 25, 50, 75, 100], values: (_plot, ticks) => ticks.map((it) => `${it} %`)}],
      series: [
        {},
        {stroke: desired, width: 1.5, dash: [5, 4], paths: stepped, points: {show: false}},
        {stroke: applied, width: 2, fill: appliedFill, paths: stepped, points: {show: false}},
        {stroke: observed, paths: () => null, points: {show: true, size: 5, fill: observed, stroke: observed}},
      ],
      hooks: {
        draw: [(plot) => drawHappenings(plot, this.happenings, this.colours, Date.parse(this.at))],
        setCursor: [(plot) => this.read(plot)],
        ready: [(plot) => plot.over.addEventListener('click', () => this.mark(plot))],
      },
    };
  }

  /** All of it, what happened before the first weight too, and never less than a minute. */
  private span(low: number, high: number): [number, number] {
    const from = Math.min(low, ...this.happenings.slice(0, 1).map((it) => it.time / 1000));
    return [from, Math.max(high, from + SOON / 1000)];
  }

  private mark(plot: uPlot): void {
    const {left} = plot.cursor;
    if (left != null && left >= 0) {
      ask({at: new Date(plot.posToVal(left, 'x') * 1000).toISOString()});
    }
  }

  private read(plot: uPlot): void {
    const {left, idx} = plot.cursor;
    if (left == null || left < 0 || idx == null) {
      this.reading = '';
      return;
    }
    const time = plot.posToVal(left, 'x') * 1000;
    const point = this.points.findLast((it) => Date.parse(it.at) <= time);
    const near = (plot.posToVal(8, 'x') - plot.posToVal(0, 'x')) * 1000;
    const events = this.happenings.filter((it) => Math.abs(it.time - time) < near).slice(0, 2);
    const weights = point ? `desired ${percent(point.desired)}, applied ${percent(point.applied)}, observed ${percent(point.observed)}` : '';
    this.reading = [localTime(time), weights, ...events.map((it) => `${it.words} (${it.by})`)].filter(Boolean).join('  ·  ');
  }
}

export type {WeightChart};
