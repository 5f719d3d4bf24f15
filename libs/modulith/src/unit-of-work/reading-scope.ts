import type { QueryRunner } from 'typeorm';
import type { Scope } from '../context/scope.js';
import { ModulithError } from '../contract/errors.js';

/** The scope of a module's queries: read-only, with nothing to commit. */
export class ReadingScope implements Scope {
  readonly mode = 'read';
  readonly isOpen = false;
  readonly broadcasts: never[] = [];

  constructor(readonly module: string) {}

  addEvent(): never {
    throw new ModulithError('publish_outside_unit_of_work', 'A query publishes nothing.');
  }

  afterCommit(effect: () => void): void {
    effect();
  }

  whileAsking<T>(answer: Promise<T>): Promise<T> {
    return answer;
  }

  runner(): QueryRunner {
    throw new ModulithError('no_unit_of_work', 'A query has no unit of work.');
  }
}
