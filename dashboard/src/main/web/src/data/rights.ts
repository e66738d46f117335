import {me} from './api';
import {store} from './store';
import type {Me} from '../model/messages';
import type {CommandType} from '../model/command';

const AGAIN = 5_000;
const asked = new Map<string, Me | null | undefined>();

/** Who looks, and what they may do with an application: null where everything is allowed, undefined until it is known. */
export function rights(application: string): Me | null | undefined {
  if (!asked.has(application)) {
    asked.set(application, undefined);
    void me(application).then((found) => {
      asked.set(application, found);
      if (found === undefined) {
        setTimeout(() => asked.delete(application), AGAIN);
      }
      store.dispatchEvent(new Event('change'));
    });
  }
  return asked.get(application);
}

/** Rights are somebody's: another token is somebody else. */
export const forgetRights = (): void => asked.clear();

export const mayForce = (application: string): boolean => {
  const found = rights(application);
  return found === null || !!found?.force;
};

export function may(type: CommandType, application: string): boolean {
  const found = rights(application);
  return found === null || !!found?.commands?.includes(type);
}
