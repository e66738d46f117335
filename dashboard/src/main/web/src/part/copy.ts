import {html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {icon} from './icon';
import {Part} from './part';

/** Puts a text on the clipboard, and says that it did. */
@customElement('copy-button')
class CopyButton extends Part {
  @property() text = '';
  @property() label = 'Copy';
  @state() private done = '';

  override render(): TemplateResult {
    return html`<button type="button" class="small quiet-button" title=${this.label} aria-label=${this.label} @click=${this.copy}>
      ${icon(this.done ? 'check' : 'copy')}<span role="status">${this.done}</span></button>`;
  }

  private async copy(e: Event): Promise<void> {
    e.stopPropagation();
    try {
      await navigator.clipboard.writeText(this.text);
      this.done = 'copied';
    } catch {
      this.done = 'select and copy it by hand';
    }
    setTimeout(() => (this.done = ''), 1600);
  }
}

export type {CopyButton};
