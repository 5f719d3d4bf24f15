import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { SessionsEnded } from '../../gateway/contract/index.js';
import { UnlockSession } from './unlock-session.entity.js';
import { Wallet } from './wallet.entity.js';

const AT_ONCE = 500;

/** Locks the wallets of a user without remaining sessions. */
@EventsHandler(SessionsEnded)
export class LockWalletsOfUser implements IEventHandler<SessionsEnded> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(UnlockSession, 'wallet') private readonly sessions: Repository<UnlockSession>,
  ) {}

  async handle({ userId }: SessionsEnded): Promise<void> {
    const ids = (await this.wallets.find({ select: { id: true }, where: { ownerId: userId } })).map(({ id }) => id);
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      await this.sessions.delete({ walletId: In(ids.slice(from, from + AT_ONCE)) });
    }
  }
}
