import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { translated } from '../../../test/support/translated-tree.js';
import type { JobView, RegisteredAgentView, SignedReceiptView } from '../contract/index.js';
import { checkReceipt } from '../receipts/check-receipt.js';
import { AgentsOverHttp } from '../testing/agents-over-http.js';
import { CLIENT, PROVIDER } from '../testing/agents-scenario.js';
import * as jobs from '../testing/sample-jobs.js';

type Problem = { code: string; status: number; errors?: { field: string }[] };
const ended = ['completed', 'failed', 'cancelled', 'expired'];

describe('agents over HTTP', () => {
  let api: AgentsOverHttp;

  beforeAll(async () => {
    api = await AgentsOverHttp.start();
  });
  afterAll(() => api.close());

  const register = async (concurrency = 1) => {
    const body = { name: 'rack 12', capabilities: ['wasm'], offerIds: [api.offerId], concurrency };
    return (await api.call<RegisteredAgentView>('POST', '/v1/agents', PROVIDER, body)).body;
  };
  const submit = async (module: Uint8Array, more: object = {}, ttlSeconds = 60) => {
    const task = { kind: 'wasm', module: Buffer.from(module).toString('base64'), ...more };
    return api.call<JobView>('POST', '/v1/jobs', CLIENT, { bookingId: uuidv7(), task, ttlSeconds });
  };

  describe('with the real daemon', () => {
    let home: string;
    let daemon: ChildProcess;

    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), 'agent-home-'));
      const { token } = await register(2);
      daemon = spawn(process.execPath, [translated('src/agents/daemon/main.ts')], {
        env: {
          AITBC_API_URL: api.url,
          AITBC_AGENT_TOKEN: token,
          AITBC_AGENT_HOME: home,
          AITBC_AGENT_JOB_MS: '3000',
          AITBC_AGENT_JOB_MEMORY_MIB: '32',
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    });
    afterAll(async () => {
      daemon.kill('SIGTERM');
      await once(daemon, 'exit');
      await rm(home, { recursive: true });
    });

    const finished = (id: string) =>
      vi.waitFor(
        async () => {
          const { body } = await api.call<JobView>('GET', `/v1/jobs/${id}`, CLIENT);
          expect(ended).toContain(body.status);
          return body;
        },
        { timeout: 15_000, interval: 50 },
      );

    it('a job is executed and its receipt verifies', async () => {
      const { status, body: job } = await submit(jobs.echoStdin(), { stdin: 'hello' });
      expect([status, job.status]).toEqual([201, 'queued']);
      expect(await finished(job.id)).toMatchObject({
        status: 'completed',
        attempts: [{ number: 1, status: 'completed' }],
      });
      const result = await api.call('GET', `/v1/jobs/${job.id}/result`, CLIENT);
      expect(result).toEqual({ status: 200, body: { exitCode: 0, stdout: 'hello', stderr: '' } });
      const receipt = await api.call('GET', `/v1/jobs/${job.id}/receipt`, CLIENT);
      expect(receipt.status).toBe(200);
      const expected = { platformAddress: api.platform.address, result: result.body };
      expect(await checkReceipt(receipt.body, expected)).toEqual([]);

      const verify = async (file: unknown) => {
        await writeFile(join(home, 'receipt.json'), JSON.stringify(file));
        const script = translated('src/agents/verify-receipt.ts');
        return spawnSync(process.execPath, [script, join(home, 'receipt.json')], { encoding: 'utf8' });
      };
      expect(await verify(receipt.body)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^VALID/) });
      const signed = receipt.body as SignedReceiptView;
      const altered = { ...signed, receipt: { ...signed.receipt, units: signed.receipt.units + 1 } };
      expect(await verify(altered)).toMatchObject({ status: 1, stderr: expect.stringContaining('agent did not sign') });
    });

    it.each([
      ['does not end', jobs.loopForever, 'agents.wasm_time_exceeded'],
      ['eats memory', jobs.eatMemory, 'agents.wasm_memory_exceeded'],
      ['floods its output', jobs.floodOutput, 'agents.wasm_output_exceeded'],
    ])('a job that %s fails with a code, and has no result', async (_, module, code) => {
      const { body: job } = await submit(module());
      expect(await finished(job.id)).toMatchObject({ status: 'failed', failure: { code } });
      const result = await api.call<Problem>('GET', `/v1/jobs/${job.id}/result`, CLIENT);
      expect([result.status, result.body.code]).toEqual([410, 'agents.no_result']);
    });

    it('a job of the largest size comes through', async () => {
      const filler = [{ name: 'filler', bytes: Array<number>(1_048_000).fill(7) }];
      const { status, body } = await submit(jobs.jobModule([], [], { custom: filler }), { stdin: 'x'.repeat(200_000) });
      expect(status).toBe(201);
      expect(await finished(body.id)).toMatchObject({ status: 'completed' });
    });

    it('twenty jobs at once all come back', async () => {
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      const submitted = await Promise.all(numbers.map((number) => submit(jobs.echoStdin(), { stdin: String(number) })));
      for (const [index, { body }] of submitted.entries()) {
        await finished(body.id);
        const result = await api.call('GET', `/v1/jobs/${body.id}/result`, CLIENT);
        expect(result.body).toMatchObject({ stdout: String(index) });
      }
    });
  });

  describe('the long poll', () => {
    const next = (agentId: string, waitSeconds: number, as = `agent:${agentId}`) =>
      api.call('POST', `/v1/agents/${agentId}/jobs/next`, as, { waitSeconds });
    const withKey = async () => {
      const { agent } = await register();
      const body = { publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
      await api.call('PUT', `/v1/agents/${agent.id}/key`, `agent:${agent.id}`, body);
      return agent.id;
    };

    it('answers 204 when no job comes, and says so to the right agent only', async () => {
      const agentId = await withKey();
      expect(await next(agentId, 0)).toEqual({ status: 204, body: undefined });
      expect((await next(agentId, 0, CLIENT)).status).toBe(404);
      expect((await next(agentId, 0, `agent:${uuidv7()}`)).status).toBe(404);
    });

    it('is woken by a job at once', async () => {
      const agentId = await withKey();
      const waiting = next(agentId, 10);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const started = performance.now();
      const { body: job } = await submit(jobs.doNothing());
      expect(await waiting).toMatchObject({ status: 200, body: { jobId: job.id, agentId, kind: 'wasm', attempt: 1 } });
      expect(performance.now() - started).toBeLessThan(1_000);
    });

    it('that hung up is given no job', async () => {
      const agentId = await withKey();
      const hangingUp = new AbortController();
      const polling = fetch(`${api.url}/v1/agents/${agentId}/jobs/next`, {
        method: 'POST',
        headers: { authorization: `Bearer agent:${agentId}`, 'content-type': 'application/json' },
        body: '{"waitSeconds":10}',
        signal: hangingUp.signal,
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      hangingUp.abort();
      await expect(polling).rejects.toThrow('aborted');
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { body: job } = await submit(jobs.doNothing());
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect((await api.call<JobView>('GET', `/v1/jobs/${job.id}`, CLIENT)).body.status).toBe('queued');
      await api.call('POST', `/v1/jobs/${job.id}/cancel`, CLIENT);
    });
  });

  it.each([
    ['an unknown field', { bookingId: uuidv7(), task: { kind: 'wasm', module: 'AAAA' }, gpu: 1 }, 'gpu'],
    ['a nested unknown field', { bookingId: uuidv7(), task: { kind: 'wasm', module: 'AAAA', cwd: '/' } }, 'task.cwd'],
    ['a kind that nobody executes', { bookingId: uuidv7(), task: { kind: 'shell', module: 'AAAA' } }, 'task.kind'],
    ['no base64', { bookingId: uuidv7(), task: { kind: 'wasm', module: '***' } }, 'task.module'],
    ['no booking', { task: { kind: 'wasm', module: 'AAAA' } }, 'bookingId'],
    [
      'a bad variable',
      { bookingId: uuidv7(), task: { kind: 'wasm', module: 'AAAA', env: { 'A B': '1' } } },
      'task.env',
    ],
  ])('a job with %s is refused by the name of the field', async (_, body, field) => {
    const answer = await api.call<Problem>('POST', '/v1/jobs', CLIENT, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors?.map((error) => error.field)).toContain(field);
  });

  it('a module that no agent would run is refused at once', async () => {
    const malformed = await submit(new TextEncoder().encode('nope, no module'));
    expect(malformed).toMatchObject({ status: 422, body: { code: 'agents.wasm_malformed' } });
    const large = await submit(
      jobs.jobModule([], [], { custom: [{ name: 'x', bytes: Array<number>(1_048_576).fill(0) }] }),
    );
    expect(large).toMatchObject({ status: 413, body: { code: 'agents.wasm_too_large' } });
  });

  it('an attempt number or id that is none is refused', async () => {
    const path = `/v1/jobs/${uuidv7()}/attempts/first/failure`;
    const body = { code: 'agents.wasm_trapped', message: 'x' };
    expect((await api.call('POST', path, 'agent:x', body)).status).toBe(400);
    expect((await api.call('GET', '/v1/jobs/17', CLIENT)).status).toBe(400);
  });
});
