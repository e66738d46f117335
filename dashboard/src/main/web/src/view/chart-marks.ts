import type uPlot from 'uplot';
import {LANES, type Happening, type Lane} from '../model/happenings';
import type {Colours} from './chart-colours';

export const LANE_HEIGHT = 14;

const SIZE = 3.6;

/** Each lane has a shape of its own, so that colours are not needed to tell them apart. */
const SHAPES: Record<Lane, (x: number, y: number, s: number) => string> = {
  orders: (x, y, s) => `M${x - s} ${y + s}L${x} ${y - s}L${x + s} ${y + s}Z`,
  verdicts: (x, y, s) => `M${x - s} ${y}a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0Z`,
  holds: (x, y, s) => `M${x - s} ${y - s}h${0.8 * s}v${2 * s}h${-0.8 * s}ZM${x + 0.2 * s} ${y - s}h${0.8 * s}v${2 * s}h${-0.8 * s}Z`,
  edits: (x, y, s) => `M${x} ${y - 1.2 * s}L${x + 1.2 * s} ${y}L${x} ${y + 1.2 * s}L${x - 1.2 * s} ${y}Z`,
  people: (x, y, s) => `M${x - s} ${y - s}h${2 * s}v${2 * s}h${-2 * s}Z`,
};

/** A failed verdict is a cross, not a red circle alone. */
const cross = (x: number, y: number, s: number) => `M${x - s} ${y - s}L${x + s} ${y + s}M${x + s} ${y - s}L${x - s} ${y + s}`;

/** Lanes of marks above the plot, one for each kind of event; and the minute that the address names. */
export function drawHappenings(plot: uPlot, happenings: Happening[], colours: Colours, at: number): void {
  const {ctx, bbox} = plot;
  const ratio = devicePixelRatio;
  const y = (lane: Lane) => bbox.top - (LANES.length - LANES.indexOf(lane) - 0.5) * LANE_HEIGHT * ratio - 4 * ratio;
  const x = (time: number) => plot.valToPos(time / 1000, 'x', true);
  const isInside = (time: number) => x(time) >= bbox.left - 1 && x(time) <= bbox.left + bbox.width + 1;
  ctx.save();
  ctx.font = `${10.5 * ratio}px "Inter Variable", system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  for (const lane of LANES) {
    ctx.fillStyle = colours.text;
    ctx.fillText(lane, bbox.left - 8 * ratio, y(lane));
    ctx.fillStyle = colours.line;
    ctx.fillRect(bbox.left, y(lane), bbox.width, ratio);
  }
  for (const it of happenings.filter(({time}) => isInside(time))) {
    const isFailed = it.lane === 'verdicts' && it.tone === 'bad';
    ctx.strokeStyle = ctx.fillStyle = colours[it.tone];
    ctx.lineWidth = 2 * ratio;
    const path = new Path2D((isFailed ? cross : SHAPES[it.lane])(x(it.time), y(it.lane), SIZE * ratio));
    isFailed || it.tone === 'hold' && it.lane === 'verdicts' ? ctx.stroke(path) : ctx.fill(path);
  }
  if (!Number.isNaN(at) && isInside(at)) {
    ctx.fillStyle = colours.mark;
    ctx.fillRect(x(at) - ratio, bbox.top - LANES.length * LANE_HEIGHT * ratio, 2 * ratio, bbox.height + LANES.length * LANE_HEIGHT * ratio);
  }
  ctx.restore();
}
