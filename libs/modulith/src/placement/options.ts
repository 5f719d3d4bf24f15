import type { Contract } from '../contract/define-contract.js';
import type { MessageType } from '../contract/registry.js';
import type { MessageMetadata, Principal } from '../context/metadata.js';
import type { RetryPolicy } from '../outbox/consumer.js';
import type { Publication } from '../outbox/publication.js';
import type { StreamsOptions } from '../transport/options.js';

export interface ModulithOptions {
  /** The contracts of all modules of the system, hosted here or not. */
  readonly contracts: readonly Contract[];
  /** The modules that this process hosts. */
  readonly hosted: readonly string[];
  /** The URL of a module's database. */
  readonly databaseUrl: (module: string) => string;
  /** Shared by all processes of a system; signs their messages and protects `@Secret()` fields. */
  readonly secret: string;
  /** Further secrets that are accepted during a rotation. */
  readonly acceptedSecrets?: readonly string[];
  /** `strict`: local calls pass through the full codec, so that whatever works here also works across processes. */
  readonly parity: 'strict' | 'fast';
  readonly retry?: RetryPolicy;
  /** The Redis that connects the processes. Absent: this process is the only one. */
  readonly redisUrl?: string;
  /** Overrides of the Redis transport's defaults. */
  readonly transport?: Pick<StreamsOptions, 'prefix' | 'claimMs' | 'maxFrameBytes' | 'patienceMs'>;
  /** Limits for modules on Postgres. */
  readonly postgres?: {
    /** The connection limit of this process, over all modules; at least four per module. */
    readonly connections?: number;
    /** Statement timeout in milliseconds (10000) on the server, unless the operator has set one. */
    readonly statementMs?: number;
  };
  /** Announced to other processes, such as the version. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether to measure handling times; true by default. */
  readonly metrics?: boolean;
  /** How to reach modules that this process does not host; over Redis by default. */
  readonly remote?: RemoteModules;
  /**
   * Decides whether a command of a module hosted both here and elsewhere is sent elsewhere. If undefined, the share
   * stored with the module applies. Called for each such command, so it must answer from memory.
   */
  readonly canary?: (question: CanaryQuestion) => boolean | undefined;
}

export interface CanaryQuestion {
  /** The module that owns the command. */
  readonly module: string;
  /** The sticky routing key: the aggregate if the command names one, else the user, else the request. */
  readonly stickyKey: string;
  readonly principal?: Principal;
}

export interface DeliveryOptions {
  readonly mode: 'durable' | 'bounded';
  /** Whether the module may have received it before. */
  readonly mayBeRepeat: boolean;
}

/** Reaches modules hosted by other processes. */
export interface RemoteModules {
  /** Whether a running process hosts the module. */
  isReachable(module: string): boolean;
  /** Sends a command or query to a process that hosts its owner; `repeatable` if its id may have been sent before. */
  send(type: MessageType, message: object, metadata: MessageMetadata, repeatable: boolean): Promise<unknown>;
  /** Delivers an event to a module; resolves when it is in the module's database or, if `bounded`, in its queue. */
  deliver(module: string, publication: Publication, options: DeliveryOptions): Promise<void>;
}

export const MODULITH_OPTIONS = Symbol('ModulithOptions');
