/** A client's request, as sent in the API. */
export interface WasmTask {
  kind: 'wasm';
  /** The binary, base64. */
  module: string;
  args?: string[];
  env?: Record<string, string>;
  stdin?: string;
}

export interface WasmResult {
  exitCode: number;
  /** Why the program trapped; absent otherwise. */
  trap?: string;
  stdout: string;
  stderr: string;
  /** Present if the output is not UTF-8 and therefore base64. */
  encoding?: 'base64';
}

/** A completed run. */
export interface Completed {
  startedAt: Date;
  finishedAt: Date;
  /** Whole milliseconds of execution, at least 1. */
  units: number;
  result: WasmResult;
}

/** The job was cancelled while it ran. */
export class Cancelled extends Error {}

/** The machine failed, not the job: worth another attempt. */
export class ExecutorFailed extends Error {}
