import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListAlertChannels } from '../contract/alert-channels.js';
import { AlertChannel } from './alert-channel.entity.js';
import { Notification } from './notification.entity.js';
import { toChannelView } from './views.js';

@QueryHandler(ListAlertChannels)
export class ListAlertChannelsHandler implements IQueryHandler<ListAlertChannels> {
  constructor(
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    @InjectRepository(Notification, 'monitoring') private readonly notifications: Repository<Notification>,
  ) {}

  async execute() {
    const channels = await this.channels.find({ order: { name: 'ASC' } });
    const counts = await this.notifications
      .createQueryBuilder('notification')
      .select('notification.channel', 'channel')
      .addSelect('COUNT(*)', 'pending')
      .where('notification.state = :state', { state: 'pending' })
      .groupBy('notification.channel')
      .getRawMany<{ channel: string; pending: string | number }>();
    const pending = new Map(counts.map((each) => [each.channel, Number(each.pending)]));
    return channels.map((channel) => toChannelView(channel, pending.get(channel.name) ?? 0));
  }
}
