import {ask, asked, go, listPath, place} from '../data/place';
import {store} from '../data/store';
import {mayAfterAsking, mayStart} from '../data/rights';
import {offered} from '../model/effect';
import type {Status} from '../model/messages';
import {intend, intendStart} from './commanding';
import type {RolloutRows} from './rollout-rows';

export const KEYS: [string, string][] = [
  ['/', 'Search'],
  ['j  k  ↓  ↑', 'Next and previous rollout in the list'],
  ['Enter', 'Open the rollout'],
  ['a', 'Abort the rollout that is open or chosen: asks before it does'],
  ['n', 'Start a new rollout'],
  ['Esc', 'Leave the search, clear it, or go back to the list'],
  ['?', 'This help'],
];

const rows = () => document.querySelector<RolloutRows>('rollout-rows');

function current(): Status | null {
  const where = place();
  return where.page === 'rollout' ? (store.statuses.get(`${where.application}/${where.target}`) ?? null) : (rows()?.chosen ?? null);
}

const isTyping = (target: EventTarget | null) => (target as Element | null)?.matches?.('input, select, textarea') ?? false;

function escape(): void {
  const focused = document.activeElement as HTMLElement | null;
  if (isTyping(focused)) {
    focused!.blur();
  } else if (place().page !== 'list') {
    go(listPath());
  } else if (asked('q') || asked('phase') || asked('needs')) {
    ask({q: null, phase: null, needs: null});
  }
}

async function abort(): Promise<void> {
  const status = current();
  if (status && offered(status).includes('abort') && (await mayAfterAsking('abort', status.application))) {
    intend({type: 'abort', status});
  }
}

const ACTS: Record<string, (() => void) | undefined> = {
  '/': () => document.querySelector<HTMLInputElement>('#search')?.focus(),
  '?': () => dispatchEvent(new Event('sluice-help')),
  a: () => void abort(),
  n: () => mayStart() && intendStart(),
  j: () => rows()?.step(1),
  k: () => rows()?.step(-1),
  ArrowDown: () => rows()?.step(1),
  ArrowUp: () => rows()?.step(-1),
  Escape: escape,
};

export function listenForKeys(): void {
  document.addEventListener('keydown', (e) => {
    const act = ACTS[e.key];
    const isArrow = e.key.startsWith('Arrow');
    const isOurs = act && !e.ctrlKey && !e.metaKey && !e.altKey && !document.querySelector('dialog[open]');
    if (!isOurs || (isTyping(e.target) && e.key !== 'Escape' && !(isArrow && (e.target as Element).id === 'search')) || (isArrow && !rows())) {
      return;
    }
    e.preventDefault();
    act();
  });
}
