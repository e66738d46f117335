import {html, type TemplateResult} from 'lit';
import '../part/copy';

const line = (label: string, where: string, text: string) => html`<dt>${label}<small>${where}</small></dt>
  <dd><code tabindex="0" aria-label="${label}">${text}</code><copy-button .text=${text} label="Copy as ${label}"></copy-button></dd>`;

/** The same for people with a terminal, and for programs. */
export const equivalents = (application: string, commandLine: string, kafkaMessage: string): TemplateResult => html`<dl class="equivalents">
  ${line('Command line', '', commandLine)}
  ${line('Kafka message', ` rollout.commands, key ${application}`, kafkaMessage)}
</dl>`;
