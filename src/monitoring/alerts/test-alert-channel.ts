import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ChannelIsOff, ChannelNotFound, TestAlertChannel } from '../contract/alert-channels.js';
import { OperatorActs } from '../operator-acts.js';
import { AlertChannel } from './alert-channel.entity.js';
import { Notification } from './notification.entity.js';

/** The rule name in test notifications; no such rule exists. */
const TEST = 'Test';

@CommandHandler(TestAlertChannel)
export class TestAlertChannelHandler implements ICommandHandler<TestAlertChannel> {
  constructor(
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    @InjectRepository(Notification, 'monitoring') private readonly notifications: Repository<Notification>,
    private readonly clock: Clock,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ name: channel }: TestAlertChannel): Promise<void> {
    const tested = await this.channels.findOneBy({ name: channel });
    if (!tested) throw new ChannelNotFound(channel);
    if (!tested.enabled) throw new ChannelIsOff(channel);
    const now = this.clock.now();
    const content = {
      summary: 'This is a test: nothing is wrong',
      severity: 'info' as const,
      runbook: null,
      value: null,
      startsAt: now.toISOString(),
      // Already ended, so that no receiver keeps it open.
      endsAt: now.toISOString(),
    };
    const fields = { id: uuidv7(), alertId: null, rule: TEST, channel, about: 'resolved' as const, content };
    await this.notifications.insert(Notification.of(fields, now));
    await this.acts.record({ resource: `monitoring.alert_channel ${channel}`, action: 'test' });
  }
}
