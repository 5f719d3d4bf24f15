import { mnemonicToAccount } from 'viem/accounts';
import type { System } from './system.js';

/** What the logs of a run must not hold: everything secret that was used in it, each with a word for what it is. */
export async function secretsOf(system: System): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  for (const said of system.told.secrets) {
    secrets.set(said, said.split(' ').length === 12 ? 'a mnemonic' : 'a password or token');
    if (said.split(' ').length === 12) secrets.set(privateKeyOf(said), 'the private key of a wallet');
  }
  for (const key of system.serverSecrets()) secrets.set(key, 'a key of the server');
  // The keystore of a deleted account is empty.
  const keystores = await system.database.rows<{ keystore: string }>(
    "SELECT keystore FROM wallet_wallets WHERE keystore <> ''",
  );
  for (const { keystore } of keystores) secrets.set(keystore, 'a keystore');
  const sessions = await system.database.rows<{ wrapped_key: string }>('SELECT wrapped_key FROM wallet_sessions');
  for (const { wrapped_key } of sessions) secrets.set(wrapped_key, 'the key of an unlocked wallet');
  return secrets;
}

/** What monitoring keeps of the run, which operators read: every row of its tables. */
export async function monitoringRows({ database }: System): Promise<Map<string, string>> {
  const tables = await database.tablesOf('monitoring');
  const rows = await Promise.all(tables.map((table) => database.rows(`SELECT * FROM ${table}`)));
  return new Map(tables.map((table, at) => [table, JSON.stringify(rows[at])]));
}

/** Which secrets appear in which log, and every line about an error that nobody expected. */
export function logProblems(
  logs: ReadonlyMap<string, string>,
  secrets: ReadonlyMap<string, string>,
  expectedErrors: readonly RegExp[],
): string[] {
  const problems: string[] = [];
  for (const [name, text] of logs) {
    problems.push(...secretProblems(name, text, secrets));
    const bad = text.split('\n').filter((line) => isError(line) && !expectedErrors.some((each) => each.test(line)));
    problems.push(...bad.map((line) => `${name} has an error: ${line.slice(0, 500)}`));
  }
  return problems;
}

/** Which secrets appear in a text. */
export function secretProblems(name: string, text: string, secrets: ReadonlyMap<string, string>): string[] {
  return [...secrets].filter(([secret]) => text.includes(secret)).map(([, what]) => `${name} shows ${what}`);
}

/** The application writes a JSON object a line; whatever is none comes from a runtime that complains. */
function isError(line: string): boolean {
  if (line.startsWith('{')) return /"level":"(error|fatal)"/.test(line);
  return /(error|exception|unhandled|warning)\b/i.test(line);
}

function privateKeyOf(mnemonic: string): string {
  const { privateKey } = mnemonicToAccount(mnemonic).getHdKey();
  return Buffer.from(privateKey!).toString('hex');
}
