import { Injectable } from '@nestjs/common';
import { DeadLetterNotFound, ProcessSilent } from '../contract/errors.js';
import { Processes } from '../placement/processes.js';
import { Runtime } from '../placement/runtime.js';
import type { ProcessInfo } from '../transport/options.js';
import { type DeadLetter, type DeadLetterSelection, LocalDeadLetters } from './local-dead-letters.js';

const LIST = 'dead-letters.list';
const GET = 'dead-letters.get';
const REPLAY = 'dead-letters.replay';
const DISCARD = 'dead-letters.discard';

/** Operator actions on dead letters, wherever their modules are hosted. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly runtime: Runtime,
    private readonly processes: Processes,
    local: LocalDeadLetters,
  ) {
    processes.answer(LIST, ({ module, ...selection }: DeadLetterSelection & { module: string }) =>
      local.list(module, selection),
    );
    processes.answer(GET, (id: string) => local.get(id));
    processes.answer(REPLAY, (id: string) => local.replay(id));
    processes.answer(DISCARD, (id: string) => local.discard(id));
  }

  /** Oldest first. Omits modules that no process hosts or can report on: their databases are out of reach. */
  async list(selection: Partial<DeadLetterSelection> = {}): Promise<DeadLetter[]> {
    const { limit = 100, filter, after } = selection;
    const modules = this.runtime.registry.contracts.map(({ module }) => module);
    const meant = modules.filter((module) => filter?.module === undefined || filter.module === module);
    const reachable = meant.filter((module) => this.processes.hosting(module).length > 0);
    const lists = await Promise.allSettled(
      reachable.map((module) => this.processes.askHost<DeadLetter[]>(module, LIST, { module, limit, filter, after })),
    );
    const found = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
    return found.toSorted(byAge).slice(0, limit);
  }

  /** @throws DeadLetterNotFound, ProcessSilent if a process that may have it does not answer */
  async get(id: string): Promise<DeadLetter> {
    return (await this.find(id)).letter;
  }

  /**
   * Applies the oldest dead letter of the same handler and key, then the events that wait behind it, in order.
   * @returns the number of events applied.
   * @throws DeadLetterNotFound, ProcessSilent if a process that may have it does not answer
   * @throws whatever the handler throws; that event stays first in its lane.
   */
  async replay(id: string): Promise<number> {
    return this.processes.ask<number>((await this.find(id)).holder, REPLAY, id);
  }

  /**
   * Discards an event and, if it was first in its lane, continues with the events behind it.
   * @throws DeadLetterNotFound, ProcessSilent if a process that may have it does not answer
   */
  async discard(id: string): Promise<void> {
    await this.processes.ask((await this.find(id)).holder, DISCARD, id);
  }

  private async find(id: string): Promise<{ letter: DeadLetter; holder: ProcessInfo }> {
    const answers = await this.processes.askAll<DeadLetter | null>(GET, id);
    for (const { answer, process } of answers) if (answer) return { letter: answer, holder: process };
    // A process that did not answer may have it.
    const silent = answers.find(({ error }) => error !== undefined);
    throw silent ? new ProcessSilent(silent.process.id) : new DeadLetterNotFound(id);
  }
}

function byAge(a: DeadLetter, b: DeadLetter): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
