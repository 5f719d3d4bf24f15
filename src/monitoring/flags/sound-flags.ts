import { ValidationFailed } from '@aitbc/modulith';
import { IsNull, type Repository } from 'typeorm';
import { FlagTooLarge, TooManyFlags } from '../contract/index.js';
import { flagProblems } from './flag-problems.js';
import type { FlagSettings, StoredFlag } from './stored-flag.entity.js';

const MOST_FLAGS = 500;
const MOST_BYTES_EACH = 64 * 1024;
/** Below the size limit of an answer: every process gets all flags in one. */
const MOST_BYTES = 3 * 1024 * 1024;

export type FlagsInService = ReadonlyMap<string, StoredFlag>;

export async function flagsInService(flags: Repository<StoredFlag>): Promise<FlagsInService> {
  const found = await flags.findBy({ archivedAt: IsNull() });
  return new Map(found.map((flag) => [flag.key, flag]));
}

/**
 * Rejects a flag that could not be served as its operator intends.
 * @throws ValidationFailed, FlagTooLarge, TooManyFlags
 */
export function assertSound(flag: StoredFlag, inService: FlagsInService): void {
  const others = new Map([...inService].filter(([key]) => key !== flag.key));
  const problems = flagProblems(flag, others);
  if (problems.length > 0) throw new ValidationFailed(problems);
  const size = bytesOf(flag);
  if (size > MOST_BYTES_EACH) throw new FlagTooLarge(flag.key, MOST_BYTES_EACH);
  const together = [...others.values()].reduce((sum, other) => sum + bytesOf(other), size);
  if (others.size >= MOST_FLAGS || together > MOST_BYTES) throw new TooManyFlags(MOST_FLAGS, MOST_BYTES);
}

const bytesOf = ({ key, settings }: StoredFlag) => Buffer.byteLength(JSON.stringify({ key, ...settings }));

/** The flag settings given in a command, without absent ones. */
export function givenSettings(given: object): Partial<FlagSettings> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
