import type { FastifyReply } from 'fastify';

const codes = new WeakMap<FastifyReply, string>();

/** Remembers which problem a request was answered with, for those who count answers. */
export function rememberCode(reply: FastifyReply, code: string): void {
  codes.set(reply, code);
}

export const codeAnswered = (reply: FastifyReply): string | undefined => codes.get(reply);
