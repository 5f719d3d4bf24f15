import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { BOOKING_STATUSES, type BookingStatus, ListBookings } from '../../marketplace/contract/index.js';
import { ListWallets } from '../../wallet/contract/index.js';
import { AccountInUse } from '../contract/index.js';

const OVER: ReadonlySet<BookingStatus> = new Set<BookingStatus>(['settled', 'cancelled']);
const PAGE = 100;

/** The caller's resources that would be lost or ownerless after the account's deletion. */
@Injectable()
export class AccountBelongings {
  constructor(private readonly queries: QueryBus) {}

  /** @throws AccountInUse */
  async mustBeNone(userId: string): Promise<void> {
    const [openBookings, walletsWithBalance] = [await this.hasOpenBookings(userId), await this.walletsWithBalance()];
    if (openBookings || walletsWithBalance > 0) throw new AccountInUse({ openBookings, walletsWithBalance });
  }

  private async hasOpenBookings(userId: string): Promise<boolean> {
    for (const status of BOOKING_STATUSES.filter((each) => !OVER.has(each))) {
      for (const party of [{ clientId: userId }, { providerId: userId }]) {
        const { items } = await this.queries.execute(ListBookings.of({ status, limit: 1, ...party } as ListBookings));
        if (items.length > 0) return true;
      }
    }
    return false;
  }

  private async walletsWithBalance(): Promise<number> {
    let count = 0;
    for (let cursor: string | undefined; ;) {
      const page = await this.queries.execute(ListWallets.of({ limit: PAGE, cursor } as ListWallets));
      count += page.items.filter(({ balance }) => balance > 0n).length;
      if (page.nextCursor === null) return count;
      cursor = page.nextCursor;
    }
  }
}
