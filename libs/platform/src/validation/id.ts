import { isUUID } from 'class-validator';
import { Field, type FieldKind, listOf, type ListOptions } from './field.js';

const idKind: FieldKind = {
  name: 'id',
  read: (value) => (typeof value === 'string' && isUUID(value) ? value.toLowerCase() : value),
  accepts: (value) => isUUID(value),
  says: () => 'must be a UUID',
};

/** A UUID, in lower case like stored ids. */
export const Id = (): PropertyDecorator => Field(idKind);

export const IdList = (list: ListOptions): PropertyDecorator => Field(listOf(idKind, list));
