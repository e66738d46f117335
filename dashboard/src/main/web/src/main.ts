import {html, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {followLinks, place} from './data/place';
import {store} from './data/store';
import {Part} from './part/part';
import {listenForKeys} from './view/keys';
import {showTheme} from './view/theme';
import './page/list-page';
import './page/rollout-page';
import './page/application-page';
import './page/freezes-page';
import './page/fleet-page';
import './view/command-dialog';
import './view/help-dialog';
import './view/lost-banner';
import './view/start-dialog';
import './view/token-dialog';
import './view/top-bar';

@customElement('sluice-app')
class SluiceApp extends Part {
  private shown = '';

  override connectedCallback(): void {
    this.replaceChildren();
    super.connectedCallback();
    addEventListener('sluice-place', () => this.requestUpdate());
  }

  /** Who can't see the page change is taken to what is new. */
  override updated(): void {
    const {page} = place();
    if (this.shown && this.shown !== page) {
      document.querySelector<HTMLElement>('main')?.focus({preventScroll: true});
    }
    this.shown = page;
  }

  override render(): TemplateResult {
    return html`<a class="skip" href="#main">To the content</a>
      <top-bar></top-bar>
      <lost-banner></lost-banner>
      ${this.page()}
      <command-dialog></command-dialog><start-dialog></start-dialog><help-dialog></help-dialog><token-dialog></token-dialog>`;
  }

  private page(): TemplateResult {
    const where = place();
    switch (where.page) {
      case 'list': return html`<list-page></list-page>`;
      case 'rollout': return html`<rollout-page .application=${where.application} .target=${where.target}></rollout-page>`;
      case 'application': return html`<application-page .application=${where.application}></application-page>`;
      case 'freezes': return html`<freezes-page></freezes-page>`;
      case 'fleet': return html`<fleet-page></fleet-page>`;
      case 'nowhere': return html`<main id="main" tabindex="-1"><div class="empty"><h1>There is no such page</h1><p><a href="/">All rollouts</a></p></div></main>`;
    }
  }
}

showTheme();
followLinks();
listenForKeys();
store.start();

export type {SluiceApp};
