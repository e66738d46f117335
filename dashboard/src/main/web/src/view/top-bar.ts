import {html, nothing, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {ask, asked, go, listPath, place} from '../data/place';
import {mayStart} from '../data/rights';
import {store} from '../data/store';
import {Watching} from '../data/watching';
import {icon} from '../part/icon';
import {Part} from '../part/part';
import {intendStart} from './commanding';
import {nextTheme, theme} from './theme';
import './live-pill';

@customElement('top-bar')
class TopBar extends Part {
  private readonly moved = () => this.requestUpdate();

  constructor() {
    super();
    new Watching(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('sluice-place', this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('sluice-place', this.moved);
  }

  override render(): TemplateResult {
    const {page} = place();
    const link = (to: string, words: string, isHere: boolean) => html`<a href=${to} aria-current=${isHere ? 'page' : 'false'}>${words}</a>`;
    return html`<header>
      <a class="brand" href="/" aria-label="Sluice, all rollouts"><img src="/icon.svg" alt="" width="24" height="24"><span>Sluice</span></a>
      <nav aria-label="Pages">
        ${link(listPath(), 'Rollouts', page === 'list' || page === 'rollout' || page === 'application')}
        ${link('/freezes', 'Freezes', page === 'freezes')}
        ${link('/fleet', 'Fleet', page === 'fleet')}
      </nav>
      <form role="search" @submit=${(e: Event) => e.preventDefault()}>
        ${icon('search')}
        <input id="search" type="search" autocomplete="off" spellcheck="false" aria-label="Search rollouts"
          placeholder="Search: checkout  cluster:eu-1  actor:mara" .value=${page === 'list' ? asked('q') : ''} @input=${this.search}>
        <kbd aria-hidden="true">/</kbd>
      </form>
      <live-pill></live-pill>
      ${mayStart() ? html`<button class="start-button" title="Start a new rollout (n)" @click=${intendStart}>${icon('play')}Start</button>` : nothing}
      <div class="tools">
        <button class="quiet-button" @click=${this.turnTheme} aria-label="Colours: ${theme()}" title="Colours: ${theme()}">${icon({auto: 'auto', light: 'sun', dark: 'moon'}[theme()])}</button>
        <button class="quiet-button" @click=${() => dispatchEvent(new Event('sluice-help'))} aria-label="Keys and help" title="Keys and help (?)">${icon('help')}</button>
        <button class="quiet-button who" @click=${() => dispatchEvent(new Event('sluice-token'))} title="Who you are">${icon('person')}<span>${store.me === undefined ? 'Not known' : (store.me?.actor ?? 'Anyone')}</span></button>
      </div>
    </header>`;
  }

  private search(e: Event): void {
    const text = (e.target as HTMLInputElement).value;
    place().page === 'list' ? ask({q: text}) : go(text ? `/?q=${encodeURIComponent(text)}` : '/');
  }

  private turnTheme(): void {
    nextTheme();
    this.requestUpdate();
  }
}

export type {TopBar};
