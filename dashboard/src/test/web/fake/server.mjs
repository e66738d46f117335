// Serves the built page and what its server would say, from an invented world. For development and the browser tests.
import {createServer} from 'node:http';
import {readFile} from 'node:fs/promises';
import {extname, join, normalize} from 'node:path';
import {planOf} from './plans.mjs';

const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2'};
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Statuses of a snapshot; the rest follow one by one, as from the real server. */
const AT_ONCE = 400;

async function read(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

export class FakeServer {
  constructor(folder, world) {
    this.folder = folder;
    this.world = world;
    this.sockets = new Set();
    this.lastIds = [];
    this.needsToken = null;
    /** Who has which token, and what they see: {me, sees(application)}. Null: everybody sees everything. */
    this.people = null;
    /** Parts of /api/ that fail. */
    this.failing = new Set();
    this.starts = 0;
    this.streams = new Set();
    this.endsStreams = false;
  }

  async start(port = 0) {
    this.starts++;
    this.server = createServer((request, response) => this.answer(request, response).catch((e) => response.destroy(e)));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise((resolve) => this.server.listen(port || this.port || 0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Goes away as a crashed server does; start() brings it back under the same address. */
  async stop() {
    this.world.listeners.clear();
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** As the real one does every ten minutes. */
  endStreams() {
    this.streams.forEach((response) => response.end());
  }

  async answer(request, response) {
    const url = new URL(request.url, this.url);
    const json = (status, body) => response.writeHead(status, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'}).end(JSON.stringify(body));
    if (!url.pathname.startsWith('/api/')) {
      return this.file(url.pathname, response);
    }
    const person = this.people?.[request.headers.authorization?.replace('Bearer ', '')];
    if (this.people && !person) {
      return json(401, {error: 'No valid token', todo: 'Sign in', problems: []});
    }
    if (this.needsToken && request.headers.authorization !== `Bearer ${this.needsToken}`) {
      return json(401, {error: 'No valid token', todo: 'Sign in', problems: []});
    }
    const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
    const application = path.slice(1).join('/');
    const world = this.world;
    if (this.failing.has(path[0])) {
      return json(500, {error: 'Something is amiss', todo: '', problems: []});
    }
    if (person && path[0] === 'applications' && !person.sees(path.slice(1, -1).join('/'))) {
      return json(403, {error: 'You have no role there', todo: 'Ask for one', problems: []});
    }
    switch (path[0]) {
      case 'stream': return this.stream(request, response, person);
      case 'me': return json(200, person?.me ?? world.me ?? {actor: 'anyone', groups: [], mode: 'off'});
      case 'freezes': return json(200, world.freezes);
      case 'links': return json(200, world.links);
      case 'fleet': return json(200, world.fleet());
      case 'rollouts': return world.view(application).targets.length ? json(200, world.view(application)) : json(404, {error: `Nothing is known of application ${application}`, todo: '', problems: []});
      case 'applications': return json(200, world.timeline(path.slice(1, -1).join('/')));
      case 'history': return json(200, world.history(application));
      case 'decisions': return json(200, world.timeline(application).audit);
      case 'plan': return this.plan(request, json);
      case 'commands': return request.method === 'POST' ? this.command(request, json) : this.outcome(url.searchParams.get('id'), json);
      default: return json(404, {error: `There is no ${url.pathname}`, todo: '', problems: []});
    }
  }

  async command(request, json) {
    const text = await read(request);
    this.world.texts.push(text);
    const {status, body} = this.world.command(JSON.parse(text));
    json(status, body);
  }

  async plan(request, json) {
    const file = await read(request);
    this.world.planned.push({file, type: request.headers['content-type'], url: request.url});
    const {status, body} = planOf(file, this.world);
    json(status, body);
  }

  async outcome(id, json) {
    for (let i = 0; i < 50 && !this.world.outcomes.has(id); i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const found = this.world.outcomes.get(id);
    found ? json(200, found) : json(404, {error: 'has led to nothing yet', todo: '', problems: []});
  }

  stream(request, response, person) {
    const last = request.headers['last-event-id'] ?? null;
    this.lastIds.push(last);
    response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store'});
    const write = (event, data, id) => response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const time = () => new Date().toISOString();
    const sees = (application) => !person || application === undefined || person.sees(application);
    const mark = `${this.starts}-${person?.me.actor ?? ''}`;
    const say = (event, data) => sees(data.application) && write(event, data, `${mark}.${this.world.position}`);
    const missed = last?.startsWith(`${mark}.`) ? this.world.after(Number(last.slice(mark.length + 1))) : undefined;
    const all = missed ? [] : [...this.world.statuses.values()].filter((it) => sees(it.application));
    const more = Math.max(0, all.length - AT_ONCE);
    if (missed) {
      missed.filter(({data}) => sees(data.application)).forEach(({event, data}) => write(event, data, `${mark}.${this.world.position}`));
    } else {
      write('snapshot', {statuses: all.slice(0, AT_ONCE), more, freezes: this.world.freezes, readAt: time(), caughtUp: true, leftOut: 0}, `${mark}.${more ? -1 : this.world.position}`);
    }
    const beat = () => write('heartbeat', {now: time(), newest: time(), lagMillis: this.world.lagMillis ?? 0});
    const timer = setInterval(beat, 1000);
    beat();
    all.slice(AT_ONCE).forEach((status, index) => write('status', status, `${mark}.${index === more - 1 ? this.world.position : -1}`));
    this.world.listeners.add(say);
    this.streams.add(response);
    response.on('close', () => {
      clearInterval(timer);
      this.world.listeners.delete(say);
      this.streams.delete(response);
    });
    if (this.endsStreams) {
      response.end();
    }
  }

  async file(path, response) {
    const isAsset = path.startsWith('/assets/') || path === '/icon.svg';
    const file = isAsset ? normalize(path) : '/index.html';
    try {
      const content = await readFile(join(this.folder, file));
      const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, {'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY, 'Cache-Control': cache}).end(content);
    } catch {
      response.writeHead(404).end('not found');
    }
  }
}
