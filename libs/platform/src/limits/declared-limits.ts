interface DeclaredLimit {
  /** The default, unless an operator sets another value. */
  readonly fallback: number;
  readonly meaning: string;
}

/**
 * Per-user limits. Each limit is a number flag, `limit-<name>`: an operator changes it at run time, for everyone or for
 * some users. `GET /v1/limits` returns a user's own. A limit belongs here only if code enforces it.
 */
export const limits = {
  'offers-per-user': { fallback: 1000, meaning: 'Offers on the market: available, reserved or in use.' },
  'wallets-per-user': { fallback: 50, meaning: 'Wallets kept here.' },
  'jobs-waiting-per-user': { fallback: 1000, meaning: 'Jobs that wait for an agent.' },
  'jobs-waiting-per-booking': { fallback: 250, meaning: 'Jobs of one booking that wait for an agent.' },
  'stored-bytes-per-booking': {
    fallback: 64 * 1024 * 1024,
    meaning: 'Bytes of the tasks and results of one booking.',
  },
  'agents-per-user': { fallback: 100, meaning: 'Agents that are not retired.' },
  'api-keys-per-user': { fallback: 25, meaning: 'API keys that neither have expired nor were revoked.' },
  'passkeys-per-user': { fallback: 20, meaning: 'Passkeys that sign in to the account.' },
  'unfunded-bookings-per-user': {
    fallback: 10,
    meaning: 'Bookings that hold an offer and wait for their money.',
  },
  'address-challenges-per-user': { fallback: 10, meaning: 'Challenges for addresses that wait to be signed.' },
  'streams-per-user': { fallback: 10, meaning: 'Live streams of one user, in one process.' },
  'streams-per-network': {
    fallback: 100,
    meaning: 'Live streams of all users at one network (an IPv4 address, or a /64 of IPv6), in one process.',
  },
  'streams-of-users': { fallback: 1000, meaning: 'Live streams of all users, in one process.' },
  'further-streams-of-users': {
    fallback: 500,
    meaning:
      'Second and further live streams of all users, in one process: the rest is reserved for the first stream of each user.',
  },
  'streams-of-operators': { fallback: 100, meaning: 'Live streams of all operators, in one process.' },
} as const satisfies Record<string, DeclaredLimit>;

export type LimitName = keyof typeof limits;

export const limitNames = Object.keys(limits) as LimitName[];

export const limitKey = (name: LimitName) => `limit-${name}` as const;
