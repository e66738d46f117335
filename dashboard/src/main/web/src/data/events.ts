export interface ServerEvent {
  event: string;
  data: string;
  id?: string;
}

/** Server-sent events out of a body, in the order they come. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const rest = {text: ''};
  for (;;) {
    const {done, value} = await reader.read();
    if (done) {
      return;
    }
    rest.text += value;
    yield* complete(rest);
  }
}

function* complete(rest: {text: string}): Generator<ServerEvent> {
  for (let end = blankLine(rest.text); end; end = blankLine(rest.text)) {
    const block = rest.text.slice(0, end.index);
    rest.text = rest.text.slice(end.index + end[0].length);
    const event = parsed(block);
    if (event) {
      yield event;
    }
  }
}

const blankLine = (text: string) => /\r\n\r\n|\n\n|\r\r/.exec(text);

function parsed(block: string): ServerEvent | null {
  const event: ServerEvent = {event: 'message', data: ''};
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      event.event = value;
    } else if (field === 'data') {
      data.push(value);
    } else if (field === 'id') {
      event.id = value;
    }
  }
  event.data = data.join('\n');
  return data.length ? event : null;
}
