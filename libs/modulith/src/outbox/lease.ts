import { context as otel, createContextKey } from '@opentelemetry/api';
import type { QueryRunner } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import { ModulithError } from '../contract/errors.js';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { quote } from '../unit-of-work/unit.js';
import { machine } from './machine.js';

interface LeaseRow {
  readonly holder: string;
  readonly fence: string | number;
  readonly expires_at: string | number;
}

const LEASE = createContextKey('modulith lease');
const TTL_MS = 15_000;

/** The lease was lost to another process; the receiver must stop work that only the holder may do. */
export class LeaseLost extends ModulithError {
  constructor(name: string) {
    super('lease_lost', `The lease "${name}" belongs to another process now.`);
  }
}

/** The lease that protects the current code, if any. */
export function currentLease(): Lease | undefined {
  return otel.active().getValue(LEASE) as Lease | undefined;
}

/**
 * A lock held by one process at a time, as a row in the module's own database. Every change of holder raises the fence,
 * and a transaction that verifies the lease cannot commit after the holder has changed.
 */
export class Lease {
  readonly holder = `${machine}/${process.pid}/${uuidv4()}`;
  private fence = -1;
  private heldUntil = 0;

  constructor(
    private readonly database: ModuleDatabase,
    readonly name: string,
  ) {}

  get isHeld(): boolean {
    return Date.now() < this.heldUntil;
  }

  static readonly renewEveryMs = TTL_MS / 3;

  /** Takes the lease if it is free, or renews it; true if this process holds it afterwards. */
  async acquire(): Promise<boolean> {
    const unit = this.database.dataSource!.openUnit();
    const now = Date.now();
    try {
      const row = await this.read(unit.runner);
      if (row && row.holder !== this.holder && Number(row.expires_at) > now && !isDeadHere(row.holder)) {
        await unit.rollback();
        this.heldUntil = 0;
        return false;
      }
      const fence = row?.holder === this.holder ? Number(row.fence) : Number(row?.fence ?? 0) + 1;
      await unit.commit([this.store(row === undefined, fence, now + TTL_MS)]);
      this.fence = fence;
      // Stop relying on the lease before others may take it: clocks drift and processes pause.
      this.heldUntil = now + TTL_MS * 0.8;
      return true;
    } catch (error) {
      await unit.rollback();
      if (unit.conflicted) return this.isHeld;
      throw error;
    }
  }

  /** Releases the lease, so that another process need not wait for it to expire. */
  async release(): Promise<void> {
    if (!this.isHeld) return;
    this.heldUntil = 0;
    await this.database.write([
      `UPDATE ${this.database.tables.leases} SET expires_at = 0 WHERE name = ${quote(this.name)} AND holder = ${quote(this.holder)}`,
    ]);
  }

  /** @throws LeaseLost if the holder changed; the read makes the transaction conflict with a change of holder. */
  async verify(runner: QueryRunner): Promise<void> {
    const row = await this.read(runner);
    if (row?.holder !== this.holder || Number(row.fence) !== this.fence) {
      this.heldUntil = 0;
      throw new LeaseLost(this.name);
    }
  }

  /**
   * Literal statements that make a commit fail if the holder changed after {@link verify}. SQLite needs none: the lease
   * cannot change hands while a transaction is open.
   */
  heldAtCommit(): string[] {
    if (!this.database.isPostgres) return [];
    return [`SELECT 1 FROM ${this.database.tables.leases} WHERE name = ${quote(this.name)} FOR SHARE`];
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return otel.with(otel.active().setValue(LEASE, this), work);
  }

  private async read(runner: QueryRunner): Promise<LeaseRow | undefined> {
    const rows = (await runner.query(
      `SELECT holder, fence, expires_at FROM ${this.database.tables.leases} WHERE name = ${quote(this.name)}`,
    )) as LeaseRow[];
    return rows[0];
  }

  private store(isNew: boolean, fence: number, expiresAt: number): string {
    const table = this.database.tables.leases;
    return isNew
      ? `INSERT INTO ${table} (name, holder, fence, expires_at) VALUES (${quote(this.name)}, ${quote(this.holder)}, ${fence}, ${expiresAt})`
      : `UPDATE ${table} SET holder = ${quote(this.holder)}, fence = ${fence}, expires_at = ${expiresAt} WHERE name = ${quote(this.name)}`;
  }
}

/** Whether a holder was a process on this machine that has ended: its lease need not expire first. */
function isDeadHere(holder: string): boolean {
  const [host, pid] = holder.split('/');
  if (host !== machine) return false;
  if (Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
