import type {LinkTemplate} from '../model/links';
import {links} from './api';
import {store} from './store';

let templates: LinkTemplate[] = [];

/** Those of the server's configuration, as far as it has told them. */
export const linkTemplates = (): LinkTemplate[] => templates;

async function ask(): Promise<void> {
  try {
    templates = await links();
    store.dispatchEvent(new Event('change'));
  } catch {
    // the next connection asks again; meanwhile those of before are as good
  }
}

store.addEventListener('opened', () => void ask());
