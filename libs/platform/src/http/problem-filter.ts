import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rememberCode } from './problem-codes.js';
import { PROBLEM_MEDIA_TYPE, problemOf, retryAfterSeconds } from './problem.js';

/** Answers every failed request with a problem. Logs server faults only, with the request id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOf(error, String(request.id));
    if (problem.status >= 500 && problem.code === 'internal_error') {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const route = request.routeOptions?.url ?? 'unmatched';
      this.log.error({ msg: `${request.method} ${route} failed: ${what}`, route, requestId: request.id });
    }
    if (reply.sent) return;
    rememberCode(reply, problem.code);
    const wait = retryAfterSeconds(error, problem.status);
    if (wait !== undefined) void reply.header('retry-after', wait);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem, jsonSafe));
  }
}

const jsonSafe = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
