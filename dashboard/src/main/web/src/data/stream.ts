import {serverEvents, type ServerEvent} from './events';
import {headers} from './session';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
/** A connection that has lasted so long is one that works: what comes after it begins to count anew. */
const LASTING = 2_000;
/** Two heartbeats and a half: a connection that says nothing for so long is none. */
const SILENCE = 38_000;

export interface Lost {
  why: string;
  /** What the server answered, if it did. */
  status?: number;
  /** It told something, and then ended as servers do now and then: nothing is amiss unless that goes on. */
  isInOrder?: boolean;
}

export interface StreamListener {
  event(event: ServerEvent): void;
  opened(): void;
  /** @param retryAt when it is tried again, by Date.now() */
  lost(lost: Lost, retryAt: number): void;
}

/** One connection to /api/stream that comes back by itself; read by fetch, as EventSource carries no bearer token. */
export class Stream {
  private lastId: string | undefined;
  private failures = 0;
  private abort: AbortController | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly listener: StreamListener) {
    addEventListener('online', () => this.now());
    document.addEventListener('visibilitychange', () => document.hidden || this.wake?.());
  }

  /** Tries at once. */
  now(): void {
    this.failures = 0;
    this.abort?.abort('again');
    this.wake?.();
  }

  async run(): Promise<never> {
    for (;;) {
      const lost = await this.connect();
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures) * (0.75 + Math.random() / 2);
      if (!lost.isInOrder || this.failures > 1) {
        this.listener.lost(lost, Date.now() + wait);
      }
      this.failures++;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  private async connect(): Promise<Lost> {
    const begun = Date.now();
    let isTold = false;
    const abort = (this.abort = new AbortController());
    let silence = setTimeout(() => abort.abort('silent'), SILENCE);
    try {
      const response = await fetch('/api/stream', {
        headers: headers({Accept: 'text/event-stream', ...(this.lastId && {'Last-Event-ID': this.lastId})}),
        signal: abort.signal,
        cache: 'no-store',
      });
      if (!response.ok || !response.body) {
        return {why: `the server answered ${response.status}`, status: response.status};
      }
      // a server that ends what it has just opened is not asked without a pause
      this.failures = Math.max(1, this.failures);
      this.listener.opened();
      for await (const event of serverEvents(response.body)) {
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort('silent'), SILENCE);
        isTold = true;
        if (Date.now() - begun > LASTING) {
          this.failures = 0;
        }
        this.lastId = event.id ?? this.lastId;
        this.listener.event(event);
      }
      return {why: 'the server ended the connection', isInOrder: isTold};
    } catch (e) {
      return {why: abort.signal.reason === 'silent' ? 'the server says nothing' : 'the server can’t be reached'};
    } finally {
      clearTimeout(silence);
    }
  }
}
