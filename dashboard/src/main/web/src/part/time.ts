import {everySecond, now} from '../data/clock';
import {duration, localTime, utc} from '../model/words';

type Mode = 'ago' | 'since' | 'left' | 'clock';

/** A time by this machine's zone, with UTC on hover; relative ones go on by themselves. */
class SluiceTime extends HTMLElement {
  static observedAttributes = ['at', 'mode'];
  private stop: (() => void) | undefined;

  connectedCallback(): void {
    this.show();
    if (this.mode !== 'clock') {
      this.stop = everySecond(() => this.show());
    }
  }

  disconnectedCallback(): void {
    this.stop?.();
    this.stop = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) {
      this.show();
    }
  }

  private get mode(): Mode {
    return (this.getAttribute('mode') as Mode) ?? 'ago';
  }

  private show(): void {
    const at = Date.parse(this.getAttribute('at') ?? '');
    const text = Number.isNaN(at) ? '–' : this.words(at);
    if (this.textContent !== text) {
      this.textContent = text;
    }
    const title = Number.isNaN(at) ? '' : `${utc(at)}\n${localTime(at, 0)} here`;
    if (this.title !== title) {
      this.title = title;
    }
  }

  private words(at: number): string {
    switch (this.mode) {
      case 'clock': return localTime(at);
      case 'left': return at > now() ? duration(at - now()) : 'due';
      case 'since': return duration(now() - at);
      case 'ago': return `${duration(now() - at)} ago`;
    }
  }
}

customElements.define('s-time', SluiceTime);
