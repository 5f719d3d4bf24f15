import { Runtime } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { WebhookAccess } from '../contract/alert-channels.js';
import type { AlertChannel } from './alert-channel.entity.js';

/** A channel's credentials as stored in the database: encrypted as in messages. */
@Injectable()
export class ChannelAccess {
  constructor(private readonly runtime: Runtime) {}

  seal(access: WebhookAccess): string {
    return this.runtime.registry.codec.encode(access);
  }

  /** Undefined if there is none, or it was sealed with another secret. */
  open({ access }: Pick<AlertChannel, 'access'>): WebhookAccess | undefined {
    if (access === null) return undefined;
    try {
      return this.runtime.registry.codec.decode(access) as WebhookAccess;
    } catch {
      return undefined;
    }
  }
}
