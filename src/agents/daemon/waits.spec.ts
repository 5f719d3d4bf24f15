import { ConfigurationProblem, readConfiguration } from './configuration.js';
import { waitMs } from './persistently.js';
import { retryAfterMs } from './platform-client.js';

const NOW = Date.parse('2026-05-01T12:00:00.000Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['30', 30_000],
    [' 7 ', 7_000],
    ['4294967296', 4_294_967_296_000],
    ['Fri, 01 May 2026 12:00:20 GMT', 20_000],
    ['Fri, 01 May 2026 11:00:00 GMT', 0],
    ['', undefined],
    [null, undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
  ])('%j asks for %s ms', (header, asked) => {
    expect(retryAfterMs(header, NOW)).toBe(asked);
  });
});

describe('the wait before the next try', () => {
  it.each([
    [500, undefined, 250, 500],
    [500, 0, 250, 500],
    [30_000, 0, 15_000, 30_000],
    [500, 30_000, 30_000, 37_500],
    [500, 4_294_967_296_000, 300_000, 375_000],
  ])('with a bound of %i ms and %s ms asked for lies between %i and %i ms', (bound, asked, least, most) => {
    expect([waitMs(bound, asked, 0), waitMs(bound, asked, 1)]).toEqual([least, most]);
  });
});

describe('the environment of an agent', () => {
  const read = (env: NodeJS.ProcessEnv) => readConfiguration({ AITBC_AGENT_TOKEN: 'aitbc_agent_x', ...env });

  it.each([
    [undefined, 'http://127.0.0.1:3000'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://localhost:3000/', 'http://localhost:3000'],
    ['http://localhost:3000/v1', 'http://localhost:3000'],
    ['https://example.org/aitbc/v1//', 'https://example.org/aitbc'],
    ['https://example.org/v1beta', 'https://example.org/v1beta'],
  ])('finds the API by %s', (url, found) => {
    expect(read({ AITBC_API_URL: url }).apiUrl).toBe(found);
  });

  it.each([
    { AITBC_API_URL: 'localhost:3000' },
    { AITBC_API_URL: 'v1' },
    { AITBC_AGENT_TOKEN: 'two words' },
    { AITBC_AGENT_TOKEN: 'x\n' },
  ])('refuses %j in a sentence', (env) => {
    expect(() => read(env)).toThrow(ConfigurationProblem);
    expect(() => read(env)).toThrow(Object.keys(env)[0]);
  });
});
