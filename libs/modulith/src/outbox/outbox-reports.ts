import { Injectable } from '@nestjs/common';
import { Processes } from '../placement/processes.js';
import { Runtime } from '../placement/runtime.js';
import { quote } from '../unit-of-work/unit.js';

/** What waits in a module's outbox, and what is first in line. */
export interface OutboxReport {
  readonly module: string;
  readonly waiting: readonly OutboxShare[];
  readonly first: readonly OutboxRow[];
  /** Why nothing is known of it. */
  readonly problem?: string;
}

export interface OutboxShare {
  /** The module that has yet to confirm them. */
  readonly target: string;
  readonly name: string;
  readonly count: number;
  readonly oldest: Date;
}

export interface OutboxRow {
  readonly messageId: string;
  readonly target: string;
  readonly name: string;
  readonly key: string;
  readonly publishedAt: Date;
}

interface Question {
  readonly module: string;
  readonly target?: string;
  /** How many of the first rows. */
  readonly limit: number;
}

interface ShareRow {
  readonly target: string;
  readonly name: string;
  readonly count: string | number;
  readonly oldest: string | number;
}

interface FirstRow {
  readonly message_id: string;
  readonly target: string;
  readonly name: string;
  readonly key: string;
  readonly published_at: string | number;
}

const INSPECT = 'outbox.inspect';

/** Looks into the outboxes, wherever their modules are hosted. What events hold is not shown. */
@Injectable()
export class OutboxReports {
  constructor(
    private readonly runtime: Runtime,
    private readonly processes: Processes,
  ) {
    processes.answer(INSPECT, (question: Question) => this.inspect(question));
  }

  /** @param modules those that are asked about */
  of(modules: readonly string[], options: Omit<Question, 'module'>): Promise<OutboxReport[]> {
    return Promise.all(
      modules.map((module) =>
        this.processes
          .askHost<OutboxReport>(module, INSPECT, { module, ...options })
          .catch((error: Error) => ({ module, waiting: [], first: [], problem: error.message })),
      ),
    );
  }

  /** A few of what it counts may have been confirmed a moment ago: rows are deleted in batches. */
  private async inspect({ module, target, limit }: Question): Promise<OutboxReport> {
    const { database } = this.runtime.module(module)!;
    const from = `FROM ${database.tables.outbox}${target === undefined ? '' : ` WHERE target = ${quote(target)}`}`;
    const [waiting, first] = await Promise.all([
      database.read<ShareRow>(
        `SELECT target, name, COUNT(*) AS count, MIN(published_at) AS oldest ${from} GROUP BY target, name ORDER BY target, name`,
      ),
      database.read<FirstRow>(
        `SELECT message_id, target, name, key, published_at ${from} ORDER BY seq LIMIT ${Math.trunc(limit)}`,
      ),
    ]);
    return {
      module,
      waiting: waiting.map(({ count, oldest, ...what }) => ({
        ...what,
        count: Number(count),
        oldest: new Date(Number(oldest)),
      })),
      first: first.map(({ message_id: messageId, published_at: publishedAt, ...what }) => ({
        messageId,
        ...what,
        publishedAt: new Date(Number(publishedAt)),
      })),
    };
  }
}
