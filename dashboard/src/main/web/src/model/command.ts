import type {Ending, Status} from './messages';

export type CommandType =
  | 'approve' | 'reject' | 'pause' | 'resume' | 'skip' | 'promote' | 'goto' | 'abort' | 'retry' | 'undo'
  | 'finalize' | 'release' | 'abandon' | 'freeze' | 'unfreeze' | 'assess';

/** As on rollout.commands. Who sends it is told by the token, never by the body. */
export interface Command {
  id: string;
  type: CommandType;
  application: string;
  target?: string;
  reason?: string;
  revision?: string;
  expect?: {rollout: string; step?: number};
  step?: number;
  force?: boolean;
  overrideFreeze?: boolean;
  until?: string;
  freeze?: string;
  labels?: Record<string, string>;
  assessment?: {rollout: string; ending: Ending};
}

/** 128 random bits: the same click sent twice is one effect. */
export function newId(type: CommandType | 'start'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `page-${type}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Those that answer a question hold only for the step that was looked at. */
const BOUND_TO_STEP: CommandType[] = ['approve', 'reject', 'skip', 'goto', 'resume'];

export const isBoundToStep = (type: CommandType): boolean => BOUND_TO_STEP.includes(type);

export function commandFor(type: CommandType, status: Status, more: Partial<Command> = {}): Command {
  const isAboutRunning = type !== 'retry' && type !== 'undo' && type !== 'release' && type !== 'assess';
  return {
    id: newId(type),
    type,
    application: status.application,
    target: type === 'release' || type === 'assess' ? undefined : status.target,
    revision: type === 'release' ? (status.revision ?? undefined) : undefined,
    expect: isAboutRunning ? {rollout: status.rollout, ...(isBoundToStep(type) && {step: status.step})} : undefined,
    ...more,
  };
}

const bare = /^[A-Za-z0-9_@%+=:,./-]+$/;
export const quoted = (text: string) => (bare.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`);

export function commandLine(command: Command): string {
  const words = ['sluice', command.type, command.application === '*' ? '' : quoted(command.application), command.step?.toString() ?? '',
    ...(command.assessment ? [quoted(command.assessment.rollout), command.assessment.ending] : [])];
  const option = (name: string, text: string | undefined) => text !== undefined && words.push(`--${name}`, quoted(text));
  option('target', command.target);
  option('revision', command.revision);
  option('rollout', command.expect?.rollout);
  option('step', command.expect?.step?.toString());
  option('freeze', command.freeze);
  Object.entries(command.labels ?? {}).forEach(([key, text]) => option('label', `${key}=${text}`));
  option('until', command.until);
  if (command.force) {
    words.push('--force');
  }
  if (command.overrideFreeze) {
    words.push('--override-freeze');
  }
  option('reason', command.reason);
  option('request-id', command.id);
  return words.filter(Boolean).join(' ');
}

/** The value of a record on rollout.commands; its key is the application. */
export const kafkaMessage = (command: Command): string => JSON.stringify(command);
