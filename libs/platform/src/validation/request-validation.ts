import { ValidationFailed } from '@aitbc/modulith';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { FieldClass } from './field.js';
import { isPlainObject, readObject } from './read-object.js';

/** Converts bodies and queries to instances of their classes; rejects unknown fields and names the invalid ones. */
@Injectable()
export class RequestValidation implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !isFieldClass(metatype)) return value;
    const sent = value ?? {};
    if (value === null || !isPlainObject(sent)) {
      throw new ValidationFailed([{ field: type, message: `the ${type} must be an object` }]);
    }
    const { object, problems } = readObject(metatype, sent);
    if (problems.length > 0) throw new ValidationFailed(problems);
    return object;
  }
}

/** Interfaces, `unknown` and primitives declare no fields. */
function isFieldClass(metatype: unknown): metatype is FieldClass {
  return typeof metatype === 'function' && ![Object, String, Number, Boolean, Array].some((each) => each === metatype);
}
