import {quoted} from './command';
import type {StepView, Problem} from './messages';

/** What a start would begin, as the engine reads it out of the file. */
export interface Plan {
  application: string;
  targets: PlannedTarget[];
  warnings?: Problem[];
  /** What the engine would decide now, as the audit would show it. */
  now?: {decision: string; target?: string | null; reason?: string | null}[];
  /** What would hold which steps now. */
  holds?: {words: string; until?: string | null}[];
  /** The file as JSON, in a text: numbers stay as they were written. */
  file: string;
}

export interface PlannedTarget {
  target: string;
  cluster: string;
  namespace: string;
  dependsOn?: string[] | null;
  before?: StepView[] | null;
  steps: StepView[];
  watchedBy?: string[] | null;
  after?: StepView[] | null;
  routes?: string[] | null;
}

/** A start by a rollout file; its id becomes the rollout's. */
export interface Start {
  id: string;
  application: string;
  revision?: string;
  reason?: string;
  /** As in the plan. */
  file: string;
}

/** What is posted, and what a record on rollout.commands would have. */
export function startMessage({file, id, application, revision, reason}: Start): string {
  const rest = JSON.stringify({id, type: 'start', application, revision, reason});
  return `${rest.slice(0, -1)},"rollout":${file}}`;
}

export function startLine({id, revision, reason}: Start, fileName: string): string {
  const option = (name: string, text: string | undefined) => (text ? ` --${name} ${quoted(text)}` : '');
  return `sluice start -f ${quoted(fileName)}${option('revision', revision)}${option('reason', reason)} --request-id ${id}`;
}

/** What comes of it in one sentence; `begins` where a start would change anything. */
export function verdict({application, targets, now = []}: Plan): {words: string; begins: boolean} {
  const all = (decision: string) => now.length > 0 && now.every((it) => it.decision === decision);
  const reason = now[0]?.reason ?? '';
  if (all('Rejected') || all('Ignored')) {
    return {words: all('Rejected') ? `would be rejected now: ${reason}` : `nothing to do: ${reason}`, begins: false};
  }
  const what = `a rollout of ${application} on ${targets.map((it) => it.target).join(', ')}`;
  const has = (decision: string) => now.some((it) => it.decision === decision);
  return {words: has('Started') ? `${what} begins` : has('Enqueued') ? `${what} waits its turn: ${reason}` : reason || what, begins: true};
}
