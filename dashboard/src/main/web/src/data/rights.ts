import {me} from './api';
import {store} from './store';
import type {Me} from '../model/messages';
import type {CommandType} from '../model/command';

type Known = Me | null | undefined;

interface Entry {
  found: Known;
  /** The server didn't say. */
  isUnanswered: boolean;
  asked: Promise<Known>;
}

const AGAIN = 5_000;
const known = new Map<string, Entry>();
/** As the server said last: good enough until it says so anew. */
let before = new Map<string, Entry>();

/** Who looks, and what they may do with an application: null where everything is allowed, undefined until it is known. */
export const rights = (application: string): Known => entry(application).found;

/** Whether it is not known yet, and will be in a moment. */
export const isAsking = (application: string): boolean => {
  const {found, isUnanswered} = entry(application);
  return found === undefined && !isUnanswered;
};

function entry(application: string): Entry {
  let it = known.get(application);
  if (!it) {
    const last = before.get(application);
    it = {found: last?.found, isUnanswered: last?.isUnanswered ?? false, asked: me(application)};
    known.set(application, it);
    void it.asked.then((found) => {
      it!.found = found;
      it!.isUnanswered = found === undefined;
      store.dispatchEvent(new Event('change'));
      if (found === undefined) {
        setTimeout(() => forget(application, it!), AGAIN);
      }
    });
  }
  return it;
}

function forget(application: string, it: Entry): void {
  if (known.get(application) === it) {
    before.set(application, it);
    known.delete(application);
  }
}

/** Rules may have changed since the last stream was opened. */
store.addEventListener('opened', () => {
  before = new Map([...before, ...known]);
  known.clear();
});

export const mayForce = (application: string): boolean => {
  const found = rights(application);
  return found === null || !!found?.force;
};

const allows = (found: Known, type: CommandType | 'start') => found === null || !!found?.commands?.includes(type);

/** Where the server doesn't say, everything may be tried: the engine has the last word, and an abort must not wait for that. */
export const may = (type: CommandType | 'start', application: string): boolean => entry(application).isUnanswered || allows(rights(application), type);

/** Whether somebody may start anything at all, as far as is known: of what, the file says. */
export const mayStart = (): boolean =>
  !store.me?.grants || store.me.grants.some(({roles}) => roles.includes('operator') || roles.includes('admin'));

/** The same, for who can wait until it is known. */
export async function mayAfterAsking(type: CommandType, application: string): Promise<boolean> {
  const found = await entry(application).asked;
  return found === undefined || allows(found, type);
}
