import type { Reply, Request } from './request.js';

/** Sequence number at the client, id, name, meta, deadline; 1 if it may have been delivered before. */
type RequestHead = [sequence: number, id: string, name: string, meta: unknown, deadline: number, again: 0 | 1];
/** Sequence number at the client, status, meta. */
export type ReplyHead = [sequence: number, status: number, meta?: unknown];

export const OK = 1;
export const NOT_OK = 0;
/** The handler gave no reply, or none that can be sent. */
export const FAULT = 2;

export function requestHead(sequence: number, request: Request, again: boolean): RequestHead {
  return [sequence, request.id, request.name, request.meta, request.deadline, again ? 1 : 0];
}

export interface ReceivedRequest {
  readonly sequence: number;
  readonly request: Request;
  readonly again: boolean;
}

export function readRequest(head: unknown, body: string): ReceivedRequest {
  const [sequence, id, name, meta, deadline, again] = head as RequestHead;
  return { sequence, request: { id, name, meta, body, deadline }, again: again === 1 };
}

export function replyHead(sequence: number, reply: Reply): ReplyHead {
  const status = reply.ok ? OK : NOT_OK;
  return reply.meta === undefined ? [sequence, status] : [sequence, status, reply.meta];
}
