import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ChannelInUse, ChannelNotFound, DeleteAlertChannel } from '../contract/alert-channels.js';
import { OperatorActs } from '../operator-acts.js';
import { AlertChannel } from './alert-channel.entity.js';
import { AlertRule } from './alert-rule.entity.js';

@CommandHandler(DeleteAlertChannel)
export class DeleteAlertChannelHandler implements ICommandHandler<DeleteAlertChannel> {
  constructor(
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ name }: DeleteAlertChannel): Promise<void> {
    const channel = await this.channels.findOneBy({ name });
    if (!channel) throw new ChannelNotFound(name);
    const naming = (await this.rules.find()).filter(({ channels }) => channels?.includes(name));
    if (naming.length > 0) {
      throw new ChannelInUse(
        name,
        naming.map((rule) => rule.name),
      );
    }
    await this.channels.delete({ name });
    await this.acts.record({
      resource: `monitoring.alert_channel ${name}`,
      action: 'delete',
      before: { kind: channel.kind, target: channel.target },
    });
  }
}
