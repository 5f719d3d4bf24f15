import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { defaultModuleLimits, type ModuleLimits } from '../../wasm/harden-module.js';
import { WasmRefused } from '../../wasm/wasm-refused.js';
import { Cancelled, ExecutorFailed, type Completed, type WasmTask } from '../execution.js';
import type { WasmOutcome, WasmRun } from './run-module.js';

export interface WasmLimits extends ModuleLimits {
  /** Wall time of a run, compilation included. */
  milliseconds: number;
  /** Bytes on standard output and standard error together. */
  outputBytes: number;
  /** The process's own heap, in addition to the job's memory. */
  heapMebibytes: number;
  /** For the compiled job and all else, in addition to the heap and the job's memory. */
  codeMebibytes: number;
}

export const defaultWasmLimits: WasmLimits = {
  ...defaultModuleLimits,
  milliseconds: 60_000,
  outputBytes: 256 * 1024,
  heapMebibytes: 128,
  codeMebibytes: 384,
};

/** Runs WASM jobs, each in its own process with an empty environment, without files and network. */
export class WasmExecutor {
  constructor(
    private readonly limits: WasmLimits = defaultWasmLimits,
    private readonly jobProcess = new URL('./job-process.js', import.meta.url),
  ) {}

  /**
   * Runs a task to its end.
   *
   * @throws WasmRefused if the job broke a rule: it would again
   * @throws ExecutorFailed if the process died for another reason: a retry may succeed
   * @throws Cancelled if the signal was aborted
   */
  async run(task: WasmTask, signal?: AbortSignal): Promise<Completed> {
    signal?.throwIfAborted();
    const startedAt = new Date();
    const started = performance.now();
    const outcome = await this.inProcess(toRun(task, this.limits), signal);
    if (outcome.status === 'refused') throw new WasmRefused(outcome.code, outcome.message);
    return {
      startedAt,
      // Measured rather than read from the clock, which may be set while a job runs.
      finishedAt: new Date(startedAt.getTime() + Math.ceil(performance.now() - started)),
      units: Math.max(1, Math.round(outcome.milliseconds)),
      result: {
        exitCode: outcome.exitCode,
        ...(outcome.trap === undefined ? {} : { trap: outcome.trap }),
        ...asText(outcome.stdout, outcome.stderr),
      },
    };
  }

  private inProcess(run: WasmRun, signal?: AbortSignal): Promise<WasmOutcome> {
    const child = fork(this.jobProcess, [String(residentBytes(this.limits))], {
      env: {},
      execArgv: [
        `--max-old-space-size=${this.limits.heapMebibytes}`,
        `--wasm-max-mem-pages=${this.limits.memoryPages}`,
        '--disallow-code-generation-from-strings',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new Promise<WasmOutcome>((resolve, reject) => {
      const kill = (reason: Error) => {
        reject(reason);
        child.kill('SIGKILL');
      };
      const cancel = () => kill(new Cancelled());
      const timer = setTimeout(() => kill(tooSlow(this.limits.milliseconds)), this.limits.milliseconds);
      const complaint = lastWords(child);
      signal?.addEventListener('abort', cancel, { once: true });
      child.once('message', (outcome) => resolve(outcome as WasmOutcome));
      child.once('error', (error) => kill(new ExecutorFailed(error.message)));
      child.once('close', (exitCode, exitSignal) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        reject(deathOf(exitCode, exitSignal, complaint()));
      });
      child.send(run, (error) => error && kill(new ExecutorFailed(error.message)));
    });
  }
}

/** The limit on the total memory of a job's process. */
function residentBytes({ memoryPages, heapMebibytes, codeMebibytes }: WasmLimits): number {
  return memoryPages * 65_536 + (heapMebibytes + codeMebibytes) * 1024 * 1024;
}

function toRun(task: WasmTask, limits: WasmLimits): WasmRun {
  return {
    module: new Uint8Array(Buffer.from(task.module, 'base64')),
    args: ['job.wasm', ...(task.args ?? [])],
    env: task.env ?? {},
    stdin: new TextEncoder().encode(task.stdin ?? ''),
    // The random numbers depend on the task alone, so that the task suffices to verify the result.
    seed: new Uint8Array(createHash('sha256').update(canonicalize(task)).digest()),
    outputLimit: limits.outputBytes,
    limits,
  };
}

/** Output as text if it is UTF-8; otherwise as base64, marked by `encoding`. */
function asText(stdout: Uint8Array, stderr: Uint8Array) {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return { stdout: utf8.decode(stdout), stderr: utf8.decode(stderr) };
  } catch {
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    return { stdout: base64(stdout), stderr: base64(stderr), encoding: 'base64' as const };
  }
}

const tooSlow = (milliseconds: number) =>
  new WasmRefused('agents.wasm_time_exceeded', `The job ran longer than ${milliseconds} ms.`);

function deathOf(exitCode: number | null, signal: NodeJS.Signals | null, complaint: string): Error {
  if (/out of memory|heap limit/i.test(complaint)) {
    return new WasmRefused('agents.wasm_memory_exceeded', 'The job took more memory than it may have.');
  }
  return new ExecutorFailed(`The job's process ended (${signal ?? `exit code ${exitCode}`}): ${complaint.trim()}`);
}

function lastWords(child: ChildProcess): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  return () => said;
}
