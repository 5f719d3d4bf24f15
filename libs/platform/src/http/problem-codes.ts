import type { FastifyReply } from 'fastify';

const codes = new WeakMap<FastifyReply, string>();

/** Stores the problem code of a response, for metrics. */
export function rememberCode(reply: FastifyReply, code: string): void {
  codes.set(reply, code);
}

export const codeAnswered = (reply: FastifyReply): string | undefined => codes.get(reply);
