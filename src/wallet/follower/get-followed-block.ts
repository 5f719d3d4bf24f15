import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { FollowedBlockView, GetFollowedBlock } from '../contract/own-messages.js';
import { ChainCursor } from './chain-cursor.entity.js';

@QueryHandler(GetFollowedBlock)
export class GetFollowedBlockHandler implements IQueryHandler<GetFollowedBlock> {
  constructor(@InjectRepository(ChainCursor, 'wallet') private readonly cursors: Repository<ChainCursor>) {}

  async execute(): Promise<FollowedBlockView> {
    const cursor = await this.cursors.findOneBy({ chain: ChainCursor.MAIN });
    return FollowedBlockView.of({ number: cursor?.blockNumber ?? 0 });
  }
}
