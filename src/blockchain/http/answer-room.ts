import type { ServerResponse } from 'node:http';
import { MEBIBYTE } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { MAX_RPC_ANSWER } from '../contract/index.js';

/** The limit of characters over all answers being sent by this process. */
const CAPACITY = 128 * MEBIBYTE;
/** Smaller answers are bounded by the number of requests. */
const SMALL = 256 * 1024;
/** A client that reads nothing for this long is disconnected. */
const PATIENCE_MS = 30_000;

/** Bounds the memory for answers, however many are requested and however slowly clients read. */
@Injectable()
export class AnswerRoom {
  private taken = 0;

  /** The space for the answers of one request; released when the response has been sent. */
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
  /** Characters that count towards the process's limit. */
  large = 0;
  private left = MAX_RPC_ANSWER + MEBIBYTE;

  constructor(
    private readonly response: ServerResponse,
    private readonly take: (characters: number) => boolean,
  ) {}

  /** Whether the caller closed the connection, so that no answer can be sent. */
  get isAbandoned(): boolean {
    return this.response.destroyed;
  }

  get isFull(): boolean {
    return this.left <= 0;
  }

  /**
   * @returns whether the answer may be kept. Once one may not, the room counts as full, and no more are built in vain.
   */
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

  /** Disconnects a client that does not read its answer. */
  watch(): void {
    if (this.large > 0) this.response.setTimeout(PATIENCE_MS, () => this.response.destroy());
  }
}
