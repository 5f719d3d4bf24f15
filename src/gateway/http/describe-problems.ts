import { STATUS_CODES } from 'node:http';
import { type Operation, Problem, PROBLEM_MEDIA_TYPE, titleOf } from '@aitbc/platform';
import { type OpenAPIObject, getSchemaPath } from '@nestjs/swagger';
import { codesOf, problems } from './operation-problems.js';

/** Rejections before the controller runs, by code. */
const OF_BODIES: Readonly<Record<string, { status: number; detail: string }>> = {
  malformed_json: { status: 400, detail: 'The body is not valid JSON.' },
  body_too_large: { status: 413, detail: 'The request body is too large.' },
  body_too_complex: { status: 413, detail: 'A body of this operation may be nested 32 deep and hold 10000 values.' },
  unsupported_media_type: { status: 415, detail: 'The body must be application/json.' },
};
const OF_INPUT = { validation_failed: { status: 400, detail: 'The request is not valid.' } };
const OF_PATHS = { bad_request: { status: 400, detail: 'The request is not valid.' } };
const OF_REPEATS = {
  already_done: { status: 409, detail: 'The request was carried out before; its answer held a secret.' },
};
/** They parse their bodies themselves and report a body's errors in a successful answer. */
const READ_BODIES_THEMSELVES = new Set(['RpcController.callRpc']);
const ALWAYS = { internal_error: { status: 500, detail: 'Something went wrong on our side.' } };
const TEXTS: Readonly<Record<string, { status: number; detail: string }>> = {
  ...problems,
  ...OF_BODIES,
  ...OF_INPUT,
  ...OF_PATHS,
  ...OF_REPEATS,
  ...ALWAYS,
};

export interface DescribedOperation {
  readonly method: string;
  readonly operation: Operation;
  /** `OffersController.bookOffer` */
  readonly handler: string;
  readonly isPublic: boolean;
  /** Whether a repeat with the same Idempotency-Key gets the same answer. */
  readonly isReplayed: boolean;
}

/** Describes an operation's problem responses: each status with its codes, each code with an example. */
export class ProblemDescriptions {
  private readonly shown = new Set<string>();
  private readonly sets = new Map<string, { response: object; operations: Operation[]; status: string }>();

  add(described: DescribedOperation): void {
    const { operation } = described;
    for (const status of Object.keys(operation.responses)) {
      const isProblem = status === 'default' || Number(status) >= 400;
      if (isProblem && !hasOwnForm(operation.responses[status])) delete operation.responses[status];
    }
    const codes = [...new Set(codesFor(described))].toSorted();
    const statuses = new Set(codes.map((code) => String(TEXTS[code]!.status)));
    for (const status of [...statuses].toSorted()) {
      if (operation.responses[status] !== undefined) continue;
      const own = codes.filter((code) => String(TEXTS[code]!.status) === status);
      own.forEach((code) => this.shown.add(code));
      const key = own.join();
      const response = (operation.responses[status] = responseOf(status, own));
      const set = this.sets.get(key) ?? { response, operations: [], status };
      set.operations.push(operation);
      this.sets.set(key, set);
    }
  }

  /** Moves responses common to many operations into the components. */
  finish(document: OpenAPIObject): void {
    const components = (document.components ??= {});
    const examples = [...this.shown].toSorted().map((code) => [code, { summary: code, value: exampleOf(code) }]);
    components.examples = Object.fromEntries(examples);
    const responses: Record<string, object> = {};
    const mostUsed = [...this.sets.values()].toSorted((a, b) => b.operations.length - a.operations.length);
    for (const { response, operations, status } of mostUsed) {
      const name = (STATUS_CODES[status] ?? status).replaceAll(/\W/g, '');
      if (operations.length < 2 || name in responses) continue;
      responses[name] = response;
      for (const operation of operations) operation.responses[status] = { $ref: `#/components/responses/${name}` };
    }
    components.responses = responses as NonNullable<typeof components.responses>;
  }
}

/** Whether a controller describes a body other than a problem. */
function hasOwnForm(response: Operation['responses'][string] | undefined): boolean {
  return response !== undefined && 'content' in response && response.content?.['application/json'] !== undefined;
}

function codesFor({ method, operation, handler, isPublic, isReplayed }: DescribedOperation): string[] {
  const gate = codesOf[isReplayed ? 'RequestContext.optionsFor' : 'Gatekeeper.admit'] ?? [];
  const inPath = (operation.parameters ?? []).some((parameter) => 'in' in parameter && parameter.in === 'path');
  const takesInput = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const always = [
    // Anonymous callers may call public operations.
    ...gate.filter((code) => !isPublic || ![401, 403].includes(TEXTS[code]!.status)),
    ...Object.keys(ALWAYS),
  ];
  if (READ_BODIES_THEMSELVES.has(handler)) return [...always, 'body_too_large', 'unsupported_media_type'];
  return [
    ...always,
    ...(codesOf[handler] ?? []),
    ...(takesInput ? Object.keys(OF_INPUT) : []),
    // A path that cannot be decoded.
    ...(inPath ? Object.keys(OF_PATHS) : []),
    ...(method === 'GET' ? [] : Object.keys(OF_BODIES)),
    ...(isReplayed ? Object.keys(OF_REPEATS) : []),
  ];
}

function responseOf(status: string, codes: readonly string[]) {
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: `${STATUS_CODES[status] ?? 'Error'}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(Problem) }, examples } },
  };
}

function exampleOf(code: string): object {
  const { status, detail } = TEXTS[code]!;
  const title = titleOf(code, status);
  const errors = [{ field: 'limit', message: 'limit must not be greater than 100' }];
  return {
    type: `urn:aitbc:problem:${code}`,
    title,
    status,
    code,
    detail: detail || `${title}.`,
    ...(code === 'validation_failed' ? { errors } : {}),
    requestId: '01914b7a-2f60-7000-8000-000000000000',
  };
}
