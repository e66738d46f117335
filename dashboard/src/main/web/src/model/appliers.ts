import type {Status} from './messages';
import {isOver} from './phase';

/** What is known of whoever writes to a cluster: what it said, and what is asked of it. */
export interface Applier {
  cluster: string;
  targets: number;
  running: number;
  /** The last word of it that counted, of all its targets; null: none is remembered. */
  heardAt: string | null;
  /** Targets whose order or check it hasn't answered yet, the longest wait first. */
  awaited: Status[];
}

const latest = (one: string | null, other: string | null | undefined): string | null => (!other || (one !== null && Date.parse(one) >= Date.parse(other)) ? one : other);

export const heardAt = (status: Status): string | null => (status.routes ?? []).reduce<string | null>((last, route) => latest(last, route.heardAt), null);

/** Endpoints are waited for with an answer; without one, a report or a check is. */
export const isAwaited = ({waitingFor}: Status): boolean => waitingFor?.kind === 'report' || waitingFor?.kind === 'check';

const since = (it: Status) => it.since ?? it.updatedAt;

/** By the cluster's name. */
export function appliers(statuses: Iterable<Status>): Applier[] {
  const found = new Map<string, Applier>();
  for (const status of statuses) {
    const {cluster} = status;
    if (cluster) {
      const known = found.get(cluster) ?? {cluster, targets: 0, running: 0, heardAt: null, awaited: []};
      found.set(cluster, known);
      known.targets++;
      known.running += isOver(status) ? 0 : 1;
      known.heardAt = latest(known.heardAt, heardAt(status));
      if (isAwaited(status)) {
        known.awaited.push(status);
      }
    }
  }
  for (const {awaited} of found.values()) {
    awaited.sort((a, b) => (since(a) < since(b) ? -1 : 1));
  }
  return [...found.values()].sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}
