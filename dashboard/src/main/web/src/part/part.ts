import {LitElement} from 'lit';

/** Renders into the page itself: one stylesheet for all, and nothing between the page and assistive technology. */
export class Part extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
