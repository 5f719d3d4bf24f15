import { ChainProcess } from '../testing/start-chain.js';
import { assertAnswers } from '../testing/checked-rpc.js';

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

const call = (method: string, params: unknown[] = [], id: string | number = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

/** Sends the text as it is. */
async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/rpc`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('JSON-RPC over HTTP', () => {
  let chain: ChainProcess;
  beforeAll(async () => {
    chain = await ChainProcess.start();
  });
  afterAll(() => chain?.close());

  const answerTo = async (body: string, headers?: Record<string, string>) => {
    const { status, text } = await post(chain.url, body, headers);
    expect(status).toBe(200);
    return JSON.parse(text) as Answer;
  };

  describe('when the body cannot be read', () => {
    it.each([
      ['malformed JSON', '{"jsonrpc":"2.0",', -32700],
      ['no JSON at all', 'eth_chainId', -32700],
      ['nothing', '', -32700],
      ['an empty batch', '[]', -32600],
      ['a batch of a hundred and one', `[${Array(101).fill('{}').join(',')}]`, -32600],
      ['a number', '7', -32600],
      ['null', 'null', -32600],
      ['half a million brackets', '['.repeat(500_000), -32005],
      ['half a million zeros', `{"params":[${'0,'.repeat(499_999)}0]}`, -32005],
      ['half a character', '{"id":"\\ud83d"}', -32700],
    ])('%s is answered as JSON-RPC says', async (_, body, code) => {
      expect(await answerTo(body)).toEqual({
        jsonrpc: '2.0',
        id: null,
        error: { code, message: expect.stringMatching(/./) },
      });
    });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'application/json-rpc', 'Application/JSON'])(
    'takes %s',
    async (type) => {
      expect(await answerTo(JSON.stringify(call('eth_chainId')), { 'content-type': type })).toMatchObject({
        result: '0x1e35',
      });
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('does not take %s', async (type) => {
    expect((await post(chain.url, JSON.stringify(call('eth_chainId')), { 'content-type': type })).status).toBe(415);
  });

  it('gives no other route the type of JSON-RPC', async () => {
    const headers = { 'content-type': 'application/json-rpc' };
    expect((await fetch(`${chain.url}/v1/chain`, { method: 'POST', headers, body: '{}' })).status).not.toBe(200);
  });

  describe('an id', () => {
    it.each(['1', '"a"', '""', '-5', '9007199254740993', '123456789012345678901234567890', '1.0', '1e3', '0'])(
      '%s comes back as it was sent',
      async (id) => {
        const body = `{"jsonrpc":"2.0","id":${id},"method":"eth_chainId"}`;
        expect((await post(chain.url, body)).text).toBe(`{"jsonrpc":"2.0","id":${id},"result":"0x1e35"}`);
        expect((await post(chain.url, `[7,${body}]`)).text).toContain(`{"jsonrpc":"2.0","id":${id},"result":"0x1e35"}`);
      },
    );

    it('of an invalid request is kept', async () => {
      expect(await answerTo('{"id":9007199254740993,"method":"eth_chainId"}')).toMatchObject({
        error: { code: -32600 },
      });
      expect((await post(chain.url, '{"id":9007199254740993,"method":"eth_chainId"}')).text).toContain(
        '"id":9007199254740993,',
      );
      expect(await answerTo('{"jsonrpc":"2.0","id":"x"}')).toMatchObject({ id: 'x', error: { code: -32600 } });
      expect(await answerTo('{"jsonrpc":"2.0","id":4,"method":"eth_chainId","params":{}}')).toMatchObject({
        id: 4,
        error: { code: -32602, message: 'non-array args' },
      });
    });

    it('that is none is not', async () => {
      for (const id of ['{}', '[]', 'true'])
        expect(await answerTo(`{"jsonrpc":"2.0","id":${id},"method":"eth_chainId"}`)).toMatchObject({
          id: null,
          error: { code: -32600 },
        });
    });
  });

  it('takes null for no params', async () => {
    expect(await answerTo('{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":null}')).toMatchObject({
      result: '0x1e35',
    });
  });

  it('says of a method that it does not exist, however long its name', async () => {
    for (const method of ['eth_nothing', 'constructor', '__proto__', 'x'.repeat(10_000), '', 'eth call', 'a\u0000'])
      expect(await answerTo(JSON.stringify(call(method)))).toMatchObject({ error: { code: -32601 } });
  });

  it('answers no notification, and the others of its batch', async () => {
    const notification = { jsonrpc: '2.0', method: 'eth_chainId' };
    expect(await post(chain.url, JSON.stringify(notification))).toMatchObject({ status: 200, text: '' });
    expect((await post(chain.url, JSON.stringify([notification, notification]))).text).toBe('');
    const batch = [notification, call('eth_chainId', [], 'b'), { jsonrpc: '1.0', id: 3 }, call('eth_nothing', [], 4)];
    const answers = JSON.parse((await post(chain.url, JSON.stringify(batch))).text) as Answer[];
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      ['b', undefined],
      [3, -32600],
      [4, -32601],
    ]);
    assertAnswers(batch as never, answers);
  });

  it('bounds the answers of a batch together, and builds no more than fit', async () => {
    // return(0, 2 MiB): twice as much in hex
    const large = { to: '0x00000000000000000000000000000000000000b1' };
    const overrides = { [large.to]: { code: '0x622000006000f3' } };
    const batch = Array.from({ length: 30 }, (_, id) => call('eth_call', [large, 'latest', overrides], id));
    const { text } = await post(chain.url, JSON.stringify(batch));
    expect(text.length).toBeLessThan(30 * 1024 * 1024);
    const answers = JSON.parse(text) as Answer[];
    expect(answers).toHaveLength(30);
    expect(answers.filter(({ result }) => result !== undefined).length).toBeGreaterThanOrEqual(5);
    expect(answers.at(-1)).toMatchObject({ id: 29, error: { code: -32005 } });
  }, 60_000);

  describe('from a page', () => {
    const preflight = (path: string) =>
      fetch(`${chain.url}${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://dapp.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });

    it('of any origin is answered, the rest of the API is not', async () => {
      const asked = await preflight('/rpc');
      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-origin')).toBe('*');
      expect(asked.headers.get('access-control-allow-headers')).toContain('content-type');
      expect(asked.headers.get('access-control-allow-methods')).toContain('POST');
      expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
      const { headers } = await post(chain.url, JSON.stringify(call('eth_chainId')), {
        origin: 'https://dapp.example',
      });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      for (const path of ['/v1/chain', '/rpcs', '/v1/chain?x=/rpc'])
        expect((await preflight(path)).headers.get('access-control-allow-origin')).toBeNull();
      const other = await fetch(`${chain.url}/v1/chain`, { headers: { origin: 'https://dapp.example' } });
      expect(other.headers.get('access-control-allow-origin')).toBeNull();
    });
  });
});

describe('the limit of JSON-RPC', () => {
  let chain: ChainProcess;
  beforeAll(async () => {
    chain = await ChainProcess.start({
      environment: { RATE_LIMIT_RPC: '100', RPC_CORS_ORIGINS: 'https://one.example' },
    });
  });
  afterAll(() => chain?.close());

  it('counts calls by their weight, and refuses what is past it as JSON-RPC', async () => {
    const chainIds = Array.from({ length: 90 }, (_, id) => call('eth_chainId', [], id));
    expect((await post(chain.url, JSON.stringify(chainIds))).status).toBe(200);
    const heavy = await post(chain.url, JSON.stringify(call('eth_estimateGas', [{}], 'h')));
    expect(heavy.status).toBe(429);
    expect(Number(heavy.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(heavy.headers.get('ratelimit-policy')).toBe('"rpc";q=100;w=60');
    const refusal = JSON.parse(heavy.text) as Answer;
    expect(refusal).toMatchObject({
      id: 'h',
      error: { code: -32005, message: expect.stringMatching(/^limit exceeded/) },
    });
    assertAnswers(call('eth_estimateGas'), refusal);
    // What weighs less still fits, and the rest of the API is another limit.
    expect((await post(chain.url, JSON.stringify(call('eth_chainId')))).status).toBe(200);
    const batch = await post(
      chain.url,
      JSON.stringify([...chainIds.slice(0, 30), { jsonrpc: '2.0', method: 'eth_chainId' }]),
    );
    expect(batch.status).toBe(429);
    expect(JSON.parse(batch.text)).toHaveLength(30);
    expect((await fetch(`${chain.url}/v1/chain`)).status).toBe(200);
  });

  it('says of a batch that can never pass what it weighs', async () => {
    const batch = Array.from({ length: 100 }, (_, id) => call('eth_getLogs', [{}], id));
    const answers = JSON.parse((await post(chain.url, JSON.stringify(batch))).text) as Answer[];
    expect(answers[0]!.error!.message).toBe('limit exceeded: these calls weigh 2000, and 100 are allowed per minute');
  });

  it('leaves JSON-RPC to the pages that were named', async () => {
    const from = async (origin: string) =>
      (await post(chain.url, '[]', { origin })).headers.get('access-control-allow-origin');
    expect(await from('https://one.example')).toBe('https://one.example');
    expect(await from('https://two.example')).toBeNull();
  });
});
