import type {Phase, Status} from './messages';

/** Tones are told apart by icon and word as well: colour is never alone. */
export type Tone = 'moving' | 'person' | 'hold' | 'back' | 'bad' | 'good' | 'quiet';

interface PhaseView {
  words: string;
  tone: Tone;
  icon: string;
}

const PHASES: Record<Phase, PhaseView> = {
  AwaitingApproval: {words: 'Awaits approval', tone: 'person', icon: 'person'},
  RollingBack: {words: 'Rolling back', tone: 'back', icon: 'back'},
  Progressing: {words: 'Progressing', tone: 'moving', icon: 'moving'},
  Analyzing: {words: 'Analyzing', tone: 'moving', icon: 'pulse'},
  Finalizing: {words: 'Finalizing', tone: 'moving', icon: 'flag'},
  Paused: {words: 'Paused', tone: 'hold', icon: 'pause'},
  Waiting: {words: 'Waiting', tone: 'hold', icon: 'clock'},
  Pending: {words: 'Pending', tone: 'quiet', icon: 'dots'},
  RolledBack: {words: 'Rolled back', tone: 'bad', icon: 'undo'},
  Failed: {words: 'Failed', tone: 'bad', icon: 'cross'},
  Promoted: {words: 'Promoted', tone: 'good', icon: 'check'},
  Cancelled: {words: 'Cancelled', tone: 'quiet', icon: 'none'},
};

/** In the order in which people look for them. */
export const phases = Object.keys(PHASES) as Phase[];

const UNKNOWN: PhaseView = {words: 'Unknown', tone: 'quiet', icon: 'dots'};

export const phaseView = (phase: Phase): PhaseView => PHASES[phase] ?? UNKNOWN;

/** A rollback that is past its deadline is worse than one on its way. */
export const view = (status: Status): PhaseView =>
  status.degraded ? {words: 'Degraded', tone: 'bad', icon: 'alert'} : phaseView(status.phase);

const OVER: Phase[] = ['Promoted', 'RolledBack', 'Failed', 'Cancelled'];

export const isOver = (status: {phase: Phase}): boolean => OVER.includes(status.phase);

/** No route carries anything of it: as reported, or as it ended before its first step, of which nobody reports. */
export const isAtZero = ({phase, step, weight}: Status): boolean =>
  weight?.desired === 0 && (weight.applied === 0 || (weight.applied == null && step === 0 && isOver({phase})));
