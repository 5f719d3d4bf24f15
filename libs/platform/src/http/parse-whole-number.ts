import { ValidationFailed } from '@aitbc/modulith';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { MAX_INTEGER, wholeNumberIn } from '../validation/whole-number.js';

/** Parses a path parameter as a whole number in the range of an `integer` column. */
@Injectable()
export class ParseWholeNumber implements PipeTransform<string, number> {
  transform(value: string, metadata: ArgumentMetadata): number {
    const number = wholeNumberIn(value);
    if (typeof number === 'number' && number >= 0 && number <= MAX_INTEGER) return number;
    const field = metadata.data ?? 'number';
    throw new ValidationFailed([{ field, message: `${field} must be a whole number from 0 to ${MAX_INTEGER}` }]);
  }
}
