import { ValidationFailed } from '@aitbc/modulith';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { getAddress, isAddress } from 'viem';

/** An address in a path: lower case is taken, a wrong checksum is refused. @throws ValidationFailed naming the parameter. */
@Injectable()
export class ParseChainAddress implements PipeTransform<string, string> {
  transform(value: string): string {
    if (isAddress(value)) return getAddress(value);
    throw new ValidationFailed([
      { field: 'address', message: 'address must be an address of 20 bytes in hex with a right checksum' },
    ]);
  }
}
