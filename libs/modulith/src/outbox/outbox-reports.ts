import { Injectable } from '@nestjs/common';
import { Processes } from '../placement/processes.js';
import { Runtime } from '../placement/runtime.js';
import { quote } from '../unit-of-work/unit.js';

/** The backlog of a module's outbox, and its first rows. */
export interface OutboxReport {
  readonly module: string;
  readonly waiting: readonly OutboxShare[];
  readonly first: readonly OutboxRow[];
  /** Why the report is unavailable. */
  readonly problem?: string;
}

export interface OutboxShare {
  /** The module that has yet to confirm the deliveries. */
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
  /** The maximum number of rows. */
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

/** Inspects outboxes, wherever their modules are hosted. Event payloads are not shown. */
@Injectable()
export class OutboxReports {
  constructor(
    private readonly runtime: Runtime,
    private readonly processes: Processes,
  ) {
    processes.answer(INSPECT, (question: Question) => this.inspect(question));
  }

  /** @param modules the modules to inspect */
  of(modules: readonly string[], options: Omit<Question, 'module'>): Promise<OutboxReport[]> {
    return Promise.all(
      modules.map((module) =>
        this.processes
          .askHost<OutboxReport>(module, INSPECT, { module, ...options })
          .catch((error: Error) => ({ module, waiting: [], first: [], problem: error.message })),
      ),
    );
  }

  /** The count may include a few deliveries that were just confirmed: rows are deleted in batches. */
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
