import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {store} from './store';

/** Renders its component again when something that the store knows has changed. */
export class Watching implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  private readonly changed = () => this.host.requestUpdate();

  hostConnected(): void {
    store.addEventListener('change', this.changed);
  }

  hostDisconnected(): void {
    store.removeEventListener('change', this.changed);
  }
}
