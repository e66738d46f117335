import {html, type TemplateResult} from 'lit';

/** A part of a page under a heading of its own. */
export const panel = (title: string, body: unknown, aside: unknown = '', name = ''): TemplateResult =>
  html`<section class="panel ${name}" aria-label=${title}><header><h2>${title}</h2>${aside}</header>${body}</section>`;
