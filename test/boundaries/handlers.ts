import type { Contract } from '@aitbc/modulith';
import { isBroadcast } from '@aitbc/modulith/contract/message.js';
import ts from 'typescript';
import {
  calleeName,
  contractOwner,
  importsOf,
  placeOf,
  type SourceFile,
  type SourceTree,
  walk,
} from './source-tree.js';

export interface Handler {
  readonly module: string;
  readonly place: string;
  /** The class name of the handler. */
  readonly name: string;
  readonly kind: 'CommandHandler' | 'QueryHandler' | 'EventsHandler';
  /** The message's class name, and the module whose contract it comes from, if from one. */
  readonly message: string;
  readonly owner?: string;
}

const KINDS: readonly string[] = ['CommandHandler', 'QueryHandler', 'EventsHandler'] satisfies Handler['kind'][];

/** The handlers that the modules' classes declare. */
export function handlersIn(tree: SourceTree): Handler[] {
  return tree.modules.flatMap((module) =>
    tree
      .filesOf(module)
      .filter((file) => !file.isTest)
      .flatMap((file) => handlersOf(module, file)),
  );
}

function handlersOf(module: string, file: SourceFile): Handler[] {
  const imports = importsOf(file);
  const handlers: Handler[] = [];
  walk(file, (node) => {
    if (!ts.isDecorator(node) || !ts.isCallExpression(node.expression) || !ts.isClassDeclaration(node.parent)) return;
    const kind = calleeName(node.expression) ?? '';
    if (!KINDS.includes(kind)) return;
    for (const message of node.expression.arguments) {
      const source = imports.get(message.getText());
      handlers.push({
        module,
        place: placeOf(file, node),
        name: node.parent.name?.text ?? '',
        kind: kind as Handler['kind'],
        message: source?.name ?? message.getText(),
        owner: source && contractOwner(source.from),
      });
    }
  });
  return handlers;
}

/**
 * Handlers that answer another module's messages, and event handlers that no contract lists. (The other direction, a
 * message or subscription without a handler, stops the boot: test/modulith.)
 */
export function handlerViolations(handlers: readonly Handler[], contracts: readonly Contract[]): string[] {
  return handlers.flatMap(({ module, place, name, kind, message, owner }) => {
    if (kind !== 'EventsHandler') {
      return owner === module
        ? []
        : [`${place}: ${name} answers ${message}, which is not in the contract of "${module}"`];
    }
    const event = contracts.find((each) => each.module === owner)?.events.find((each) => each.name === message);
    // Broadcasts reach whoever has a handler, listed or not.
    if (event && isBroadcast(event)) return [];
    const contract = contracts.find((each) => each.module === module);
    const isListed = contract?.subscribes.some((each) => each.handler === name && each.event === event);
    return isListed ? [] : [`${place}: the contract of "${module}" does not subscribe ${name} to ${message}`];
  });
}

/** Uses of another module's contract in a contract's index for anything but a subscription, one line each. */
export function foreignUses(tree: SourceTree): string[] {
  const paths = tree.modules.map((module) => `src/${module}/contract/index.ts`).filter((path) => tree.has(path));
  return paths.flatMap((path) => {
    const file = tree.file(path);
    const imports = importsOf(file);
    const violations: string[] = [];
    walk(file, (node) => {
      if (ts.isExportDeclaration(node) && node.moduleSpecifier?.getText().includes('../../')) {
        violations.push(`${placeOf(file, node)}: a contract exports its own module's messages only`);
      }
      if (!ts.isIdentifier(node) || ts.isImportSpecifier(node.parent) || isPassedOn(node)) return;
      const owner = contractOwner(imports.get(node.text)?.from ?? '');
      const isSubscription =
        ts.isCallExpression(node.parent) && ['durable', 'bounded'].includes(calleeName(node.parent) ?? '');
      if (owner && owner !== file.module && !isSubscription) {
        violations.push(`${placeOf(file, node)}: ${node.text} of "${owner}" is there to be subscribed to only`);
      }
    });
    return violations;
  });
}

/** Whether a name is only mentioned in `export { name } from '…'`, which refuses itself above. */
function isPassedOn({ parent }: ts.Identifier): boolean {
  return ts.isExportSpecifier(parent) && parent.parent.parent.moduleSpecifier !== undefined;
}
