import type { LimitName, Limits } from '@aitbc/platform';
import { NoStreamFree, OPERATORS, TooManyStreams } from '../contract/index.js';
import type { StreamRequest } from './live-stream.js';

export type StreamPlace = Pick<StreamRequest, 'audience' | 'subject' | 'network'>;

const NAMES = [
  'streams-per-user',
  'streams-per-network',
  'streams-of-users',
  'further-streams-of-users',
  'streams-of-operators',
] as const satisfies LimitName[];

export type MostStreams = Readonly<Record<(typeof NAMES)[number], number>>;

/** The limits on a process's open streams, as set by operators. */
export async function mostStreams(limits: Limits): Promise<MostStreams> {
  const most = NAMES.map(async (name) => [name, await limits.of(name)] as const);
  return Object.fromEntries(await Promise.all(most)) as MostStreams;
}

/**
 * Limits streams per user and per network, so that neither takes all places, and reserves places for operators.
 * @throws TooManyStreams, NoStreamFree
 */
export function mustHavePlace(asked: StreamPlace, open: readonly StreamPlace[], most: MostStreams): void {
  const own = open.filter(({ subject }) => subject === asked.subject).length;
  mustBeFewer(own, 'streams-per-user', most);
  const isOperator = asked.audience === OPERATORS;
  const alike = open.filter(({ audience }) => (audience === OPERATORS) === isOperator);
  if (alike.length >= most[isOperator ? 'streams-of-operators' : 'streams-of-users']) throw new NoStreamFree();
  if (isOperator) return;
  const near = alike.filter(({ network }) => network === asked.network).length;
  mustBeFewer(near, 'streams-per-network', most);
  const firsts = new Set(alike.map(({ subject }) => subject)).size;
  if (own > 0 && alike.length - firsts >= most['further-streams-of-users']) throw new NoStreamFree();
}

function mustBeFewer(count: number, limit: keyof MostStreams, most: MostStreams): void {
  if (count >= most[limit]) throw new TooManyStreams(limit, most[limit]);
}
