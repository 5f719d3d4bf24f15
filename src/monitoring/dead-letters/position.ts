import type { DeadLetter } from '@aitbc/modulith';
import { decodeCursor, encodeCursor } from '@aitbc/platform';

type Position = Pick<DeadLetter, 'createdAt' | 'id'>;

/** Where a dead letter stands among all, the oldest first. */
export function cursorOf({ createdAt, id }: Position): string {
  return encodeCursor([createdAt, id]);
}

export function positionOf(cursor: string): Position {
  const [createdAt, id] = decodeCursor(cursor);
  return { createdAt: createdAt instanceof Date ? createdAt : new Date(0), id: String(id) };
}
