import { AIT, formatAmount, parseAmount } from '@aitbc/platform';
import { balanceOf, type Person } from '../support/people.js';
import { type Company, GivenUp } from './careful-api.js';

/** Of what somebody owns; twice as much is not there. */
const SHARE_PERCENT = 70n;
/** Below this there is too little left for fees to be small beside it. */
const WORTH_SENDING = 5n * AIT;
const FINAL_WITHIN_MS = 180_000;

interface Transfer {
  readonly id: string;
  readonly status: string;
}

/**
 * Two people who send each other most of what they own, twice at once, so that only one of both can be done; and ask
 * again under the same key when it is in a block and the balance would no longer do.
 */
export class Spending {
  constructor(
    private readonly company: Company,
    private readonly one: Person,
    private readonly other: Person,
    /** A number of base units that no wish before had. */
    private readonly next: () => bigint,
  ) {}

  async round(): Promise<void> {
    const [mine, theirs] = await Promise.all([this.owned(this.one), this.owned(this.other)]);
    const [from, to, balance] = mine >= theirs ? [this.one, this.other, mine] : [this.other, this.one, theirs];
    if (balance < WORTH_SENDING) throw new Error(`${from.email} has spent everything on fees`);
    const most = (balance / AIT) * AIT * SHARE_PERCENT;
    const both = [1, 2].map(() => this.send(from, to, formatAmount(most / 100n + this.next())));
    const sent = await Promise.allSettled(both);
    const failure = sent.find((each) => each.status === 'rejected' && !(each.reason instanceof GivenUp));
    if (failure) throw (failure as PromiseRejectedResult).reason as Error;
    const done = sent.flatMap((each) => (each.status === 'fulfilled' && each.value ? [each.value] : []));
    if (done.length > 1)
      this.company.journal.complaints.push(`${from.email} was told that more was sent than there was`);
  }

  private async owned(person: Person): Promise<bigint> {
    return parseAmount(await balanceOf(person))!;
  }

  /** @returns undefined where it was refused */
  private async send(from: Person, to: Person, amount: string): Promise<Transfer | undefined> {
    const path = `/v1/wallets/${from.wallet.id}/transfers`;
    const body = { to: to.wallet.address, amount };
    const answer = await from.api.post(path, body);
    if (answer.status !== 202) {
      const { code } = answer.refusal;
      if (code !== 'wallet.insufficient_funds') throw new Error(`${code} instead of wallet.insufficient_funds`);
      return undefined;
    }
    const sent = answer.as<Transfer>(202);
    await from.api.until<{ items: Transfer[] }>(
      `${path}?limit=100`,
      ({ items }) => items.some(({ id, status }) => id === sent.id && !['signed', 'submitted'].includes(status)),
      FINAL_WITHIN_MS,
    );
    const { key } = this.company.journal.operations.find(
      (each) => each.path === path && each.body['amount'] === amount,
    )!;
    await from.api.post(path, body, { 'idempotency-key': key });
    return sent;
  }
}
