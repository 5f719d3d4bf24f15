import { STATUS_CODES } from 'node:http';
import { DomainError, type ErrorKind, type FieldProblem, ValidationFailed } from '@aitbc/modulith';
import { HttpException } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export class ProblemField implements FieldProblem {
  @ApiProperty({ example: 'durationHours', description: 'Path of the field, such as `task.args.0`' })
  readonly field: string;
  @ApiProperty({ example: 'durationHours must not be less than 1' })
  readonly message: string;
}

/** An error in RFC 9457 format. `code` is stable and for programs; `title` and `detail` are for people. */
export class Problem {
  @ApiProperty({ example: 'urn:aitbc:problem:marketplace.offer_unavailable' })
  readonly type: string;
  @ApiProperty({ example: 'Offer unavailable' })
  readonly title: string;
  @ApiProperty({ example: 409 })
  readonly status: number;
  @ApiProperty({ example: 'marketplace.offer_unavailable' })
  readonly code: string;
  @ApiProperty({ example: 'The offer is not available.' })
  readonly detail: string;
  @ApiPropertyOptional({ type: [ProblemField], description: 'What is wrong with which field, for bad input' })
  readonly errors?: readonly FieldProblem[];
  @ApiPropertyOptional({ type: Object, description: 'What the code says more about', additionalProperties: true })
  readonly details?: Readonly<Record<string, unknown>>;
  @ApiPropertyOptional({
    example: '01914b7a-2f60-7000-8000-000000000000',
    description: 'Quote it when asking for help',
  })
  readonly requestId?: string;
}

/** The HTTP status for each error kind. */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unprocessable: 422,
  too_many: 429,
  internal: 500,
  unavailable: 503,
};

/** The code of an error that is known by its status only. */
export const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  410: 'gone',
  412: 'precondition_failed',
  413: 'body_too_large',
  414: 'url_too_long',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  428: 'precondition_required',
  429: 'too_many_requests',
  503: 'unavailable',
};

const DETAIL_OF_STATUS: Readonly<Record<number, string>> = {
  404: 'There is nothing at this address.',
  408: 'The request took too long to arrive.',
  413: 'The body is too large for this operation.',
  414: 'A part of the path is too long.',
  415: 'The body must be JSON: send it with Content-Type: application/json.',
};

/** The problem to send to a client; errors that it cannot act on become an internal error. */
export function problemOf(error: unknown, requestId?: string): Problem {
  if (error instanceof DomainError) return domainProblem(error, requestId);
  const status = statusOf(error);
  if (status === undefined || status >= 500) {
    return status === 503
      ? problem(503, 'unavailable', 'The service cannot answer now; try again.', { requestId })
      : problem(500, 'internal_error', 'Something went wrong on our side.', { requestId });
  }
  const code = isMalformedJson(error) ? 'malformed_json' : (CODE_OF_STATUS[status] ?? 'bad_request');
  return problem(status, code, detailOf(error, status), { requestId });
}

/** The framework's messages may quote the input, such as a password; messages of this program do not. */
function detailOf(error: unknown, status: number): string {
  const isOwn = error instanceof HttpException && error.cause === undefined && status !== 404;
  return isOwn ? error.message : (DETAIL_OF_STATUS[status] ?? 'The request is not valid.');
}

/** Seconds until a retry makes sense, for the `Retry-After` header; undefined if waiting does not help. */
export function retryAfterSeconds(error: unknown, status: number): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const told = error instanceof DomainError ? error.details['retryAfterSeconds'] : undefined;
  return typeof told === 'number' && told > 0 ? Math.ceil(told) : 1;
}

function domainProblem(error: DomainError, requestId: string | undefined): Problem {
  const status = STATUS_OF_KIND[error.kind];
  if (error instanceof ValidationFailed) {
    return problem(status, error.code, 'The request is not valid.', { errors: error.details.errors, requestId });
  }
  const details = Object.keys(error.details).length > 0 ? error.details : undefined;
  return problem(status, error.code, error.message, { details, requestId });
}

function problem(
  status: number,
  code: string,
  detail: string,
  more: Pick<Problem, 'errors' | 'details' | 'requestId'>,
): Problem {
  return { type: `urn:aitbc:problem:${code}`, title: titleOf(code, status), status, code, detail, ...more };
}

/** `marketplace.offer_unavailable` becomes "Offer unavailable": the same for each occurrence, as the RFC asks. */
export function titleOf(code: string, status: number): string {
  const words = code.slice(code.lastIndexOf('.') + 1).replaceAll('_', ' ');
  return words ? words[0]!.toUpperCase() + words.slice(1) : (STATUS_CODES[status] ?? 'Error');
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Errors that Fastify raises before a route runs (body too large, unknown media type, malformed URL) carry a status.
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  return error instanceof Error && typeof status === 'number' && status >= 400 && status <= 599 ? status : undefined;
}

const MALFORMED_JSON = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY']);

function isMalformedJson(error: unknown): boolean {
  const source = error instanceof HttpException && error.cause ? error.cause : error;
  return source instanceof SyntaxError || MALFORMED_JSON.has(String((source as { code?: unknown }).code));
}
