import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { translated } from '../../../test/support/translated-tree.js';
import { agentSigned } from '../receipts/agent-signature.js';
import { hashOfResult, type AgentSignedReceipt } from '../receipts/receipt.js';
import { FakePlatform } from '../testing/fake-platform.js';
import * as jobs from '../testing/sample-jobs.js';
import type { Assignment } from './protocol.js';

describe('the agent daemon, a process of its own', () => {
  let platform: FakePlatform;
  let url: string;
  let home: string;
  let started: ChildProcess[];
  let nextId = 1;

  beforeEach(async () => {
    platform = new FakePlatform();
    await platform.start();
    url = platform.url;
    home = await mkdtemp(join(tmpdir(), 'agent-home-'));
    started = [];
  });
  afterEach(async () => {
    for (const child of started) child.kill('SIGKILL');
    await platform.stop();
    await rm(home, { recursive: true });
  });

  const start = (env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [translated('src/agents/daemon/main.ts')], {
      env: { AITBC_API_URL: url, AITBC_AGENT_TOKEN: platform.token, AITBC_AGENT_HOME: home, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    const said = { text: '' };
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part) => (said.text += String(part)));
    const ended = once(child, 'exit').then(([exitCode, signal]) => (exitCode as number | null) ?? (signal as string));
    return { child, said, ended };
  };

  const assignment = (module: Uint8Array, more: Partial<Assignment['task']> = {}): Assignment => ({
    jobId: `0199a3c0-0000-7000-8000-${String(nextId++).padStart(12, '0')}`,
    attempt: 1,
    bookingId: '0199a3c0-0000-7000-8000-0000000000b0',
    agentId: platform.agentId,
    provider: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    client: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
    kind: 'wasm',
    task: { kind: 'wasm', module: Buffer.from(module).toString('base64'), ...more },
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  });

  const outcomes = async (count: number) => {
    await vi.waitFor(() => expect(platform.outcomes).toHaveLength(count), { timeout: 10_000 });
    return platform.outcomes;
  };
  const workFiles = async () => {
    const names = await readdir(join(home, 'work')).catch(() => [] as string[]);
    return names.filter((name) => name.endsWith('.json'));
  };

  it('executes a job and brings the result with a signed receipt, in the trace of the job', async () => {
    const job = assignment(jobs.echoStdin(), { stdin: 'hello' });
    platform.jobs = [job];
    start();
    const [outcome] = await outcomes(1);
    const { result, ...signed } = outcome!.body as unknown as AgentSignedReceipt & { result: unknown };
    expect(outcome!.path).toBe(`/v1/jobs/${job.jobId}/attempts/1/result`);
    expect(result).toEqual({ exitCode: 0, stdout: 'hello', stderr: '' });
    expect(agentSigned(signed)).toBe(true);
    expect(signed.agentPublicKey).toBe(platform.publicKey);
    expect(signed.receipt).toMatchObject({ jobId: job.jobId, kind: 'wasm', resultHash: hashOfResult(result) });
    expect(outcome!.traceparent).toMatch(/^00-a{32}-[0-9a-f]{16}-01$/);
    expect(outcome!.traceparent).not.toBe(job.traceparent);
    await vi.waitFor(async () => expect(await workFiles()).toEqual([]));
  });

  it('reports why a job failed', async () => {
    platform.jobs = [assignment(jobs.floodOutput())];
    start();
    const [outcome] = await outcomes(1);
    expect(outcome!.path).toMatch(/failure$/);
    expect(outcome!.body).toEqual({ code: 'agents.wasm_output_exceeded', message: expect.stringContaining('bytes') });
  });

  it('keeps its key, readable by its owner only, and sets it once', async () => {
    const first = start();
    await vi.waitFor(() => expect(platform.publicKey).not.toBeNull(), { timeout: 5_000 });
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect((await stat(join(home, 'agent.key'))).mode & 0o777).toBe(0o600);
    start();
    await vi.waitFor(() => expect(platform.received.filter(({ path }) => path.endsWith('/me'))).toHaveLength(2));
    await vi.waitFor(() => expect(platform.received.at(-1)!.path).toMatch(/next$/));
    expect(platform.received.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('when the token is bad, says so and exits with 2', async () => {
    const { ended, said } = start({ AITBC_AGENT_TOKEN: 'stolen' });
    expect(await ended).toBe(2);
    expect(said.text).toContain('does not accept AITBC_AGENT_TOKEN: The token is not valid.');
  });

  it('when what answers is another API, says so in a line and exits with 2', async () => {
    platform.interrupt = () => ({ status: 404, body: { detail: 'Cannot GET /v1/agents/me' } });
    const { ended, said } = start();
    expect(await ended).toBe(2);
    expect(said.text).toContain('Is AITBC_API_URL the address of its API?');
    expect(said.text).not.toMatch(/^ +at /m);
  });

  it('when its home is a file, or its work is damaged, names it in a line and exits with 3', async () => {
    await writeFile(join(home, 'file'), '');
    const first = start({ AITBC_AGENT_HOME: join(home, 'file') });
    expect(await first.ended).toBe(3);
    expect(first.said.text).toContain(join(home, 'file'));
    await mkdir(join(home, 'work'));
    await writeFile(join(home, 'work', 'x.json'), '{');
    const second = start();
    expect(await second.ended).toBe(3);
    expect(second.said.text).toContain('x.json is damaged');
    for (const { said } of [first, second]) expect(said.text).not.toMatch(/^ +at /m);
  });

  it('when the token is revoked while it works, exits with 2 and keeps its work', async () => {
    platform.jobs = [assignment(jobs.doNothing())];
    const no = { status: 401, body: { code: 'gateway.unauthenticated', detail: 'The token is not valid.' } };
    platform.interrupt = ({ path }) => (path.endsWith('/result') ? no : undefined);
    const { ended } = start();
    expect(await ended).toBe(2);
    expect(await workFiles()).toHaveLength(1);
  });

  it('when the account of its owner is locked, waits for the end of that and goes on', async () => {
    let isLocked = true;
    const no = { status: 403, body: { code: 'gateway.account_locked', detail: 'The account has been locked.' } };
    platform.jobs = [assignment(jobs.doNothing())];
    platform.interrupt = () => (isLocked ? no : undefined);
    const { said } = start();
    await vi.waitFor(() => expect(said.text).toContain('The account has been locked.'), { timeout: 5_000 });
    isLocked = false;
    expect((await outcomes(1))[0]!.path).toMatch(/result$/);
  });

  it('when the environment is wrong, lists every problem and exits with 2', async () => {
    const { ended, said } = start({ AITBC_AGENT_TOKEN: '', AITBC_API_URL: 'ftp://x', AITBC_AGENT_JOB_MS: 'soon' });
    expect(await ended).toBe(2);
    for (const name of ['AITBC_AGENT_TOKEN', 'AITBC_API_URL', 'AITBC_AGENT_JOB_MS']) expect(said.text).toContain(name);
  });

  it('when the platform knows another key, says what to do and exits with 3', async () => {
    platform.publicKey = 'A'.repeat(43);
    const { ended, said } = start();
    expect(await ended).toBe(3);
    expect(said.text).toContain('knows another key');
  });

  it('when others can read its key, refuses it and exits with 3', async () => {
    const first = start();
    await vi.waitFor(() => expect(platform.publicKey).not.toBeNull(), { timeout: 5_000 });
    first.child.kill('SIGTERM');
    await first.ended;
    await chmod(join(home, 'agent.key'), 0o644);
    const { ended, said } = start();
    expect(await ended).toBe(3);
    expect(said.text).toContain('chmod 600');
  });

  it('when the platform is away at the start and while it works, waits for it', async () => {
    const { port } = platform;
    await platform.stop();
    const { said } = start();
    await vi.waitFor(() => expect(said.text).toContain('the platform is away'), { timeout: 5_000 });
    platform = new FakePlatform();
    platform.jobs = [assignment(jobs.printText('late'))];
    let refusals = 2;
    platform.interrupt = ({ path }) => (path.endsWith('/result') && refusals-- > 0 ? { status: 503 } : undefined);
    await platform.start(port);
    await outcomes(3);
    await vi.waitFor(async () => expect(await workFiles()).toEqual([]));
  });

  it('when it is killed between execution and upload, a new start uploads the same outcome', async () => {
    const job = assignment(jobs.printClockAndRandom());
    platform.jobs = [job];
    platform.interrupt = ({ path }) => (path.endsWith('/result') ? 'hang' : undefined);
    const first = start();
    const [lost] = await outcomes(1);
    first.child.kill('SIGKILL');
    await first.ended;
    platform.interrupt = () => undefined;
    start();
    const [, again] = await outcomes(2);
    expect(again!.body).toEqual(lost!.body);
  });

  it('when it is killed while a job runs, a new start executes the job', async () => {
    platform.jobs = [assignment(jobs.loopForever())];
    const first = start();
    await vi.waitFor(async () => expect(await workFiles()).toHaveLength(1), { timeout: 5_000 });
    first.child.kill('SIGKILL');
    await first.ended;
    start({ AITBC_AGENT_JOB_MS: '500' });
    const [outcome] = await outcomes(1);
    expect(outcome!.body).toMatchObject({ code: 'agents.wasm_time_exceeded' });
  });

  it('when the platform takes a job back, stops it and goes on with the next', async () => {
    const endless = assignment(jobs.loopForever());
    platform.jobs = [endless, assignment(jobs.printText('next'))];
    platform.released = [{ jobId: endless.jobId, attempt: 1 }];
    start();
    const [outcome] = await outcomes(1);
    expect(outcome!.body['result']).toMatchObject({ stdout: 'next' });
  });

  it('when the platform does not want an outcome any more, drops it and goes on', async () => {
    platform.jobs = [assignment(jobs.doNothing()), assignment(jobs.doNothing())];
    let refusals = 1;
    const gone = { status: 409, body: { code: 'agents.attempt_not_held', detail: 'Somebody else has the job.' } };
    platform.interrupt = ({ path }) => (path.endsWith('/result') && refusals-- > 0 ? gone : undefined);
    start();
    await outcomes(2);
    await vi.waitFor(async () => expect(await workFiles()).toEqual([]));
  });

  it('works on as many jobs at a time as the platform says', async () => {
    platform.concurrency = 2;
    platform.jobs = [assignment(jobs.loopForever()), assignment(jobs.printText('beside'))];
    start();
    const [outcome] = await outcomes(1);
    expect(outcome!.body['result']).toMatchObject({ stdout: 'beside' });
  });

  it('when told to stop, finishes what runs, takes no more and exits with 0', async () => {
    platform.jobs = [assignment(jobs.loopForever())];
    const { child, ended } = start({ AITBC_AGENT_JOB_MS: '1500' });
    await vi.waitFor(async () => expect(await workFiles()).toHaveLength(1), { timeout: 5_000 });
    platform.jobs = [assignment(jobs.doNothing())];
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(platform.outcomes.map(({ body }) => body['code'])).toEqual(['agents.wasm_time_exceeded']);
    expect(platform.jobs).toHaveLength(1);
  });

  it('verify-receipt, as a command, fails on a receipt that only the agent signed', async () => {
    const script = translated('src/agents/verify-receipt.ts');
    const run = (path: string) =>
      new Promise<{ exitCode: number; said: string }>((resolve) => {
        const child = execFile(process.execPath, [script, path], (_, stdout, stderr) =>
          resolve({ exitCode: child.exitCode!, said: stdout + stderr }),
        );
      });
    expect(await run(join(home, 'absent.json'))).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('ENOENT'),
    });
    const packageFile = fileURLToPath(new URL('../../../package.json', import.meta.url));
    expect(await run(packageFile)).toEqual({ exitCode: 1, said: expect.stringContaining('not a signed receipt') });
  });
});
