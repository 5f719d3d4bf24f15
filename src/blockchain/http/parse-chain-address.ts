import { ValidationFailed } from '@aitbc/modulith';
import { ADDRESS_FORM, parseAddress } from '@aitbc/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';

/** Parses an address in a path into checksum form. @throws ValidationFailed naming the parameter. */
@Injectable()
export class ParseChainAddress implements PipeTransform<string, string> {
  transform(value: string): string {
    const address = parseAddress(value);
    if (address) return address;
    throw new ValidationFailed([{ field: 'address', message: `address must be ${ADDRESS_FORM}` }]);
  }
}
