import { StreamsLink } from '@aitbc/modulith/transport/link.js';
import { StreamsServer } from '@aitbc/modulith/transport/server.js';

/*
 * A process that serves "wallet" until it is killed: given a URL, a claim time, and how long it takes for a request. It
 * says "ready", and then the name of each request that it begins to handle.
 */

const [url, claimMs, takesMs] = process.argv.slice(2);
const info = { id: `consumer-${process.pid}`, services: ['wallet'], labels: {}, since: Date.now() };
const link = new StreamsLink({ url: url!, secret: 'a secret', claimMs: Number(claimMs), process: info });
const server = new StreamsServer(link);
server.serve('wallet', async ({ name }) => {
  process.stdout.write(`${name}\n`);
  await new Promise((resolve) => setTimeout(resolve, Number(takesMs)));
  return { ok: true, body: info.id };
});
await link.start();
await server.start();
process.stdout.write('ready\n');
