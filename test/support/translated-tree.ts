import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const repository = fileURLToPath(new URL('../..', import.meta.url));
/** Beneath node_modules, so that imports of packages resolve from there. */
const tree = join(repository, 'node_modules', '.cache', 'aitbc-translated');
const packages = join(tree, 'node_modules', '@aitbc');
const LIBRARIES = ['modulith', 'platform'];

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

/**
 * The JavaScript of a source, for tests that start threads and processes without a build: Node 20 runs no TypeScript.
 * @param source its path in the repository, such as `src/agents/daemon/main.ts`
 */
export function translated(source: string): string {
  const name = source.replace(/\.ts$/, '.js');
  const library = /^libs\/([^/]+)\/(.*)$/.exec(name);
  return library ? join(packages, library[1]!, library[2]!) : join(tree, name);
}

/** Translates what has changed since the last time. The global setup calls it once, before any test runs. */
export async function translateTree(): Promise<void> {
  const sources = (await Promise.all(['src', 'libs', 'test'].map((folder) => sourcesIn(folder)))).flat();
  await Promise.all([...sources, 'ormconfig.ts'].map((source) => translate(source)));
  await writeNew(join(tree, 'package.json'), '{"type":"module"}');
  // The libraries are packages here, as their aliases in tsconfig.json promise.
  const exports = { '.': './src/index.js', './*': './src/*' };
  for (const name of LIBRARIES) {
    const text = JSON.stringify({ name: `@aitbc/${name}`, type: 'module', exports });
    await writeNew(join(packages, name, 'package.json'), text);
  }
  const kept = new Set(sources.map((source) => translated(source)));
  for (const folder of ['src', 'test', 'node_modules']) await removeOthers(join(tree, folder), kept);
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(repository, folder), { withFileTypes: true });
  const found = entries
    .filter(({ name }) => name !== 'node_modules' && name !== 'bench')
    .map((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourcesIn(path);
      return /(?<!\.spec|\.d)\.ts$/.test(path) ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}

async function translate(source: string): Promise<void> {
  const path = join(repository, source);
  const target = translated(source);
  const [{ mtimeMs: changed }, before] = await Promise.all([stat(path), stat(target).catch(whenAbsent)]);
  if (before && before.mtimeMs > changed) return;
  const { outputText } = ts.transpileModule(await readFile(path, 'utf8'), { compilerOptions: options });
  await writeNew(target, outputText);
}

/** Whole or not at all: another run may read it meanwhile. */
async function writeNew(target: string, text: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  await writeFile(unfinished, text);
  await rename(unfinished, target);
}

async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const stale = files.filter((file) => file.endsWith('.js') && !kept.has(file));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
}

function whenAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
