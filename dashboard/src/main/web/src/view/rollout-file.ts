import {html, type TemplateResult} from 'lit';
import {Refusal} from '../data/api';
import {many} from '../model/words';

/** As much as the engine reads. */
const LONGEST = 1 << 20;

type Write = (text: string, name?: string) => void;

async function read(file: File | undefined, write: Write, refuse: (why: Refusal) => void): Promise<void> {
  if (!file) {
    return;
  }
  if (file.size > LONGEST) {
    return refuse(new Refusal(0, `${file.name} has ${many(file.size, 'byte')}`, `A rollout file has at most ${many(LONGEST, 'byte')}: choose another`));
  }
  write(await file.text(), file.name);
}

/** A rollout file that is pasted, chosen or dropped; text as it stands, which the engine reads. */
export function rolloutFile(text: string, write: Write, refuse: (why: Refusal) => void): TemplateResult {
  const dragged = (e: DragEvent) => {
    e.preventDefault();
    (e.currentTarget as HTMLElement).classList.toggle('dropping', e.type === 'dragover');
  };
  const dropped = (e: DragEvent) => {
    dragged(e);
    void read(e.dataTransfer?.files[0], write, refuse);
  };
  const choose = (e: Event) => (e.currentTarget as HTMLElement).parentElement!.querySelector<HTMLInputElement>('[type=file]')!.click();
  const chosen = (e: Event) => {
    const input = e.target as HTMLInputElement;
    void read(input.files?.[0], write, refuse);
    // the same file again, after it was changed, is a change too
    input.value = '';
  };
  return html`<div class="rollout-file" @dragover=${dragged} @dragleave=${dragged} @drop=${dropped}>
    <label>Rollout file <small>YAML or JSON: paste it or drop it here</small>
      <textarea name="file" rows="8" spellcheck="false" autocomplete="off" autocapitalize="off" required
        .value=${text} @input=${(e: Event) => write((e.target as HTMLTextAreaElement).value)}></textarea></label>
    <button type="button" class="small" @click=${choose}>Choose a file</button>
    <input type="file" hidden accept=".yaml,.yml,.json" @change=${chosen}>
  </div>`;
}
