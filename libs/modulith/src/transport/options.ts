/** How a process reaches the others of its system: one Redis, one secret. */
export interface StreamsOptions {
  /** `redis://` or `rediss://`, with the number of a logical database where several systems share a server. */
  readonly url: string;
  /** Signs every frame. The same in all processes of one system. */
  readonly secret: string;
  /** Others that are accepted while a secret is being replaced. */
  readonly acceptedSecrets?: readonly string[];
  /** First part of every key and channel; `modulith` where nothing else is said. */
  readonly prefix?: string;
  /** Who this process is. */
  readonly process: ProcessInfo;
  /** Milliseconds (6000): what a consumer has not renewed for so long is taken over by another. */
  readonly claimMs?: number;
  /** Bytes (4 MiB): no request, reply or broadcast may be larger. */
  readonly maxFrameBytes?: number;
  /** Milliseconds (2000): how long a request waits for a Redis that is away before it fails with `NotSent`. */
  readonly patienceMs?: number;
}

/** What the others know of a process. */
export interface ProcessInfo {
  /** Unique among all processes, those of the past included: a new one for every start. */
  readonly id: string;
  /** The services whose requests it answers. */
  readonly services: readonly string[];
  /** Anything else that others should know: a version, a colour. */
  readonly labels: Readonly<Record<string, string>>;
  /** When it started, in milliseconds since the epoch. */
  readonly since: number;
}

/** The options with their defaults. */
export type StreamsSettings = Required<StreamsOptions>;

export function withDefaults(options: StreamsOptions): StreamsSettings {
  return {
    ...options,
    acceptedSecrets: options.acceptedSecrets ?? [],
    prefix: options.prefix ?? 'modulith',
    claimMs: options.claimMs ?? 6_000,
    maxFrameBytes: options.maxFrameBytes ?? 4 * 1024 * 1024,
    patienceMs: options.patienceMs ?? 2_000,
  };
}
