import { join, relative } from 'node:path';
import ts from 'typescript';
import { contractOwner, importsOf, placeOf, type SourceFile, type SourceTree, walk } from './source-tree.js';

/** A message class of a contract. */
export interface MessageName {
  readonly owner: string;
  readonly name: string;
}

export interface BusCall {
  /** The module that sends. */
  readonly from: string;
  /** Whether one of the module's controllers sends, and so the process that hosts the gateway. */
  readonly isHttp: boolean;
  readonly place: string;
  readonly bus: 'CommandBus' | 'QueryBus';
  /** What may be sent here; empty when that cannot be seen. */
  readonly messages: readonly MessageName[];
}

/** Every `execute` on a command or query bus in the modules, with what is sent as far as types tell. */
export function busCallsIn(tree: SourceTree): BusCall[] {
  const files = tree.modules.flatMap((module) => tree.filesOf(module)).filter((file) => !file.isTest);
  const program = programOf(tree, files);
  const checker = program.getTypeChecker();
  const calls: BusCall[] = [];
  for (const { path } of files) {
    const syntax = program.getSourceFile(join(tree.root, path));
    if (!syntax) throw new Error(`${path} was not read.`);
    const file: SourceFile = { ...tree.file(path), syntax };
    walk(file, (node) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
      const [message] = node.arguments;
      const bus = checker.getTypeAtLocation(node.expression.expression).getSymbol()?.name;
      if (node.expression.name.text !== 'execute' || !message || (bus !== 'CommandBus' && bus !== 'QueryBus')) return;
      calls.push({
        from: file.module!,
        isHttp: /^src\/[^/]+\/http\//.test(path),
        place: placeOf(file, node),
        bus,
        messages: messageOf(tree, checker.getTypeAtLocation(message)) ?? messagesMadeIn(file),
      });
    });
  }
  return calls;
}

/** The declarations of packages and of the language: the same for every tree, and slow to read. */
const ofPackages = new Map<string, ts.SourceFile | undefined>();

function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const read: ts.CompilerHost['getSourceFile'] = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...how) => {
    if (!path.includes('/node_modules/')) return read(path, ...how);
    if (!ofPackages.has(path)) ofPackages.set(path, read(path, ...how));
    return ofPackages.get(path);
  };
  return host;
}

export function programOf(tree: SourceTree, files: readonly SourceFile[]): ts.Program {
  const config = join(tree.root, 'tsconfig.json');
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    { noEmit: true, incremental: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
      },
    },
  );
  return ts.createProgram(
    files.map((file) => join(tree.root, file.path)),
    parsed!.options,
    hostFor(parsed!.options),
  );
}

export function messageOf(tree: SourceTree, type: ts.Type): MessageName[] | undefined {
  const symbol = type.getSymbol();
  const declared = symbol?.declarations?.[0]?.getSourceFile().fileName;
  const owner = declared && contractOwner(relative(tree.root, declared).replaceAll('\\', '/'));
  return owner ? [{ owner, name: symbol!.name }] : undefined;
}

/** Where the type says only "some message": those of contracts that the file makes, with `X.of(…)` or `new X(…)`. */
export function messagesMadeIn(file: SourceFile): MessageName[] {
  const imports = importsOf(file);
  const made = new Map<string, MessageName>();
  walk(file, (node) => {
    const type =
      ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'of'
        ? node.expression.expression
        : ts.isNewExpression(node)
          ? node.expression
          : undefined;
    const source = type && imports.get(type.getText());
    const owner = source && contractOwner(source.from);
    if (owner) made.set(`${owner}.${source.name}`, { owner, name: source.name });
  });
  return [...made.values()];
}
