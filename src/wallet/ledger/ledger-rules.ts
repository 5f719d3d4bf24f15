import type { LedgerKind } from '../contract/ledger.js';

/** One change of one account's balance. */
export interface Movement {
  readonly kind: LedgerKind;
  /** Base units; negative for what went out. */
  readonly amount: bigint;
  readonly counterparty: string | null;
  readonly transactionHash: string | null;
}

export interface Effects {
  readonly transactions: readonly {
    readonly hash: string;
    readonly from: string;
    readonly to: string | null;
    readonly contractAddress: string | null;
    readonly value: bigint;
    readonly fee: bigint;
    readonly succeeded: boolean;
    readonly transfers: readonly { readonly from: string; readonly to: string; readonly value: bigint }[];
  }[];
}

/**
 * What a block did to an account, in the order of its transactions: the fee first, then the value, then what contracts moved. A
 * transaction that was reverted costs its fee and moves nothing.
 */
export function movementsOf(account: string, { transactions }: Effects): Movement[] {
  return transactions.flatMap((transaction) => {
    const { hash: transactionHash, from, value, fee, succeeded } = transaction;
    const to = transaction.to ?? transaction.contractAddress;
    const movements: Movement[] = [];
    const add = (kind: LedgerKind, amount: bigint, counterparty: string | null) => {
      if (amount !== 0n) movements.push({ kind, amount, counterparty, transactionHash });
    };
    if (from === account) add('fee', -fee, null);
    if (!succeeded) return movements;
    if (from === account) add('transfer', -value, to);
    if (to === account) add('transfer', value, from);
    for (const transfer of transaction.transfers) {
      if (transfer.from === account) add('internal', -transfer.value, transfer.to);
      if (transfer.to === account) add('internal', transfer.value, transfer.from);
    }
    return movements;
  });
}

/**
 * The movements, with entries that make up what they do not explain: the account's balance before the first block that it is known
 * in, and changes without a transaction. So the running balance ends at `after`, always.
 * @param running the balance after the last entry; undefined when there is none
 */
export function reconcile(
  movements: readonly Movement[],
  { running, before, after }: { running: bigint | undefined; before: bigint; after: bigint },
): Movement[] {
  const missed = before - (running ?? 0n);
  const start: Movement[] =
    missed === 0n
      ? []
      : [
          {
            kind: running === undefined ? 'opening' : 'unexplained',
            amount: missed,
            counterparty: null,
            transactionHash: null,
          },
        ];
  const change = movements.reduce((sum, { amount }) => sum + amount, 0n);
  const rest = after - before - change;
  const end: Movement[] =
    rest === 0n ? [] : [{ kind: 'unexplained', amount: rest, counterparty: null, transactionHash: null }];
  // What is unexplained and came in may have paid for what went out: entries in this order never show a debt.
  return rest > 0n ? [...start, ...end, ...movements] : [...start, ...movements, ...end];
}
