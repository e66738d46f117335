import type {ApplicationView, Audit, Figures, Freeze, Me, PastRollout, Problem, Timeline} from '../model/messages';
import {kafkaMessage, type Command} from '../model/command';
import type {LinkTemplate} from '../model/links';
import {startMessage, type Plan, type Start} from '../model/start';
import {headers} from './session';

/** An answer that isn't what was asked for, in the server's words: what is wrong, and what to do. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string, readonly todo = '', readonly problems: Problem[] = []) {
    super(message);
  }
}

const path = (application: string): string => application.split('/').map(encodeURIComponent).join('/');

async function ask<T>(url: string, init: RequestInit & {type?: string} = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...init,
      headers: headers(init.type ? {'Content-Type': init.type} : {}),
    });
  } catch (e) {
    throw new Refusal(0, 'The server can’t be reached', 'Try again; the same command id again is safe');
  }
  if (response.ok) {
    return response.json() as Promise<T>;
  }
  const said = await response.json().catch(() => ({}));
  const words: Record<number, string> = {401: 'You are not signed in', 403: 'Your roles don’t allow that', 404: 'Nothing is known of that'};
  throw new Refusal(response.status, said.error ?? words[response.status] ?? `The server answered ${response.status}`, said.todo ?? '', said.problems ?? []);
}

/** Null where nobody is told apart: then everything is allowed, and the engine has the last word. Undefined: not known now. */
export async function me(application?: string): Promise<Me | null | undefined> {
  try {
    const said = await ask<Me>('/api/me' + (application ? `?application=${encodeURIComponent(application)}` : ''));
    return said.mode === 'off' ? null : said;
  } catch (e) {
    return e instanceof Refusal && e.status === 404 ? null : undefined;
  }
}

export const timeline = (application: string) => ask<Timeline>(`/api/applications/${path(application)}/timeline`);
export const decisions = (application: string, before?: number) =>
  ask<Audit[]>(`/api/decisions/${path(application)}?limit=200${before ? `&before=${before}` : ''}`);
export const history = (application: string) => ask<PastRollout[]>(`/api/history/${path(application)}?limit=50`);
export const applicationView = (application: string) => ask<ApplicationView>(`/api/rollouts/${path(application)}`);
export const freezes = () => ask<Freeze[]>('/api/freezes');
export const links = () => ask<LinkTemplate[]>('/api/links');
export const fleet = () => ask<Figures>('/api/fleet');
/** A file that isn't valid is refused, with its problems. */
export const plan = (file: string, revision: string) =>
  ask<Plan>(`/api/plan?file=true${revision ? `&revision=${encodeURIComponent(revision)}` : ''}`, {method: 'POST', type: 'application/yaml', body: file});

const post = (message: string) => ask<{id: string; warnings?: Problem[]}>('/api/commands', {method: 'POST', type: 'application/json', body: message});
export const send = (command: Command) => post(kafkaMessage(command));
export const sendStart = (start: Start) => post(startMessage(start));

/** What a command led to; waits for it, and is empty where nothing was heard within ten seconds. */
export async function outcome(command: Pick<Command, 'id' | 'application'>): Promise<Audit[]> {
  try {
    return await ask<Audit[]>(`/api/commands/${path(command.application)}?id=${encodeURIComponent(command.id)}&wait=10s`);
  } catch (e) {
    if (e instanceof Refusal && e.status === 404) {
      return [];
    }
    throw e;
  }
}
