/** How a process reaches the others of its system: one Redis, one secret. */
export interface StreamsOptions {
  /** `redis://` or `rediss://`, with a database number if several systems share a server. */
  readonly url: string;
  /** Signs every frame. The same in all processes of a system. */
  readonly secret: string;
  /** Further secrets that are accepted during a rotation. */
  readonly acceptedSecrets?: readonly string[];
  /** The prefix of all keys and channels; `modulith` by default. */
  readonly prefix?: string;
  /** This process. */
  readonly process: ProcessInfo;
  /** Milliseconds (6000) after which entries that a consumer has not renewed are taken over. */
  readonly claimMs?: number;
  /** Bytes (4 MiB): the maximum size of a request, reply or broadcast. */
  readonly maxFrameBytes?: number;
  /** Milliseconds (2000) that a request waits for an unavailable Redis before it fails with `NotSent`. */
  readonly patienceMs?: number;
}

/** What other processes know about a process. */
export interface ProcessInfo {
  /** Unique among all processes, past ones included: each start gets a new id. */
  readonly id: string;
  /** The services whose requests it answers. */
  readonly services: readonly string[];
  /** Further information for other processes, such as a version or a colour. */
  readonly labels: Readonly<Record<string, string>>;
  /** When it started, in milliseconds since the epoch. */
  readonly since: number;
}

/** The options with defaults applied. */
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
