import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository that these checks guard. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** How long a check of the whole repository may take on a machine that is busy with other tests, in milliseconds. */
export const WHOLE_TREE_MS = 120_000;

export interface SourceFile {
  /** From the root of the tree, with forward slashes. */
  readonly path: string;
  /** The module or library that the file belongs to, such as `wallet`; none for files beside the modules. */
  readonly module?: string;
  readonly isTest: boolean;
  readonly syntax: ts.SourceFile;
}

/** The TypeScript below `src`, `libs` and `test` of a repository: the real one, or one with a planted violation. */
export class SourceTree {
  private readonly parsed = new Map<string, SourceFile>();

  constructor(readonly root: string = REPOSITORY) {}

  /** The modules: the folders below `src` that have a contract. */
  get modules(): readonly string[] {
    return foldersIn(join(this.root, 'src')).filter((name) => this.has(`src/${name}/contract`));
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  files(...folders: string[]): readonly SourceFile[] {
    return folders.flatMap((folder) => this.pathsIn(folder)).map((path) => this.file(path));
  }

  filesOf(module: string): readonly SourceFile[] {
    return this.files(`src/${module}`);
  }

  file(path: string): SourceFile {
    let file = this.parsed.get(path);
    if (!file) this.parsed.set(path, (file = this.parse(path)));
    return file;
  }

  private parse(path: string): SourceFile {
    const text = readFileSync(join(this.root, path), 'utf8');
    return {
      path,
      module: /^(?:src|libs)\/([^/]+)\//.exec(path)?.[1],
      isTest: isTest(path),
      syntax: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true),
    };
  }

  private pathsIn(folder: string): string[] {
    const absolute = join(this.root, folder);
    if (!existsSync(absolute)) return [];
    const entries = readdirSync(absolute, { withFileTypes: true }).filter((entry) => entry.name !== 'node_modules');
    return entries
      .flatMap((entry) => {
        const path = `${folder}/${entry.name}`;
        return entry.isDirectory() ? this.pathsIn(path) : path.endsWith('.ts') ? [path] : [];
      })
      .toSorted();
  }
}

/** This repository, read once for all the checks that one process makes. */
export const repositoryTree = new SourceTree();

/** Whether a file only serves tests: a spec, or the support for specs. */
export function isTest(path: string): boolean {
  return /^test\/|\/testing\/|\.spec\.ts$/.test(path);
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** Calls `visit` for each node of a file, from the top down. */
export function walk(file: SourceFile, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(file.syntax);
}

/** `src/wallet/transfer.ts:12`, for messages that an editor can follow. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  const { line } = file.syntax.getLineAndCharacterOfPosition(node.getStart(file.syntax));
  return `${file.path}:${line + 1}`;
}

/** The name of a called function or method, or of a decorator. */
export function calleeName(call: ts.CallExpression): string | undefined {
  const { expression } = call;
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

/** What the names that a file imports stand for: the file or package, and the name there. */
export function importsOf(file: SourceFile): ReadonlyMap<string, { readonly from: string; readonly name: string }> {
  const imports = new Map<string, { from: string; name: string }>();
  for (const statement of file.syntax.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = resolveImport(file.path, statement.moduleSpecifier.text);
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      imports.set(name.text, { from, name: (propertyName ?? name).text });
    }
  }
  return imports;
}

function resolveImport(importer: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(importer), specifier.replace(/\.js$/, '.ts')) : specifier;
}

/** The module in whose contract a path lies, if it lies in one. */
export function contractOwner(path: string): string | undefined {
  return /^src\/([^/]+)\/contract\//.exec(path)?.[1];
}
