import { createPrivateKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The key is lost, unreadable or accessible to others: the agent cannot sign. */
export class KeyProblem extends Error {}

/**
 * The agent's Ed25519 key. The first start creates it, readable by its owner only; of several concurrent first starts
 * one wins, and all get its key.
 *
 * @throws KeyProblem
 */
export async function loadOrCreateKey(home: string): Promise<KeyObject> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const path = join(home, 'agent.key');
  await createOnce(path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw new KeyProblem(`${path} is open to others: chmod 600 it.`);
  return parse(path, await readFile(path, 'utf8'));
}

async function createOnce(path: string): Promise<void> {
  if (await exists(path)) return;
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    await file.writeFile(pem);
    await file.sync();
    // A link either creates the whole file under its name or fails: no other process sees a partial key.
    await link(draft, path).catch(ignoringExisting);
  } finally {
    await file.close();
    await rm(draft);
  }
}

function parse(path: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new KeyProblem(`${path} is not a private key: ${(error as Error).message}`, { cause: error });
  }
  throw new KeyProblem(`${path} is not an Ed25519 key.`);
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

function ignoringExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
