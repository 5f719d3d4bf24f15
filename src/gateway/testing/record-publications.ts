import { Runtime } from '@aitbc/modulith';
import type { Publication } from '@aitbc/modulith/outbox/publication.js';
import type { TestGateway } from './start-gateway.js';

/** Records the gateway's publications from now on, on commit. */
export function recordPublications(gateway: TestGateway): Publication[] {
  const runtime = gateway.app.get(Runtime);
  const committed = runtime.committed.bind(runtime);
  const all: Publication[] = [];
  runtime.committed = (module, publications, ...rest) => {
    all.push(...publications);
    committed(module, publications, ...rest);
  };
  return all;
}
