import { type Fields, ValidationFailed } from '@aitbc/modulith';
import { AppConfig, Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  ChannelUrlRefused,
  SetAlertChannel,
  SmtpNotConfigured,
  TooManyChannels,
  WebhookAccess,
} from '../contract/alert-channels.js';
import { OperatorActs } from '../operator-acts.js';
import { AlertChannel } from './alert-channel.entity.js';
import { ChannelAccess } from './channel-access.js';
import { toChannelView } from './views.js';
import { AddressRefused, WebhookAddresses } from './webhook-addresses.js';

const MOST_CHANNELS = 20;

@CommandHandler(SetAlertChannel)
export class SetAlertChannelHandler implements ICommandHandler<SetAlertChannel> {
  private readonly addresses: WebhookAddresses;

  constructor(
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    private readonly access: ChannelAccess,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly acts: OperatorActs,
  ) {
    this.addresses = new WebhookAddresses(config.alertWebhookAllow);
  }

  async execute(command: SetAlertChannel) {
    const { name, kind, enabled } = command;
    const channel = await this.channels.findOneBy({ name });
    if (!channel && (await this.channels.count()) >= MOST_CHANNELS) throw new TooManyChannels(MOST_CHANNELS);
    const before = channel && stateOf(channel);
    const way = kind === 'email' ? this.byEmail(command) : this.byWebhook(command, channel);
    const changed = Object.assign(channel ?? new AlertChannel(), way, { name, kind, enabled });
    changed.updatedAt = this.clock.now();
    await this.channels.save(changed);
    await this.acts.record({
      resource: `monitoring.alert_channel ${name}`,
      action: before ? 'change' : 'create',
      ...(before && { before }),
      after: stateOf(changed),
    });
    return toChannelView(changed, 0);
  }

  private byEmail({ recipients = [] }: SetAlertChannel) {
    if (!this.config.smtpUrl) throw new SmtpNotConfigured();
    return { target: recipients.join(', ').slice(0, 300), access: null, signed: false, recipients };
  }

  private byWebhook({ url, secret, authorization }: SetAlertChannel, channel: AlertChannel | null) {
    const known: Partial<Fields<WebhookAccess>> = (channel && this.access.open(channel)) ?? {};
    if (url !== undefined && known.url !== undefined && originOf(url) !== originOf(known.url)) {
      // Redirecting a channel to another server must not hand over the previous one's credentials.
      mustBeSaidAgain({ secret, authorization }, known);
    }
    const access = WebhookAccess.of({
      url: url ?? known.url ?? missing('url'),
      secret: secret === undefined ? (known.secret ?? null) : secret,
      authorization: authorization === undefined ? (known.authorization ?? null) : authorization,
    });
    const target = `${this.check(access.url).origin}/…`;
    return { target, access: this.access.seal(access), signed: access.secret !== null, recipients: null };
  }

  /** Names are resolved on connecting; what is evident from the URL is rejected now. */
  private check(url: string): URL {
    try {
      return this.addresses.check(url);
    } catch (error) {
      if (error instanceof AddressRefused) throw new ChannelUrlRefused(error.message);
      throw error;
    }
  }
}

function missing(field: string): never {
  throw new ValidationFailed([{ field, message: `${field} is required for a webhook` }]);
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

type Credentials = Pick<SetAlertChannel, 'secret' | 'authorization'>;

/** @throws ValidationFailed naming the credentials stored for the other origin that are neither given nor removed */
function mustBeSaidAgain(given: Credentials, known: Credentials): void {
  const fields = (['secret', 'authorization'] as const).filter((field) => known[field] && given[field] === undefined);
  if (fields.length === 0) return;
  const message = 'must be given again, or null, when url leads to another origin';
  throw new ValidationFailed(fields.map((field) => ({ field, message: `${field} ${message}` })));
}

/** The channel's state for the audit log. */
function stateOf({ kind, target, signed, enabled, recipients }: AlertChannel) {
  return { kind, target, signed, enabled, recipients };
}
