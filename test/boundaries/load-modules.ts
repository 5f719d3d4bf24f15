import { pathToFileURL } from 'node:url';
import type { Contract, DatabaseDefinition } from '@aitbc/modulith';
import { repositoryTree } from './source-tree.js';

const tree = repositoryTree;

async function load(path: string): Promise<Record<string, unknown>> {
  return (await import(/* @vite-ignore */ pathToFileURL(`${tree.root}/${path}`).href)) as Record<string, unknown>;
}

async function loadNamed<T>(path: string, name: string): Promise<T> {
  const found = (await load(path))[name];
  if (found === undefined) throw new Error(`${path} exports no ${name}.`);
  return found as T;
}

/** The contracts of all modules of this repository. */
export function loadContracts(): Promise<Contract[]> {
  return Promise.all(
    tree.modules.map((module) => loadNamed<Contract>(`src/${module}/contract/index.ts`, `${module}Contract`)),
  );
}

/** The modules that store something. */
export const modulesWithDatabase = tree.modules.filter((module) => tree.has(`src/${module}/database.ts`));

export function loadDatabase(module: string): Promise<DatabaseDefinition> {
  return loadNamed<DatabaseDefinition>(`src/${module}/database.ts`, `${module}Database`);
}

/** Everything that the contract files of a module export. */
export async function loadContractExports(module: string): Promise<ReadonlySet<unknown>> {
  const files = tree.files(`src/${module}/contract`).filter((file) => !file.isTest);
  const exports = await Promise.all(files.map((file) => load(file.path)));
  return new Set(exports.flatMap((each) => Object.values(each)));
}
