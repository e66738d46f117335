import {html, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {everySecond} from '../data/clock';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {duration} from '../model/words';
import {icon} from '../part/icon';
import {Part} from '../part/part';

/** A heartbeat comes every 15 s; what is older than this is said to be. */
const FRESH = 20_000;
/** The server looks at the ends of its topics about once a second: this much behind is as good as now. */
const BEHIND = 5_000;

interface Age {
  words: string;
  tone: 'good' | 'hold' | 'bad';
  icon: string;
  isLive: boolean;
}

/** How old the picture is, and whether its numbers may be shown as live. */
export function age(): Age {
  const {state, heardAt, lagMillis, caughtUp, retryAt} = store.link;
  const old = heardAt === undefined ? null : Date.now() - heardAt + lagMillis;
  if (state === 'refused') {
    return {words: 'Not signed in', tone: 'bad', icon: 'key', isLive: false};
  }
  if (state === 'lost') {
    const again = Math.max(0, (retryAt ?? 0) - Date.now());
    return {words: `Disconnected · again in ${duration(again)}`, tone: 'bad', icon: 'alert', isLive: false};
  }
  if (state === 'connecting' || old === null) {
    return {words: 'Connecting', tone: 'hold', icon: 'dots', isLive: false};
  }
  if (!caughtUp) {
    return {words: 'Catching up', tone: 'hold', icon: 'clock', isLive: false};
  }
  return old > FRESH || lagMillis > BEHIND
    ? {words: `${duration(old)} old`, tone: 'hold', icon: 'clock', isLive: false}
    : {words: 'Live', tone: 'good', icon: 'check', isLive: true};
}

@customElement('live-pill')
class LivePill extends Part {
  private stop: (() => void) | undefined;

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = everySecond(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  override render(): TemplateResult {
    const {words, tone, icon: shape, isLive} = age();
    document.documentElement.dataset.live = isLive ? 'yes' : 'no';
    return html`<span class="badge pill ${tone}" title="How old the data on this page is">${icon(shape)}<span>${words}</span></span>`;
  }
}

export type {LivePill};
