import {html, nothing, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {keepToken, token} from '../data/session';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {Part} from '../part/part';

/** Who looks, and how to become somebody: a bearer token, kept for this tab alone. */
@customElement('token-dialog')
class TokenDialog extends Part {
  private readonly open = () => this.querySelector('dialog')!.showModal();

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-token', this.open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-token', this.open);
  }

  override render(): TemplateResult {
    const {me} = store;
    return html`<dialog aria-labelledby="token-title"><form method="dialog" @submit=${this.keep}>
      <h2 id="token-title">Who you are</h2>
      ${me ? html`<dl class="facts"><dt>Name</dt><dd>${me.actor}</dd><dt>Groups</dt><dd>${me.groups.join(', ') || 'none'}</dd></dl>`
        : html`<p>${me === null ? 'The server tells nobody apart here: every button is shown, and the engine has the last word.'
          : 'The server hasn’t said who you are: nothing counts as yours until it does, and the engine has the last word.'}</p>`}
      <label>Bearer token <small>kept for this tab, until it is closed</small>
        <input type="password" name="token" autocomplete="off" spellcheck="false"></label>
      <div class="buttons">
        ${token() ? html`<button value="forget">Forget the token</button>` : nothing}
        <button value="cancel">Cancel</button>
        <button value="keep" class="main-button">Use the token</button>
      </div>
    </form></dialog>`;
  }

  private keep(e: SubmitEvent): void {
    const choice = (e.submitter as HTMLButtonElement).value;
    const input = this.querySelector<HTMLInputElement>('[name=token]')!;
    const text = input.value;
    input.value = '';
    if (choice === 'forget' || (choice === 'keep' && text.trim())) {
      keepToken(choice === 'forget' ? null : text);
      // whoever comes next begins with nothing of what this person was shown
      location.reload();
    }
  }
}

export type {TokenDialog};
