import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODULES } from '@aitbc/platform';
import { readOptions } from './options.js';
import { split } from './placement.js';

describe('the command line of the topology', () => {
  it('when it says the placement only, has a file for each module in a place of its own', () => {
    const { placement, port, environment } = readOptions(['split'], { PATH: '/bin', LOG_LEVEL: 'debug' });
    expect([placement, port]).toEqual([split, '3000']);
    const folder = join(process.cwd(), 'data', 'topology');
    expect(environment).toMatchObject({ PATH: '/bin', LOG_LEVEL: 'debug', DATA_DIR: folder });
    expect(environment['WALLET_DATABASE_URL']).toBe(`sqlite:${join(folder, 'wallet.sqlite')}`);
  });

  it('keeps the data where they are, however the modules are placed', () => {
    const [one, other] = ['monolith', 'split'].map((each) => readOptions([each], { DATA_DIR: '/data' }).environment);
    expect(one).toEqual(other);
  });

  it('takes one Postgres for all, from the command line before the environment', () => {
    const inherited = { DATABASE_URL: 'postgres://db/inherited' };
    expect(readOptions(['split'], inherited).environment).not.toHaveProperty('WALLET_DATABASE_URL');
    const { environment } = readOptions(['split', '--postgres', 'postgres://db/said'], inherited);
    expect(environment['DATABASE_URL']).toBe('postgres://db/said');
  });

  it('does not hand on which modules and port the environment is for', () => {
    const { port, environment } = readOptions(['split'], { MODULES: 'wallet', PORT: '4000' });
    expect(port).toBe('4000');
    expect(environment).not.toHaveProperty('MODULES');
    expect(environment).not.toHaveProperty('PORT');
    expect(readOptions(['split', '--port', '5000'], { PORT: '4000' }).port).toBe('5000');
  });

  it('takes a placement from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'placement-'));
    const file = join(folder, 'pairs.json');
    writeFileSync(file, JSON.stringify({ all: MODULES, more: ['wallet'] }));
    expect(readOptions([file], {}).placement).toEqual({ all: MODULES, more: ['wallet'] });
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['nothing is said', [], /Say how the modules are placed/],
    ['two things are said', ['split', 'monolith'], /Say how the modules are placed, once/],
    ['there is no such placement', ['spilt'], /not "spilt"/],
    ['there is no such file', ['none.json'], /none\.json/],
    ['there is no such option', ['split', '--redis', 'x'], /--redis/],
    ['the port is none', ['split', '--port', 'http'], /--port must be a number/],
  ])('when %s, says so and how it is used', (_what, words, complaint) => {
    expect(() => readOptions(words, {})).toThrow(complaint);
    expect(() => readOptions(words, {})).toThrow(/npm run topology -- </);
  });
});
