import type {ApplicationView, Audit, Status, Timeline, Verdict, WeightPoint} from '../model/messages';
import {applicationView, decisions, timeline} from './api';
import {store} from './store';

const MOST = 2000;
/** While the server still reads. */
const AGAIN = 3000;

/** What happened to one application so far, and goes on happening. */
export class Story extends EventTarget {
  audit: Audit[] = [];
  view: ApplicationView | null = null;
  loaded = false;
  failure = '';
  private readonly verdicts = new Map<string, Verdict[]>();
  private readonly weights = new Map<string, WeightPoint[]>();
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly stops: (() => void)[] = [];

  constructor(readonly application: string) {
    super();
    const on = <T>(type: string, take: (it: T) => void) => {
      const listener = (e: Event) => take((e as CustomEvent<T>).detail);
      store.addEventListener(type, listener);
      this.stops.push(() => store.removeEventListener(type, listener));
    };
    on<Audit>('audit', (it) => it.application === application && this.addAudit(it));
    on<Verdict>('verdict', (it) => it.application === application && this.addVerdict(it));
    on<Status>('status', (it) => it.application === application && this.addWeight(it));
    on('snapshot', () => this.loaded && void this.load());
    void this.load();
  }

  end(): void {
    clearTimeout(this.again);
    this.stops.forEach((stop) => stop());
  }

  /** What the dashboard remembers; where it remembers nothing, the engine's decisions. */
  async load(): Promise<void> {
    void this.loadView();
    try {
      const told = await timeline(this.application);
      this.take(told);
      if (!told.complete) {
        this.again = setTimeout(() => void this.load(), AGAIN);
      }
      if (this.audit.length === 0) {
        this.audit = await decisions(this.application);
      }
      this.failure = '';
    } catch (e) {
      this.failure = (e as Error).message;
    }
    this.loaded = true;
    this.tell();
  }

  private async loadView(): Promise<void> {
    this.view = await applicationView(this.application).catch(() => null);
    this.tell();
  }

  private take(told: Timeline): void {
    this.audit = told.audit ?? [];
    for (const {target, verdicts, weights} of told.targets ?? []) {
      this.verdicts.set(target, verdicts);
      this.weights.set(target, weights);
    }
    store.targetsOf(this.application).forEach((it) => this.addWeight(it));
  }

  /** Further decisions of long ago, from the engine; false where there are none. */
  async older(): Promise<boolean> {
    const oldest = Number(this.audit.at(-1)?.id.split('/').at(-1));
    const more = await decisions(this.application, Number.isNaN(oldest) ? undefined : oldest);
    const known = new Set(this.audit.map((it) => it.id));
    const added = more.filter((it) => !known.has(it.id));
    this.audit = [...this.audit, ...added];
    this.tell();
    return added.length > 0;
  }

  auditOf(target: string): Audit[] {
    return this.audit.filter((it) => !it.target || it.target === target);
  }

  /** Of one rollout, the newest first. */
  verdictsOf(status: Status): Verdict[] {
    return (this.verdicts.get(status.target) ?? []).filter((it) => it.rollout === status.rollout);
  }

  weightsOf(status: Status): WeightPoint[] {
    return (this.weights.get(status.target) ?? []).filter((it) => it.rollout === status.rollout);
  }

  private addAudit(it: Audit): void {
    if (!this.audit.some((known) => known.id === it.id)) {
      this.audit = [it, ...this.audit].slice(0, MOST);
      if (it.decision === 'Started' || it.decision === 'Updated') {
        void this.loadView();
      }
      this.tell();
    }
  }

  private addVerdict(it: Verdict): void {
    const known = this.verdicts.get(it.target) ?? [];
    if (!known.some((one) => one.id === it.id)) {
      this.verdicts.set(it.target, [it, ...known].slice(0, MOST));
      this.tell();
    }
  }

  private addWeight(it: Status): void {
    const known = this.weights.get(it.target) ?? [];
    const last = known.at(-1);
    if (it.weight && (!last || last.at < it.updatedAt)) {
      const {rollout, phase, step, updatedAt: at} = it;
      this.weights.set(it.target, [...known, {at, rollout, phase, step, ...it.weight}].slice(-MOST));
      this.tell();
    }
  }

  private tell(): void {
    this.dispatchEvent(new Event('change'));
  }
}
