import type { Contract } from '../contract/define-contract.js';
import type { MessageType } from '../contract/registry.js';
import type { MessageMetadata, Principal } from '../context/metadata.js';
import type { RetryPolicy } from '../outbox/consumer.js';
import type { Publication } from '../outbox/publication.js';
import type { StreamsOptions } from '../transport/options.js';

export interface ModulithOptions {
  /** The contracts of every module of the system, hosted here or not. */
  readonly contracts: readonly Contract[];
  /** The modules that this process hosts. */
  readonly hosted: readonly string[];
  /** The URL of a module's database. */
  readonly databaseUrl: (module: string) => string;
  /** Shared by all processes of one system; signs what they send each other and protects `@Secret()` fields. */
  readonly secret: string;
  /** Others that are accepted while a secret is being replaced. */
  readonly acceptedSecrets?: readonly string[];
  /** `strict`: local calls go through the full codec, so that what works here works across processes too. */
  readonly parity: 'strict' | 'fast';
  readonly retry?: RetryPolicy;
  /** Where the processes of a system meet. Absent: this process is the only one. */
  readonly redisUrl?: string;
  /** How the transport over Redis departs from its defaults. */
  readonly transport?: Pick<StreamsOptions, 'prefix' | 'claimMs' | 'maxFrameBytes' | 'patienceMs'>;
  /** Limits where modules are on Postgres. */
  readonly postgres?: {
    /** How many connections this process may hold, over all modules; at least four for each. */
    readonly connections?: number;
    /** Milliseconds (10000) after which the server ends a statement, where the operator has set no limit. */
    readonly statementMs?: number;
  };
  /** What others are told of this process, such as its version. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether the time of each message is measured; it is unless this says otherwise. */
  readonly metrics?: boolean;
  /** How modules that this process does not host are reached; over Redis unless given. */
  readonly remote?: RemoteModules;
  /**
   * Whether a command of a module hosted here, and elsewhere too, is carried out elsewhere. Where it says nothing, the
   * share counts that is stored with the module. Asked for each such command: it answers from memory.
   */
  readonly canary?: (question: CanaryQuestion) => boolean | undefined;
}

export interface CanaryQuestion {
  /** The module that the command belongs to. */
  readonly module: string;
  /** The same for what goes the same way: the aggregate where the command names one, else the user, else the request. */
  readonly stickyKey: string;
  readonly principal?: Principal;
}

export interface DeliveryOptions {
  readonly mode: 'durable' | 'bounded';
  /** Whether the module may have it already. */
  readonly mayBeRepeat: boolean;
}

/** The way to modules hosted elsewhere. */
export interface RemoteModules {
  /** Whether a running process hosts the module. */
  isReachable(module: string): boolean;
  /** Brings a command or query to a process that hosts its owner; `repeatable` when its id may have been sent before. */
  send(type: MessageType, message: object, metadata: MessageMetadata, repeatable: boolean): Promise<unknown>;
  /** Brings an event to a module; resolves when the module has it in its own database or, `bounded`, in its queue. */
  deliver(module: string, publication: Publication, options: DeliveryOptions): Promise<void>;
}

export const MODULITH_OPTIONS = Symbol('ModulithOptions');
