/** What a client was told of a booking: the last answer that showed it. */
export interface ToldBooking {
  readonly id: string;
  readonly status: string;
  readonly total: string;
  readonly payout: { toProvider: string; toTreasury: string; toClient: string } | null;
  readonly escrow: { address: string; lockTransaction: string | null; releaseTransaction: string | null };
}

const SECRET_FIELDS = new Set(['password', 'mnemonic', 'accessToken', 'refreshToken', 'token']);
const TRANSACTION_FIELDS = new Set(['transactionHash', 'lockTransaction', 'releaseTransaction']);
/** Shorter than this, a text may be in a log by chance. */
const LEAST_SECRET = 10;

/** Everything that clients of the system said and heard that the audit compares with databases, chain and logs. */
export class Told {
  readonly secrets = new Set<string>();
  readonly transactions = new Set<string>();
  readonly bookings = new Map<string, ToldBooking>();

  remember(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((each) => this.remember(each));
    if (typeof value !== 'object' || value === null) return;
    if (isBooking(value)) this.bookings.set(value.id, value);
    for (const [field, content] of Object.entries(value)) {
      if (typeof content !== 'string') this.remember(content);
      else if (SECRET_FIELDS.has(field)) this.keepSecret(content);
      else if (TRANSACTION_FIELDS.has(field)) this.transactions.add(content);
    }
  }

  keepSecret(secret: string): void {
    if (secret.length >= LEAST_SECRET) this.secrets.add(secret);
  }
}

function isBooking(value: object): value is ToldBooking {
  return 'escrow' in value && 'durationHours' in value && 'id' in value && typeof value.id === 'string';
}
