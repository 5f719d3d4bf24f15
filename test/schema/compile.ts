import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Translates the application, so that a test can start processes of it without a build: Node 20 runs no TypeScript.
 * The libraries become packages, as their aliases in tsconfig.json promise.
 *
 * @returns the folder, laid out like the repository, and a function that removes it
 */
export async function compile(...more: string[]): Promise<{ folder: string; remove: () => Promise<void> }> {
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true });
  // Beneath node_modules, so that imports of packages resolve from there.
  const folder = await mkdtemp(join(root, 'node_modules/.cache/aitbc-schema-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await translate(join(root, 'src'), join(folder, 'src'));
  for (const file of ['ormconfig.ts', ...more]) await translateFile(join(root, file), join(folder, file));
  for (const lib of ['modulith', 'platform']) {
    const target = join(folder, 'node_modules/@aitbc', lib);
    await translate(join(root, 'libs', lib, 'src'), join(target, 'src'));
    const exports = { '.': './src/index.js', './*': './src/*' };
    await writeFile(join(target, 'package.json'), JSON.stringify({ type: 'module', exports }));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function translate(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const source = join(entry.parentPath, entry.name);
    if (/(?<!\.spec|\.d)\.ts$/.test(entry.name)) await translateFile(source, join(to, relative(from, source)));
  }
}

async function translateFile(source: string, target: string): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target.replace(/\.ts$/, '.js'), outputText);
}
