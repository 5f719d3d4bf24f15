import type { LedgerKind } from '../contract/ledger.js';

/** One change of one account's balance. */
export interface Movement {
  readonly kind: LedgerKind;
  /** Base units; negative for outgoing money. */
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
 * A block's effects on an account, in transaction order: first the fee, then the value, then contract transfers. A
 * reverted transaction costs its fee and moves nothing.
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
 * The movements, plus entries for what they do not explain: the balance before the first known block of the account,
 * and changes without a transaction. So the running balance always ends at `after`.
 * @param running the balance after the last entry; undefined if there is none
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
  // Unexplained income may have paid for expenses: in this order entries never show a negative balance.
  return rest > 0n ? [...start, ...end, ...movements] : [...start, ...movements, ...end];
}
