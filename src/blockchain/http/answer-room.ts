import type { ServerResponse } from 'node:http';
import { MEBIBYTE } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { MAX_RPC_ANSWER } from '../contract/index.js';

/** Characters of answers that are on their way in this process, all together. */
const CAPACITY = 128 * MEBIBYTE;
/** Smaller answers are bounded by the number of requests. */
const SMALL = 256 * 1024;
/** Who reads nothing for so long is not waited for. */
const PATIENCE_MS = 30_000;

/** Keeps the memory that answers take within bounds, however many are asked for and however slowly they are read. */
@Injectable()
export class AnswerRoom {
  private taken = 0;

  /** Room for the answers of one request; it is free again when the response has left. */
  for(response: ServerResponse): RequestRoom {
    const own = new RequestRoom(response, (characters) => this.take(characters));
    response.once('close', () => (this.taken -= own.large));
    return own;
  }

  private take(characters: number): boolean {
    if (this.taken + characters > CAPACITY) return false;
    this.taken += characters;
    return true;
  }
}

export class RequestRoom {
  /** Characters that count against the process's bound. */
  large = 0;
  private left = MAX_RPC_ANSWER + MEBIBYTE;

  constructor(
    private readonly response: ServerResponse,
    private readonly take: (characters: number) => boolean,
  ) {}

  /** Whether the caller closed the connection: there is nowhere to send an answer to. */
  get isAbandoned(): boolean {
    return this.response.destroyed;
  }

  get isFull(): boolean {
    return this.left <= 0;
  }

  /** @returns whether the answer may stay. After one that may not, the room is full: no more are built in vain. */
  hold(answer: string): boolean {
    const { length } = answer;
    const isLarge = length > SMALL;
    if (length > this.left || (isLarge && !this.take(length))) {
      this.left = 0;
      return false;
    }
    if (isLarge) this.large += length;
    this.left -= length;
    return true;
  }

  /** Ends the connection of who does not read what was asked for. */
  watch(): void {
    if (this.large > 0) this.response.setTimeout(PATIENCE_MS, () => this.response.destroy());
  }
}
