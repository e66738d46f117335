import {html, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {fields} from '../model/search';
import {Part} from '../part/part';
import {bar} from '../part/bar';
import {KEYS} from './keys';

@customElement('help-dialog')
class HelpDialog extends Part {
  private readonly open = () => this.querySelector('dialog')!.showModal();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-help', this.open);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-help', this.open);
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="help-title"><form method="dialog">
      <h2 id="help-title">Keys and signs</h2>
      <table class="keys"><tbody>${KEYS.map(([keys, words]) => html`<tr><th scope="row">${keys.split('  ').map((key) => html`<kbd>${key}</kbd> `)}</th><td>${words}</td></tr>`)}</tbody></table>
      <h3>Search</h3>
      <p>Every word has to be somewhere. <code>cluster:eu-1</code> looks in one place (${fields.join(', ')}), <code>-word</code> leaves out. Search and filters stand in the address: send it to somebody.</p>
      <h3>The weight’s bar</h3>
      ${bar({desired: 50, applied: 25, observed: 24.3}, true)}
      <p>Filled: applied, what the routes carry. Mark: desired, what was ordered. Lighter: on its way, up or down. Diamond: observed, the share of requests as measured. What isn’t known isn’t drawn.</p>
      <p class="muted">Made with Lit, uPlot and Inter: <a href="/assets/licences.txt" target="_blank" rel="noopener">their licences</a>.</p>
      <div class="buttons"><button class="main-button" autofocus>Close</button></div>
    </form></dialog>`;
  }
}

export type {HelpDialog};
