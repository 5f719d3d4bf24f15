import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const agents = fileURLToPath(new URL('..', import.meta.url));
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/**
 * Translates what the daemon runs in other processes, so that tests need no build. Node 20 cannot run TypeScript.
 *
 * @returns the folder with the JavaScript, as a URL that ends in a slash, and a function that removes it
 */
export async function compileDaemon(): Promise<{ url: URL; remove: () => Promise<void> }> {
  await mkdir(join(modules, '.cache'), { recursive: true });
  // Beneath node_modules, so that imports of packages resolve from there.
  const folder = await mkdtemp(join(modules, '.cache', 'aitbc-agent-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const sources = ['daemon', 'wasm', 'receipts'].map((part) => sourcesIn(join(agents, part)));
  for (const source of [...(await Promise.all(sources)).flat(), join(agents, 'verify-receipt.ts')]) {
    const target = join(folder, relative(agents, source)).replace(/\.ts$/, '.js');
    const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
  return { url: pathToFileURL(`${folder}/`), remove: () => rm(folder, { recursive: true }) };
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /(?<!\.spec|\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
