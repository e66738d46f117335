import type {Audit, Freeze, Me, Status, Verdict} from '../model/messages';
import {keyOf} from '../model/messages';
import {serverSays} from './clock';
import {me} from './api';
import type {ServerEvent} from './events';
import {Stream} from './stream';

/** While the server doesn't say who looks. */
const AGAIN = 5_000;

/** How the picture came about: live only while the stream is open and its reader has caught up. */
export interface Link {
  state: 'connecting' | 'open' | 'lost' | 'refused';
  why?: string;
  status?: number;
  retryAt?: number;
  /** When the server was last heard, by this machine's clock. */
  heardAt?: number;
  caughtUp: boolean;
  lagMillis: number;
}

/** All that is known, as the stream tells it; those who listen are told once per frame at most. */
export class Store extends EventTarget {
  readonly statuses = new Map<string, Status>();
  /** Null while the engine hasn't said. */
  freezes: Freeze[] | null = null;
  /** Statuses that were too many for the server to keep. */
  leftOut = 0;
  link: Link = {state: 'connecting', caughtUp: false, lagMillis: 0};
  loaded = false;
  /** Statuses of the snapshot that are still to come, one by one. */
  coming = 0;
  /** Targets that this snapshot has told of so far; what is known of others stays until it is complete. */
  private retold: Set<string> | null = null;
  private heartbeats = 0;
  /** Null where nobody is told apart, undefined where it is not known who looks. */
  me: Me | null | undefined = undefined;
  /** Grows with every change of statuses and of who looks, so that what is worked out from all of them is kept until then. */
  version = 0;
  private told = false;
  private isAsking = false;
  private again: ReturnType<typeof setTimeout> | undefined;
  readonly stream = new Stream({
    event: (event) => this.on(event),
    opened: () => this.opened(),
    lost: ({why, status}, retryAt) => this.linked({state: status === 401 || status === 403 ? 'refused' : 'lost', why, status, retryAt}),
  });

  start(): void {
    void this.stream.run();
    void this.identify();
  }

  /** Rules and groups may have changed since the last one. */
  private opened(): void {
    this.linked({state: 'open'});
    this.dispatchEvent(new Event('opened'));
    clearTimeout(this.again);
    void this.identify();
  }

  private async identify(): Promise<void> {
    if (this.isAsking) {
      return;
    }
    this.isAsking = true;
    this.me = await me();
    this.isAsking = false;
    this.version++;
    this.tell();
    if (this.me === undefined && this.link.state === 'open') {
      this.again = setTimeout(() => void this.identify(), AGAIN);
    }
  }

  private linked(more: Partial<Link>): void {
    this.link = {...this.link, ...more};
    this.tell();
  }

  /** One event that can't be read is no reason to miss all others. */
  private on({event, data}: ServerEvent): void {
    this.link.heardAt = Date.now();
    try {
      this.take(event, JSON.parse(data));
    } catch (e) {
      console.error('This event can’t be read:', event, data, e);
    }
  }

  private take(event: string, said: any): void {
    switch (event) {
      case 'snapshot': return this.snapshot(said);
      case 'status': return this.status(said);
      case 'gone': return this.gone(said.key);
      case 'audit': return this.audit(said);
      case 'verdict': return void this.dispatchEvent(new CustomEvent<Verdict>('verdict', {detail: said}));
      case 'heartbeat': return this.heartbeat(said);
    }
  }

  private snapshot(said: {statuses: Status[]; freezes?: Freeze[] | null; caughtUp?: boolean; leftOut?: number; more?: number}): void {
    this.retold = new Set(said.statuses.map(keyOf));
    said.statuses.forEach((status) => this.keep(status));
    this.freezes = said.freezes ?? this.freezes;
    this.leftOut = said.leftOut ?? 0;
    this.coming = said.more ?? 0;
    this.heartbeats = 0;
    this.concludeSnapshot();
    this.loaded = true;
    this.linked({caughtUp: said.caughtUp !== false});
    this.dispatchEvent(new Event('snapshot'));
  }

  private status(status: Status): void {
    const known = this.statuses.get(keyOf(status));
    if (this.retold && !this.retold.has(keyOf(status))) {
      this.retold.add(keyOf(status));
      this.coming--;
      this.concludeSnapshot();
    }
    if (!known || known.rollout !== status.rollout || known.version <= status.version) {
      this.keep(status);
      this.dispatchEvent(new CustomEvent<Status>('status', {detail: status}));
      this.tell();
    }
  }

  /** What a complete snapshot doesn't tell of is gone. */
  private concludeSnapshot(): void {
    const {retold} = this;
    if (this.coming === 0 && retold) {
      [...this.statuses.keys()].filter((key) => !retold.has(key)).forEach((key) => this.statuses.delete(key));
      this.retold = null;
      this.version++;
    }
  }

  private keep(status: Status): void {
    this.statuses.set(keyOf(status), status);
    this.version++;
  }

  private gone(key: string): void {
    this.statuses.delete(key);
    this.version++;
    this.tell();
  }

  private audit(entry: Audit): void {
    this.dispatchEvent(new CustomEvent<Audit>('audit', {detail: entry}));
    if (entry.decision === 'Frozen' || entry.decision === 'Unfrozen') {
      this.dispatchEvent(new Event('freezes'));
    }
  }

  private heartbeat(said: {now?: string; lagMillis?: number | null; caughtUp?: boolean}): void {
    serverSays(said.now);
    if (this.heartbeats++ > 0) {
      // a target that was forgotten meanwhile doesn't come
      this.coming = 0;
      this.concludeSnapshot();
    }
    this.linked({lagMillis: said.lagMillis ?? 0, caughtUp: said.caughtUp ?? said.lagMillis != null});
  }

  private tell(): void {
    if (!this.told) {
      this.told = true;
      const run = () => {
        this.told = false;
        this.dispatchEvent(new Event('change'));
      };
      document.hidden ? setTimeout(run, 250) : requestAnimationFrame(run);
    }
  }

  targetsOf(application: string): Status[] {
    return [...this.statuses.values()].filter((it) => it.application === application);
  }
}

export const store = new Store();
