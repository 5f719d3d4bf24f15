import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A secret of 32 bytes in hex, generated once and stored in a file that only its owner can read. Concurrent processes
 * agree: a complete file is linked into place, and the later ones read it.
 */
export function generatedSecret(directory: string, name: string): { value: string; isNew: boolean } {
  const path = join(directory, name);
  const existing = read(path);
  if (existing) return { value: existing, isNew: false };
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
    return { value: read(path)!, isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { value: read(path)!, isNew: false };
  } finally {
    unlinkSync(draft);
  }
}

function read(path: string): string | undefined {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    // A half-written file must not become a guessable key.
    if (!/^[0-9a-f]{64}$/.test(secret)) throw new Error(`${path} does not hold a secret of 32 bytes in hex.`);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
