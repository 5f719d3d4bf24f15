import { Injectable } from '@nestjs/common';
import { ModuleUnavailable, ProcessSilent, UnsupportedVersion } from '../contract/errors.js';
import type { EncodedError } from '../contract/registry.js';
import type { ProcessInfo } from '../transport/options.js';
import { NotSent, type Reply, type Request, Unanswered } from '../transport/client.js';
import { newMessageId } from '../context/message-id.js';
import { Distribution } from './distribution.js';
import { Runtime } from './runtime.js';

/** The answer of one process, or why there is none. */
export interface ProcessAnswer<T> {
  readonly process: ProcessInfo;
  readonly answer?: T;
  readonly error?: string;
}

type Answer = (argument: never) => Promise<unknown>;

/** The time limit for answers that involve work, such as applying dead letters. */
const ANSWER_WITHIN_MS = 20_000;
/** The time limit for asking all processes: one that hangs must not hold up the others' answers. */
const ALL_ANSWER_WITHIN_MS = 3_000;

/** The running processes of the system, and questions to processes rather than modules; mainly for operators. */
@Injectable()
export class Processes {
  private readonly answers = new Map<string, Answer>();

  constructor(
    private readonly runtime: Runtime,
    private readonly distribution: Distribution,
  ) {}

  get self(): ProcessInfo {
    return this.distribution.self;
  }

  list(): readonly ProcessInfo[] {
    return this.distribution.processes();
  }

  hosting(module: string): readonly ProcessInfo[] {
    return this.distribution.hosting(module);
  }

  /** Registers the answer to a question. Arguments and results must be serializable like messages. */
  answer<A>(question: string, answer: (argument: A) => Promise<unknown>): void {
    this.answers.set(question, answer as Answer);
  }

  /** Asks every process. */
  askAll<T>(question: string, argument?: unknown): Promise<ProcessAnswer<T>[]> {
    return Promise.all(
      this.list().map(async (process) => {
        try {
          return { process, answer: await this.ask<T>(process, question, argument, ALL_ANSWER_WITHIN_MS) };
        } catch (error) {
          return { process, error: error instanceof Error ? error.message : String(error) };
        }
      }),
    );
  }

  /**
   * Asks one of the processes that host a module.
   * @throws ModuleUnavailable if there is none.
   */
  askHost<T>(module: string, question: string, argument?: unknown): Promise<T> {
    const hosts = this.hosting(module);
    const host = hosts.find(({ id }) => id === this.self.id) ?? hosts[0];
    if (!host) return Promise.reject(new ModuleUnavailable(module));
    return this.ask<T>(host, question, argument);
  }

  /** @throws DomainError as thrown by the process; ProcessSilent if it did not answer in time. */
  async ask<T>(process: ProcessInfo, question: string, argument?: unknown, withinMs = ANSWER_WITHIN_MS): Promise<T> {
    const { registry } = this.runtime;
    if (process.id === this.self.id) {
      try {
        return (await this.answerOf(question)(argument as never)) as T;
      } catch (error) {
        // Errors show the same details locally as remotely.
        throw registry.decodeError(registry.encodeError(error));
      }
    }
    const { codec } = registry;
    const reply = await this.request(process, {
      id: newMessageId(),
      name: question,
      meta: { question: true },
      body: codec.encode(argument),
      deadline: Date.now() + withinMs,
    });
    if (!reply.ok) throw registry.decodeError(JSON.parse(reply.body) as EncodedError);
    return codec.decode(reply.body) as T;
  }

  private async request({ id }: ProcessInfo, request: Request): Promise<Reply> {
    try {
      return await this.distribution.connection!.client.request(`@${id}`, request);
    } catch (error) {
      throw error instanceof NotSent || error instanceof Unanswered ? new ProcessSilent(id) : error;
    }
  }

  /** Answers a question from another process. */
  async reply(request: Request): Promise<Reply> {
    const { registry } = this.runtime;
    try {
      const answer = await this.answerOf(request.name)(registry.codec.decode(request.body) as never);
      return { ok: true, body: registry.codec.encode(answer) };
    } catch (error) {
      return { ok: false, body: JSON.stringify(registry.encodeError(error)) };
    }
  }

  private answerOf(question: string): Answer {
    const answer = this.answers.get(question);
    // A newer release asked a question that this one does not know.
    if (!answer) throw new UnsupportedVersion(question, 1);
    return answer;
  }
}
