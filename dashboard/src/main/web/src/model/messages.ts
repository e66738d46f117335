/** Messages as they stand on the topics (schemas/), and the answers of the HTTP interface. Times are RFC 3339 in UTC. */

export type Phase =
  | 'Pending' | 'Progressing' | 'Analyzing' | 'Paused' | 'AwaitingApproval' | 'Waiting'
  | 'RollingBack' | 'Finalizing' | 'Promoted' | 'RolledBack' | 'Failed' | 'Cancelled';

export type Outcome = 'Pass' | 'Fail' | 'Inconclusive' | 'Error';

type Maybe<T> = T | null | undefined;

export interface Weights {
  desired?: Maybe<number>;
  applied?: Maybe<number>;
  observed?: Maybe<number>;
}

export interface RouteStatus {
  route: string;
  desired?: Maybe<number>;
  applied?: Maybe<number>;
  inForce?: Maybe<boolean>;
  /** Ready ones, as counted at heardAt. */
  endpoints?: Maybe<{active?: Maybe<{ready: number}>; canary?: Maybe<{ready: number}>}>;
  heardAt?: Maybe<string>;
}

export interface WaitingFor {
  kind: string;
  name?: Maybe<string>;
  roles?: Maybe<string[]>;
  until?: Maybe<string>;
  approvals?: Maybe<{by: string[]; needed: number; notBy?: Maybe<string>}>;
}

export interface QueryStatus {
  name: string;
  outcome?: Maybe<Outcome>;
  canary?: Maybe<number>;
  stable?: Maybe<number>;
  limit?: Maybe<string>;
  /** What was asked, with all variables filled in. */
  asked?: Maybe<string>;
  /** The smallest worsening that the run would have failed on by now; of shares alone. */
  detectable?: Maybe<{value: number; probability: number}>;
}

export type Ending = 'wrong' | 'right';

export interface Status {
  rollout: string;
  application: string;
  target: string;
  cluster?: Maybe<string>;
  revision?: Maybe<string>;
  stableRevision?: Maybe<string>;
  phase: Phase;
  step: number;
  steps: number;
  stepKind?: Maybe<string>;
  weight?: Maybe<Weights>;
  routes?: Maybe<RouteStatus[]>;
  active?: Maybe<string>;
  generation: number;
  sequence: number;
  version: number;
  links?: Maybe<{name: string; url: string}[]>;
  match?: Maybe<Record<string, unknown>>;
  mirror?: Maybe<{percentage?: number}>;
  labels?: Maybe<Record<string, string>>;
  trace?: Maybe<string>;
  observation?: Maybe<Observation>;
  waitingFor?: Maybe<WaitingFor>;
  analysis?: Maybe<{name: string; run?: number; runs?: number; outcome?: Maybe<Outcome>; queries?: Maybe<QueryStatus[]>}>;
  drift?: Maybe<{count: number; actor?: Maybe<string>}>;
  degraded?: Maybe<boolean>;
  queued?: Maybe<string>;
  retryOf?: Maybe<string>;
  undoOf?: Maybe<string>;
  reasonCode: string;
  reason?: Maybe<string>;
  actor?: Maybe<string>;
  startedAt?: Maybe<string>;
  since?: Maybe<string>;
  nextAt?: Maybe<string>;
  updatedAt: string;
  endedAt?: Maybe<string>;
}

/** What Sluice makes of it where another tool decides. */
export interface Observation {
  opinion: 'GoOn' | 'Pause' | 'RollBack';
  since?: Maybe<string>;
  reason?: Maybe<string>;
  ended?: Maybe<'Promoted' | 'TookBack' | 'Unknown'>;
  agrees?: Maybe<boolean>;
  disagreements?: Maybe<{at: string; sluice: string; other: string; reason?: Maybe<string>}[]>;
}

export interface Problem {
  pointer: string;
  message: string;
  allowed?: Maybe<string[]>;
}

export interface Audit {
  id: string;
  decision: string;
  application: string;
  target?: Maybe<string>;
  rollout?: Maybe<string>;
  event: {type: string; id?: Maybe<string>; reason?: Maybe<string>};
  actor: string;
  reason?: Maybe<string>;
  errors?: Maybe<Problem[]>;
  before?: Maybe<Record<string, unknown>>;
  after?: Maybe<Record<string, unknown>>;
  time: string;
}

export interface QueryVerdict extends QueryStatus {
  samples?: Maybe<{canary: number; stable: number}>;
  interval?: Maybe<{low?: Maybe<number>; high?: Maybe<number>}>;
  evidence?: Maybe<{against: number; bar: number}>;
  words?: Maybe<string>;
  dryRun?: Maybe<boolean>;
  pending?: Maybe<boolean>;
}

export interface Verdict {
  id: string;
  rollout: string;
  application: string;
  target: string;
  analysis: string;
  run: number;
  outcome: Outcome;
  share?: Maybe<{observed: number; low: number; high: number}>;
  queries?: Maybe<QueryVerdict[]>;
  time: string;
}

export interface Freeze {
  id: string;
  labels?: Maybe<Record<string, string>>;
  actor: string;
  reason?: Maybe<string>;
  since: string;
  until?: Maybe<string>;
}

/** A weight as it was from a time on; null where it was not known. */
export interface WeightPoint extends Weights {
  at: string;
  rollout: string;
  phase: Phase;
  step: number;
}

/** What the dashboard remembers of an application; audit and verdicts the newest first, weights the oldest first. */
export interface Timeline {
  /** Whether the topics have been read up to what there was when the dashboard began. */
  complete: boolean;
  audit: Audit[];
  targets: {target: string; verdicts: Verdict[]; weights: WeightPoint[]}[];
}

/** Of so many durations: half are at most the median, nine in ten at most `p90Millis`. */
export interface Spread {
  count: number;
  medianMillis: number;
  p90Millis: number;
  longestMillis: number;
}

export interface Figures {
  /** Whether the audit has been read up to what there was when the dashboard began. */
  complete: boolean;
  from: string;
  to: string;
  promoted: number;
  wentBack: number;
  falseAborts?: number;
  missed?: number;
  promotedPerDay?: Maybe<number>;
  changeFailureRate?: Maybe<number>;
  leadTime?: Maybe<Spread>;
  timeToRestore?: Maybe<Spread>;
}

export interface StepView {
  step: number;
  kind: string;
  weight?: number;
  match?: unknown;
  mirror?: {percentage?: number};
  duration?: string;
  approvals?: number;
  roles?: string[];
  queries?: string[];
  webhook?: string;
  conditions?: StepView[];
}

export interface WindowView {
  open: boolean;
  until?: Maybe<string>;
  reason?: Maybe<string>;
}

/** The engine's view of an application; `dependsOn` and `lockstep` where it tells them. */
export interface ApplicationView {
  application: string;
  rollout?: Maybe<string>;
  window?: Maybe<WindowView>;
  steps?: Maybe<Record<string, StepView[]>>;
  dependsOn?: Maybe<Record<string, string[]>>;
  lockstep?: Maybe<string[][]>;
}

export interface PastTarget {
  target: string;
  cluster?: Maybe<string>;
  phase: Phase;
  step: number;
  steps: number;
  reasonCode: string;
  reason?: Maybe<string>;
  actor?: Maybe<string>;
  driftCount?: number;
  endedAt?: Maybe<string>;
  spent?: Maybe<Record<string, string>>;
}

export interface PastRollout {
  rollout: string;
  revision?: Maybe<string>;
  phase: Phase;
  actor?: Maybe<string>;
  startedAt: string;
  endedAt?: Maybe<string>;
  assessment?: Maybe<{ending: Ending; actor: string; reason?: Maybe<string>; at: string}>;
  targets: PastTarget[];
}

/** Who looks; roles and commands are those for the application that was asked about. */
export interface Me {
  actor: string;
  groups: string[];
  mode?: string;
  /** Where no application is asked about: what the rules give. */
  grants?: {applications: string; roles: string[]}[];
  roles?: string[];
  commands?: string[];
  /** Whether abort, reject and undo may be forced, and freezes overridden. */
  force?: boolean;
}

export const keyOf = (it: {application: string; target?: Maybe<string>}): string => `${it.application}/${it.target ?? ''}`;
