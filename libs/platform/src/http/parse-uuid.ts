import { ValidationFailed } from '@aitbc/modulith';
import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';

/** Parses a path parameter as a UUID, in lower case like stored ids. */
@Injectable()
export class ParseUuid implements PipeTransform<unknown, string> {
  transform(value: unknown, metadata: ArgumentMetadata): string {
    if (typeof value === 'string' && isUUID(value)) return value.toLowerCase();
    const field = metadata.data ?? 'id';
    throw new ValidationFailed([{ field, message: `${field} must be a UUID` }]);
  }
}
