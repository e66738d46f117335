import {html, type TemplateResult} from 'lit';
import {commandLine, kafkaMessage, type Command} from '../model/command';
import '../part/copy';

const line = (label: string, where: string, text: string) => html`<dt>${label}<small>${where}</small></dt>
  <dd><code tabindex="0" aria-label="${label}">${text}</code><copy-button .text=${text} label="Copy as ${label}"></copy-button></dd>`;

/** The same for people with a terminal, and for programs. */
export const equivalents = (command: Command): TemplateResult => html`<dl class="equivalents">
  ${line('Command line', '', commandLine(command))}
  ${line('Kafka message', ` rollout.commands, key ${command.application}`, kafkaMessage(command))}
</dl>`;
