import { type EntityTarget, getMetadataArgsStorage } from 'typeorm';
import type { DatabaseDefinition } from '@aitbc/modulith';

/** Boundary 4 as TypeORM sees it: what a module's loaded entities are called and lead to, one line for each breach. */
export function entityViolations({ module, entities }: DatabaseDefinition): string[] {
  const storage = getMetadataArgsStorage();
  const own = new Set<unknown>(entities);
  const isOwn = (target: unknown) => own.has(target);
  const tables = storage.tables.filter((each) => isOwn(each.target));
  const violations = tables
    .filter((each) => !each.name?.startsWith(`${module}_`) || each.schema || each.database)
    .map(
      (each) =>
        `${nameOf(each.target)} is stored in ${[each.database, each.schema, each.name].filter(Boolean).join('.')}`,
    );
  for (const entity of entities) {
    if (!tables.some((each) => each.target === entity)) violations.push(`${entity.name} is no entity`);
  }
  for (const { target, propertyName, type } of storage.relations.filter((each) => isOwn(each.target))) {
    const related: unknown = typeof type === 'function' && !type.prototype ? (type as () => unknown)() : type;
    if (!isOwn(related)) violations.push(`${nameOf(target)}.${propertyName} leads to ${nameOf(related)}`);
  }
  for (const { target, name } of storage.joinTables.filter((each) => isOwn(each.target))) {
    if (!name?.startsWith(`${module}_`)) violations.push(`${nameOf(target)} is joined through ${name}`);
  }
  return violations.map((each) => `${module}: ${each}`);
}

function nameOf(target: EntityTarget<unknown> | unknown): string {
  return typeof target === 'function' ? target.name : String(target);
}
