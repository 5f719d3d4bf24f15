import { assertAnswer } from './execution-api.js';

interface RpcMessage {
  readonly id?: string | number | null;
  readonly method: string;
}

/** `fetch` for node clients that validates every answer against the execution API. */
export async function checkedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const sent = input instanceof Request ? await input.clone().text() : String(init?.body);
  const response = await fetch(input, init);
  const text = await response.clone().text();
  if (text !== '') assertAnswers(JSON.parse(sent), JSON.parse(text));
  return response;
}

/** @throws Error if an answer is missing or deviates from the execution API. */
export function assertAnswers(sent: RpcMessage | readonly RpcMessage[], answered: unknown): void {
  if (!Array.isArray(sent)) return assertAnswer((sent as RpcMessage).method, answered);
  const methods = new Map((sent as readonly RpcMessage[]).map(({ id, method }) => [id, method]));
  for (const answer of answered as { id: string | number | null }[]) {
    assertAnswer(methods.get(answer.id) ?? 'none', answer);
  }
}
