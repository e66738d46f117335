import {me} from './api';
import {store} from './store';
import type {Me} from '../model/messages';
import type {CommandType} from '../model/command';

type Known = Me | null | undefined;

const AGAIN = 5_000;
const known = new Map<string, {found: Known; asked: Promise<Known>}>();

/** Who looks, and what they may do with an application: null where everything is allowed, undefined until it is known. */
export const rights = (application: string): Known => entry(application).found;

function entry(application: string): {found: Known; asked: Promise<Known>} {
  let it = known.get(application);
  if (!it) {
    it = {found: undefined, asked: me(application)};
    known.set(application, it);
    void it.asked.then((found) => {
      it!.found = found;
      store.dispatchEvent(new Event('change'));
      if (found === undefined) {
        setTimeout(() => known.delete(application), AGAIN);
      }
    });
  }
  return it;
}

/** Rights are somebody's: another token is somebody else. */
export const forgetRights = (): void => known.clear();

export const mayForce = (application: string): boolean => {
  const found = rights(application);
  return found === null || !!found?.force;
};

const allows = (found: Known, type: CommandType) => found === null || !!found?.commands?.includes(type);

export const may = (type: CommandType, application: string): boolean => allows(rights(application), type);

/** The same, for who can wait until it is known. */
export const mayAfterAsking = async (type: CommandType, application: string): Promise<boolean> => allows(await entry(application).asked, type);
