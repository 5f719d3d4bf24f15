import { v7 as uuidv7 } from 'uuid';
import { currentContext } from '../context/message-context.js';
import { ModulithError } from '../contract/errors.js';
import { currentLease } from '../outbox/lease.js';
import type { ModuleDatabase } from './module-database.js';

const BACKGROUND_DEADLINE_MS = 60_000;

/** Units of work for a module's background jobs; handlers get theirs automatically. */
export class UnitOfWork {
  constructor(private readonly database: ModuleDatabase) {}

  /**
   * Runs `work` in one transaction of this module's database; events published in it are sent after the commit.
   * @throws ModulithError `unit_of_work_open` inside another unit of work.
   */
  async run<T>(work: () => Promise<T> | T): Promise<T> {
    const outer = currentContext();
    if (outer?.scope) {
      throw new ModulithError(
        'unit_of_work_open',
        'A handler has its unit of work already, and a query none; it does not open another.',
      );
    }
    const id = uuidv7();
    const lease = currentLease();
    return this.database.run(
      {
        name: `unit of work of ${this.database.module}`,
        message: {
          id,
          correlationId: outer?.correlationId ?? id,
          causationId: outer?.id,
          principal: outer?.principal,
          origin: outer?.origin,
          deadline: Date.now() + BACKGROUND_DEADLINE_MS,
          attempt: 1,
        },
        idSeed: id,
        guard: lease && ((scope) => lease.verify(scope.runner())),
        alongside: lease?.heldAtCommit(),
      },
      work,
    );
  }
}
