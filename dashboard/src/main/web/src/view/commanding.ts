import type {CommandType} from '../model/command';
import type {Freeze, Status} from '../model/messages';

/** What a person is about to send: of a target, or of everything (freezes). */
export interface Intent {
  type: CommandType;
  status?: Status;
  freeze?: Freeze;
}

/** Opens the dialog that shows what a command does before it is sent. */
export const intend = (intent: Intent): void => void dispatchEvent(new CustomEvent<Intent>('sluice-command', {detail: intent}));

/** Opens the one that begins a rollout by a file. */
export const intendStart = (): void => void dispatchEvent(new Event('sluice-start'));
