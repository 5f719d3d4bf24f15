import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { translated } from '../../../../test/support/translated-tree.js';
import * as jobs from '../../testing/sample-jobs.js';
import { i32Const, i64Const } from '../../testing/wasm-assembler.js';
import { Cancelled, type WasmTask } from '../execution.js';
import { defaultWasmLimits, WasmExecutor } from './wasm-executor.js';

const task = (module: Uint8Array, more: Partial<WasmTask> = {}): WasmTask => ({
  kind: 'wasm',
  module: Buffer.from(module).toString('base64'),
  ...more,
});

describe('WasmExecutor', () => {
  let executor: WasmExecutor;
  const withLimits = (limits: Partial<typeof defaultWasmLimits>) =>
    new WasmExecutor(
      { ...defaultWasmLimits, ...limits },
      pathToFileURL(translated('src/agents/daemon/wasm/job-process.ts')),
    );

  beforeAll(async () => {
    executor = withLimits({ milliseconds: 10_000, memoryPages: 256 });
  });

  it('gives the job its standard input and returns what it prints', async () => {
    const stdin = 'Grüße, '.repeat(2000);
    const { result } = await executor.run(task(jobs.echoStdin(), { stdin }));
    expect(result).toEqual({ exitCode: 0, stdout: stdin, stderr: '' });
  });

  it('gives the job its arguments after the name of the program', async () => {
    const { result } = await executor.run(task(jobs.printStrings('args'), { args: ['--fast', 'ä b'] }));
    expect(result.stdout).toBe('job.wasm\0--fast\0ä b\0');
  });

  it('gives the job the environment of its task and nothing of the machine', async () => {
    const { result } = await executor.run(task(jobs.printStrings('environ'), { env: { MODEL: 'tiny', N: '3' } }));
    expect(result.stdout).toBe('MODEL=tiny\0N=3\0');
    expect((await executor.run(task(jobs.printStrings('environ')))).result.stdout).toBe('');
  });

  it('keeps standard error apart', async () => {
    const { result } = await executor.run(task(jobs.printText('careful', 2)));
    expect(result).toEqual({ exitCode: 0, stdout: '', stderr: 'careful' });
  });

  it('returns output that is no text as base64', async () => {
    const { result } = await executor.run(task(jobs.printBytes([0xff, 0x00, 0xfe])));
    expect(result).toEqual({ exitCode: 0, stdout: '/wD+', stderr: '', encoding: 'base64' });
  });

  it('returns the exit code', async () => {
    expect((await executor.run(task(jobs.exitWith(3)))).result.exitCode).toBe(3);
  });

  it('measures whole milliseconds, within the time between start and finish', async () => {
    const { startedAt, finishedAt, units } = await executor.run(task(jobs.doNothing()));
    expect(Number.isInteger(units)).toBe(true);
    expect(units).toBeGreaterThanOrEqual(1);
    expect(units).toBeLessThanOrEqual(finishedAt.getTime() - startedAt.getTime());
  });

  it('shows the same clock and the same random numbers in every run of a task', async () => {
    const [first, second, other] = await Promise.all([
      executor.run(task(jobs.printClockAndRandom())),
      executor.run(task(jobs.printClockAndRandom())),
      executor.run(task(jobs.printClockAndRandom(), { args: ['other'] })),
    ]);
    expect(first.result).toEqual(second.result);
    const bytes = Buffer.from(first.result.stdout, 'base64');
    expect(bytes.readBigUInt64LE(8)).toBeGreaterThan(bytes.readBigUInt64LE(0));
    expect(Buffer.from(other.result.stdout, 'base64').subarray(16)).not.toEqual(bytes.subarray(16));
  });

  it('lets the clock jump instead of sleeping', async () => {
    const hour = 3_600_000_000_000n;
    const { result, units } = await executor.run(task(jobs.sleepAndPrintClock(hour)));
    const bytes = Buffer.from(result.stdout, result.encoding ?? 'utf8');
    expect(bytes.readBigUInt64LE(8) - bytes.readBigUInt64LE(0)).toBeGreaterThanOrEqual(hour);
    expect(units).toBeLessThan(5_000);
  });

  it.each([
    ['fd_write', [i32Const(1), i32Const(-8), i32Const(1), i32Const(8)], 'efault', 21],
    ['fd_write', [i32Const(1), i32Const(0), i32Const(0x7fff_ffff), i32Const(8)], 'efault', 21],
    ['random_get', [i32Const(65_530), i32Const(100)], 'efault', 21],
    ['fd_read', [i32Const(1), i32Const(0), i32Const(0), i32Const(8)], 'ebadf', 8],
    ['fd_prestat_get', [i32Const(3), i32Const(0)], 'ebadf', 8],
    ['fd_seek', [i32Const(1), i64Const(0n), i32Const(0), i32Const(0)], 'espipe', 70],
    ['path_unlink_file', [i32Const(3), i32Const(0), i32Const(1)], 'enotcapable', 76],
    ['poll_oneoff', [i32Const(0), i32Const(0), i32Const(-1), i32Const(0)], 'einval', 28],
  ] as const)('answers %s(%j) with %s', async (name, parameters, _, errno) => {
    const { result } = await executor.run(
      task(
        jobs.printErrno(
          name,
          parameters.map((each) => [...each]),
        ),
      ),
    );
    expect(Buffer.from(result.stdout).readUInt32LE(0)).toBe(errno);
  });

  it('kills a job that does not end, soon after its time', async () => {
    const started = performance.now();
    const run = withLimits({ milliseconds: 700 }).run(task(jobs.loopForever()));
    await expect(run).rejects.toMatchObject({ code: 'agents.wasm_time_exceeded' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([
    ['memory', jobs.eatMemory],
    ['a table', jobs.eatTable],
  ])('ends a job that eats %s', async (_, bomb) => {
    await expect(executor.run(task(bomb()))).rejects.toMatchObject({ code: 'agents.wasm_memory_exceeded' });
  });

  it('kills a job whose process takes more memory than all its parts may', async () => {
    const unbounded = { locals: 50_000, localsAtJoins: Number.MAX_SAFE_INTEGER, milliseconds: 60_000 };
    const run = withLimits({ ...unbounded, memoryPages: 16, codeMebibytes: 128 }).run(task(jobs.compileBomb()));
    await expect(run).rejects.toMatchObject({ code: 'agents.wasm_memory_exceeded' });
  });

  it('ends a job that floods its output', async () => {
    await expect(executor.run(task(jobs.floodOutput()))).rejects.toMatchObject({ code: 'agents.wasm_output_exceeded' });
  });

  it('delivers what a program wrote that traps, like that of any that exits', async () => {
    const end = { exitCode: 134, trap: 'unreachable', stdout: '' };
    expect((await executor.run(task(jobs.trap()))).result).toEqual({ ...end, stderr: '' });
    expect((await executor.run(task(jobs.panic('index out of range')))).result).toEqual({
      ...end,
      stderr: 'index out of range',
    });
  });

  it.each([
    ['recurses without end', jobs.recurseForever, /call stack/],
    ['traps before its first instruction', jobs.trapAtOnce, /data segment/],
  ])('delivers a program that %s', async (_, job, trap) => {
    expect((await executor.run(task(job()))).result).toMatchObject({
      exitCode: 134,
      trap: expect.stringMatching(trap),
    });
  });

  it('refuses what is no module', async () => {
    const run = executor.run(task(new TextEncoder().encode('no wasm at all')));
    await expect(run).rejects.toMatchObject({ code: 'agents.wasm_malformed' });
  });

  it('kills the job when it is cancelled', async () => {
    const cancelling = new AbortController();
    const run = executor.run(task(jobs.loopForever()), cancelling.signal);
    setTimeout(() => cancelling.abort(), 300);
    await expect(run).rejects.toBeInstanceOf(Cancelled);
  });

  it('leaves no process behind when the daemon is killed', async () => {
    const orphan = `
      import { WasmExecutor, defaultWasmLimits } from ${JSON.stringify(pathToFileURL(translated('src/agents/daemon/wasm/wasm-executor.ts')).href)};
      const executor = new WasmExecutor({ ...defaultWasmLimits, milliseconds: 60_000 });
      void executor.run(${JSON.stringify(task(jobs.loopForever()))}).catch(() => undefined);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
    `;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', orphan])).toThrow();
    const entry = translated('src/agents/daemon/wasm/job-process.ts');
    await vi.waitFor(() => expect(processesRunning(entry)).toBe(0), { timeout: 5_000, interval: 100 });
  });
});

function processesRunning(entry: string): number {
  const all = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(entry)).length;
}
