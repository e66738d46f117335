/** Where the page is: the address is all of it, so that every view can be sent to somebody else. */
export type Place =
  | {page: 'list'}
  | {page: 'rollout'; application: string; target: string}
  | {page: 'application'; application: string}
  | {page: 'freezes'}
  | {page: 'fleet'}
  | {page: 'nowhere'};

const read = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function place(pathname = location.pathname): Place {
  const [first, ...rest] = pathname.split('/').filter(Boolean).map(read);
  if (first === undefined || (first === 'rollouts' && rest.length === 0)) {
    return {page: 'list'};
  }
  if (first === 'rollouts' && rest.length > 1) {
    return {page: 'rollout', application: rest.slice(0, -1).join('/'), target: rest.at(-1)!};
  }
  if (first === 'applications' && rest.length > 0) {
    return {page: 'application', application: rest.join('/')};
  }
  return (first === 'freezes' || first === 'fleet') && rest.length === 0 ? {page: first} : {page: 'nowhere'};
}

const encoded = (application: string) => application.split('/').map(encodeURIComponent).join('/');

export const rolloutPath = (it: {application: string; target: string}) =>
  `/rollouts/${encoded(it.application)}/${encodeURIComponent(it.target)}`;
export const applicationPath = (application: string) => `/applications/${encoded(application)}`;

let lastList = '/';

/** The list as it was last looked at, filters included. */
export const listPath = () => lastList;

export function go(to: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  arrived();
}

/** Changes what stands behind the question mark; an empty value leaves the key out. */
export function ask(changes: Record<string, string | null>, replace = true): void {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    value ? query.set(key, value) : query.delete(key);
  }
  const text = query.toString().replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%2F/g, '/');
  go(location.pathname + (text && '?' + text) + (replace ? location.hash : ''), replace);
}

export const asked = (key: string): string => new URLSearchParams(location.search).get(key) ?? '';

function arrived(): void {
  if (place().page === 'list') {
    lastList = '/' + location.search;
  }
  dispatchEvent(new Event('sluice-place'));
}

/** Turns clicks on the page's own links into steps without loading it anew. */
export function followLinks(): void {
  addEventListener('popstate', arrived);
  document.addEventListener('click', (e) => {
    const link = (e.target as Element).closest?.('a[href]') as HTMLAnchorElement | null;
    const plain = e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;
    if (link && plain && !e.defaultPrevented && link.origin === location.origin && !link.target && !link.hasAttribute('download')) {
      e.preventDefault();
      const isSamePage = link.pathname === location.pathname && link.search === location.search;
      go(link.pathname + link.search + link.hash, isSamePage);
      if (!isSamePage) {
        scrollTo(0, 0);
      }
    }
  });
  arrived();
}
