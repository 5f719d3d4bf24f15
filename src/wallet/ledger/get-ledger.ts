import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { GetLedger, LedgerEntryView } from '../contract/ledger.js';
import { OutgoingTransaction } from '../transactions/outgoing-transaction.entity.js';
import { ownWallet } from '../wallets/own-wallet.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';

const CURSORS = new Cursors('wallet.ledger', 'integer');

@QueryHandler(GetLedger)
export class GetLedgerHandler implements IQueryHandler<GetLedger> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(LedgerEntry, 'wallet') private readonly entries: Repository<LedgerEntry>,
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
  ) {}

  async execute(asked: GetLedger): Promise<Page<LedgerEntryView>> {
    const { walletId, from, to, limit = DEFAULT_PAGE_LIMIT } = asked;
    const { address } = await ownWallet(this.wallets, walletId);
    const search = this.entries.createQueryBuilder('entry').where('entry.address = :address', { address });
    const [last] = CURSORS.position(asked) ?? [];
    if (last !== undefined) search.andWhere('entry.sequence < :last', { last });
    if (from) search.andWhere('entry.at >= :from', { from: from.getTime() });
    if (to) search.andWhere('entry.at < :to', { to: to.getTime() });
    const found = await search
      .orderBy('entry.sequence', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const bookings = await this.bookingsOf(shown);
    return Page.of(
      shown.map((entry) => toView(entry, bookings)),
      CURSORS.next(asked, found, limit, ({ sequence }) => [sequence]),
    );
  }

  /** By transaction: those for bookings are all signed here. */
  private async bookingsOf(entries: readonly LedgerEntry[]): Promise<ReadonlyMap<string, string>> {
    const hashes = [...new Set(entries.map(({ transactionHash }) => transactionHash).filter((each) => each !== null))];
    if (hashes.length === 0) return new Map();
    const select = { hash: true, kind: true, purpose: true } as const;
    const signed = await this.outgoing.find({ select, where: { hash: In(hashes) } });
    return new Map(
      signed.flatMap(({ hash, kind, purpose }) => {
        if (kind === 'escrow_lock') return [[hash, purpose]];
        return kind === 'escrow_settlement' ? [[hash, purpose.split(':')[1]!]] : [];
      }),
    );
  }
}

function toView(entry: LedgerEntry, bookings: ReadonlyMap<string, string>): LedgerEntryView {
  const { sequence, kind, amount, balance, counterparty, transactionHash, blockNumber, at } = entry;
  const bookingId = (transactionHash && bookings.get(transactionHash)) ?? null;
  return LedgerEntryView.of({
    sequence,
    kind,
    amount,
    balance,
    counterparty,
    transactionHash,
    bookingId,
    blockNumber,
    at,
  });
}
