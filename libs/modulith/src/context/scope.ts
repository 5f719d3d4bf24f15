import type { QueryRunner } from 'typeorm';
import type { MessageType } from '../contract/registry.js';
import type { SentCommand } from '../unit-of-work/inbox-key.js';
import type { MessageMetadata } from './metadata.js';

/** An event between `publish` and the commit. */
export interface PendingEvent {
  readonly type: MessageType;
  readonly metadata: MessageMetadata;
  readonly key: string;
  /** Encoded by the contract codec. */
  readonly payload: string;
  readonly traceparent?: string;
}

/** The handler-scoped state, as seen by code that finds it in the context. */
export interface Scope {
  readonly module: string;
  readonly mode: 'read' | 'write';
  /** From the first use of a repository to the end of the unit of work. */
  readonly isOpen: boolean;
  readonly broadcasts: PendingEvent[];
  addEvent(event: PendingEvent): void;
  /** Runs once the unit of work has committed. */
  afterCommit(effect: () => void): void;
  /** Waits for the answer to a message sent from here. */
  whileAsking<T>(answer: Promise<T>): Promise<T>;
  /** The unit of work's query runner; the transaction begins at its first statement. */
  runner(): QueryRunner;
  /** Called for each command sent from here, before it is sent. */
  beforeSending?(command: SentCommand): Promise<void>;
}
