// For development: `npm run dev` in src/main/web, then http://127.0.0.1:8090. Arguments: folder, port, rollouts.
import {FakeServer} from './server.mjs';
import {World} from './world.mjs';

const [folder, port = 8090, many = 60] = process.argv.slice(2);
const world = new World({many: Number(many)});
const server = await new FakeServer(folder, world).start(Number(port));
setInterval(() => world.beat(), 700);
console.log(`${world.statuses.size} invented rollouts on ${server.url}`);
