import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface CompiledChain {
  /** Folder of the module's JavaScript. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Translates the module and the libs, so that tests of threads and processes need no build. Node 20 cannot run TypeScript. */
export async function compileChain(): Promise<CompiledChain> {
  await mkdir(join(root, 'node_modules', '.cache'), { recursive: true });
  // Beneath node_modules, so that imports of packages resolve from there.
  const folder = await mkdtemp(join(root, 'node_modules', '.cache', 'aitbc-chain-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await translate(join(root, 'src', 'blockchain'), join(folder, 'blockchain'));
  for (const lib of ['modulith', 'platform']) {
    const target = join(folder, 'node_modules', '@aitbc', lib);
    await translate(join(root, 'libs', lib, 'src'), target);
    const exports = { '.': './index.js', './*': './*' };
    await writeFile(join(target, 'package.json'), JSON.stringify({ name: `@aitbc/${lib}`, type: 'module', exports }));
  }
  return { folder: join(folder, 'blockchain'), remove: () => rm(folder, { recursive: true }) };
}

async function translate(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile() && /(?<!\.spec|\.d)\.ts$/.test(entry.name));
  for (const source of sources.map(({ parentPath, name }) => join(parentPath, name))) {
    const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        useDefineForClassFields: false,
      },
    });
    const target = join(to, relative(from, source)).replace(/\.ts$/, '.js');
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
}
