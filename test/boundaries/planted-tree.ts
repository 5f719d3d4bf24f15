import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { REPOSITORY, SourceTree } from './source-tree.js';

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'ES2023',
    lib: ['ES2023'],
    strict: true,
    strictPropertyInitialization: false,
    experimentalDecorators: true,
    types: [],
    paths: {
      '@aitbc/modulith': ['./libs/modulith/src/index.ts'],
      '@aitbc/modulith/*': ['./libs/modulith/src/*'],
      '@aitbc/platform': ['./libs/platform/src/index.ts'],
      '@aitbc/platform/*': ['./libs/platform/src/*'],
    },
  },
  include: ['src', 'libs'],
};

/** Writes a repository of a few files, for one test: each check is shown to catch a violation planted in one. */
export function plantedTree(files: Readonly<Record<string, string>>): SourceTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'boundaries-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const all = { 'package.json': '{"type":"module"}', 'tsconfig.json': JSON.stringify(TSCONFIG), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  return new SourceTree(root);
}
