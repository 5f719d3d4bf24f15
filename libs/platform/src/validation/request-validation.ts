import { ValidationFailed } from '@aitbc/modulith';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { FieldClass } from './field.js';
import { isPlainObject, readObject } from './read-object.js';

/** Turns bodies and queries into instances of their classes; refuses unknown fields and says which field is wrong. */
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

/** What is declared as an interface, as `unknown` or as a primitive says nothing of its fields. */
function isFieldClass(metatype: unknown): metatype is FieldClass {
  return typeof metatype === 'function' && ![Object, String, Number, Boolean, Array].some((each) => each === metatype);
}
