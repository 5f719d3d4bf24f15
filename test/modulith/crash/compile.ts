import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const kernel = join(repository, 'libs/modulith/src');
const tests = join(repository, 'test');

/**
 * Translates the kernel and some files of these tests for processes of plain Node, decorator metadata included.
 *
 * @param sources the file to run first, then what it imports; paths below test/
 * @returns the file to run, and a function that removes everything
 */
export async function compileProcess(...sources: string[]): Promise<{ main: string; remove: () => Promise<void> }> {
  // Beneath node_modules, so that imports of packages resolve from there.
  const cache = join(repository, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'modulith-crash-'));
  const library = join(folder, 'node_modules/@aitbc/modulith');
  await mkdir(library, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(library, 'package.json'),
    '{"name":"@aitbc/modulith","type":"module","exports":{".":"./index.js","./*":"./*"}}',
  );
  for (const source of await sourcesOf(kernel)) await translate(source, join(library, relative(kernel, source)));
  for (const name of sources) await translate(join(tests, name), join(folder, name));
  return { main: join(folder, sources[0]!.replace(/ts$/, 'js')), remove: () => rm(folder, { recursive: true }) };
}

async function sourcesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) => entry.isFile() && /(?<!\.spec|\.d)\.ts$/.test(entry.name) && !entry.parentPath.endsWith('testing'),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

async function translate(source: string, target: string): Promise<void> {
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
