import {html, nothing, type TemplateResult} from 'lit';
import {nameParts} from '../model/words';

/** The part that tells applications apart stands out. */
export function applicationName(application: string): TemplateResult {
  const [folder, name] = nameParts(application);
  return html`<span class="folder">${folder}</span><span class="own">${name}</span>`;
}

/** `1.4.1 → 1.4.2`, as far as both are known. */
export function revisions(it: {revision?: string | null; stableRevision?: string | null}): TemplateResult {
  return html`<span class="revisions">${it.stableRevision ? html`<span class="old">${it.stableRevision}</span> <span aria-label="to">→</span> ` : nothing}<span>${it.revision ?? 'revision not known'}</span></span>`;
}
