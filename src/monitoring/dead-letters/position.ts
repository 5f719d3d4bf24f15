import type { DeadLetter } from '@aitbc/modulith';
import { type Asked, Cursors } from '@aitbc/platform';

type Position = Pick<DeadLetter, 'createdAt' | 'id'>;

const CURSORS = new Cursors('monitoring.dead_letters', 'moment', 'id');

/** The position of a dead letter among all requested ones, oldest first. */
export function cursorOf(asked: Asked, { createdAt, id }: Position): string {
  return CURSORS.after(asked, [createdAt, id]);
}

/** @throws ValidationFailed if the cursor belongs to another request */
export function positionOf(asked: Asked): Position | undefined {
  const position = CURSORS.position(asked);
  return position && { createdAt: position[0], id: position[1] };
}
