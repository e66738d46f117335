import {html, nothing, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {icon} from '../part/icon';
import {Part} from '../part/part';
import '../part/time';

/** Says that the picture stands still, since when, and what to do. */
@customElement('lost-banner')
class LostBanner extends Part {
  constructor() {
    super();
    new Watching(this);
  }

  override render(): TemplateResult {
    return html`<div role="status">${this.words()}</div>`;
  }

  private words(): TemplateResult | typeof nothing {
    const {state, why, heardAt, status} = store.link;
    if (state === 'refused') {
      return html`<div class="banner bad">${icon('key')}<p><b>${status === 403 ? 'You may not see this.' : 'You are not signed in.'}</b>
        ${status === 403 ? 'Your token has none of the roles that may read.' : 'The server asks for a bearer token.'}</p>
        <button @click=${() => dispatchEvent(new Event('sluice-token'))}>Paste a token</button></div>`;
    }
    if (state === 'lost') {
      const old = heardAt ? html`What you see was true at <s-time mode="clock" at=${new Date(heardAt).toISOString()}></s-time>, and may have changed.` : 'Nothing was heard yet.';
      return html`<div class="banner bad">${icon('alert')}<p><b>The connection is lost:</b> ${why ?? 'the server can’t be reached'}. ${old}</p>
        <button @click=${() => store.stream.now()}>Try now</button></div>`;
    }
    return nothing;
  }
}

export type {LostBanner};
