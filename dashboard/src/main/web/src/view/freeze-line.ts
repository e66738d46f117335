import {html, nothing, type TemplateResult} from 'lit';
import type {Freeze} from '../model/messages';
import {icon} from '../part/icon';
import '../part/time';

/** Who froze what, why, and for how long still. */
export function freezeLine(it: Freeze): TemplateResult {
  const labels = Object.entries(it.labels ?? {});
  return html`${icon('snow')} <b>${labels.length ? labels.map(([key, text]) => `${key}=${text}`).join(', ') : 'Every rollout'}</b>
    by ${it.actor}${it.reason ? html`: ${it.reason}` : nothing}
    <span class="muted">· since <s-time mode="clock" at=${it.since}></s-time> · ${it.until ? html`<s-time mode="left" at=${it.until}></s-time> left, until <s-time mode="clock" at=${it.until}></s-time>` : 'until somebody lifts it'}</span>`;
}
