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

/** What an operator does with dead letters, wherever their modules are hosted. */
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

  /** The oldest first. Modules that no process hosts or can answer for are left out: nobody can read their databases. */
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

  /** @throws DeadLetterNotFound, ProcessSilent when a process that may have it does not answer */
  async get(id: string): Promise<DeadLetter> {
    return (await this.find(id)).letter;
  }

  /**
   * Applies the oldest dead letter of the same handler and key, then those that wait behind it, in their order.
   * @returns how many were applied.
   * @throws DeadLetterNotFound, ProcessSilent when a process that may have it does not answer
   * @throws whatever the handler throws; that event stays the first of its lane.
   */
  async replay(id: string): Promise<number> {
    return this.processes.ask<number>((await this.find(id)).holder, REPLAY, id);
  }

  /**
   * Gives an event up and, when it was the first of its lane, goes on with those behind it.
   * @throws DeadLetterNotFound, ProcessSilent when a process that may have it does not answer
   */
  async discard(id: string): Promise<void> {
    await this.processes.ask((await this.find(id)).holder, DISCARD, id);
  }

  private async find(id: string): Promise<{ letter: DeadLetter; holder: ProcessInfo }> {
    const answers = await this.processes.askAll<DeadLetter | null>(GET, id);
    for (const { answer, process } of answers) if (answer) return { letter: answer, holder: process };
    // It may be with one that did not say.
    const silent = answers.find(({ error }) => error !== undefined);
    throw silent ? new ProcessSilent(silent.process.id) : new DeadLetterNotFound(id);
  }
}

function byAge(a: DeadLetter, b: DeadLetter): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
