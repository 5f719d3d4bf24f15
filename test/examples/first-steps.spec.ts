import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { primesModule } from '../../src/demo/primes.js';
import { REPOSITORY } from '../boundaries/source-tree.js';
import { System } from '../support/system.js';

describe('what a newcomer does first', () => {
  let system: System;
  beforeAll(async () => void (system = await System.start()), 240_000);
  afterAll(() => system?.dispose());

  it('examples/main-job.sh runs the main job from an account to a payment, and says so step by step', async () => {
    const { stdout } = await promisify(execFile)(join(REPOSITORY, 'examples', 'main-job.sh'), {
      env: { ...process.env, AITBC_API_URL: `${system.url}/` },
      timeout: 200_000,
    });
    expect(stdout.match(/^\d\. /gm)).toHaveLength(5);
    expect(stdout).toContain('9592 primes below 100000');
    expect(stdout).toMatch(/^settled\n1\.95$/m);
    expect(stdout).toMatch(/^1,[^,]+,internal,1\.95,1\.95,0x\w{40},0x\w{64},[\da-f-]{36},\d+$/m);
  }, 240_000);

  it('examples brings the program that the demo runs', () => {
    const wasm = readFileSync(join(REPOSITORY, 'examples', 'primes.wasm'));
    expect(wasm.toString('base64')).toBe(primesModule);
  });
});
