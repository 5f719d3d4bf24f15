import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
/** The folder that holds `main.js`. */
export const built = join(repository, 'dist', 'src');

const isCompiled = (path: string) =>
  path.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(path) && !/(^|\/)testing\//.test(path);

/** The end-to-end tests run what a user runs. @throws Error when it has not been built, or before the sources were last changed */
export function mustBeBuilt(): void {
  const builtAt = newestIn(join(repository, 'dist'), (path) => path.endsWith('.js'));
  if (!builtAt || !existsSync(join(built, 'main.js')))
    throw new Error('There is no whole application in dist: run `npm run build` before the end-to-end tests.');
  for (const folder of ['src', 'libs']) {
    const changed = newestIn(join(repository, folder), isCompiled);
    if (changed && changed.at > builtAt.at) {
      throw new Error(
        `dist is older than ${folder}/${changed.path}: run \`npm run build\` before the end-to-end tests.`,
      );
    }
  }
}

function newestIn(folder: string, matches: (path: string) => boolean): { path: string; at: number } | undefined {
  let newest: { path: string; at: number } | undefined;
  for (const path of filesIn(folder)) {
    if (!matches(path)) continue;
    const at = statSync(join(folder, path)).mtimeMs;
    if (!newest || at > newest.at) newest = { path, at };
  }
  return newest;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
