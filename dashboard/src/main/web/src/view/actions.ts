import {html, nothing, type TemplateResult} from 'lit';
import {isAsking, may} from '../data/rights';
import type {CommandType} from '../model/command';
import {ACTIONS, offered} from '../model/effect';
import type {Status} from '../model/messages';
import {intend} from './commanding';

const STYLE: Partial<Record<CommandType, string>> = {approve: 'main-button', abort: 'danger-button', reject: 'danger-button', abandon: 'danger-button'};

/** Buttons for what can be done and may be done; whoever lacks the role doesn't see them, and the engine would refuse. */
export function actions(status: Status, only?: CommandType[]): TemplateResult | typeof nothing {
  if (offered(status).length > 0 && isAsking(status.application)) {
    return html`<span class="muted">The engine hasn’t said what you may do</span>`;
  }
  const types = offered(status).filter((type) => (!only || only.includes(type)) && may(type, status.application));
  return types.length === 0 ? nothing : html`<div class="actions">${types.map((type) => {
    const {label, title} = ACTIONS[type];
    return html`<button class=${STYLE[type] ?? ''} title=${title + (type === 'abort' ? ' (a)' : '')} data-command=${type}
      @click=${(e: Event) => { e.preventDefault(); intend({type, status}); }}>${label}</button>`;
  })}</div>`;
}
