import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { getAddress, isAddress } from 'viem';
import { Field } from '../validation/field.js';
import { OptionalField } from '../validation/optional-field.js';

export interface AddressOptions {
  /** For input: it may be left out. */
  readonly optional?: boolean;
  /** For views: null where there is none. */
  readonly nullable?: boolean;
  readonly description?: string;
}

/** An account on the chain, EIP-55 checksummed on entry: see {@link parseAddress}. */
export function Address(options: AddressOptions = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      example: '0x52908400098527886E0F7030069857D2E4169EE7',
      description: options.description ?? 'EIP-55 address',
      required: !options.optional,
      nullable: options.nullable,
    }),
    ...(options.optional ? [OptionalField()] : []),
    Field({
      name: 'address',
      read: (value) => (typeof value === 'string' ? (parseAddress(value) ?? value) : value),
      accepts: (value) => typeof value === 'string' && parseAddress(value) === value,
      says: () => `must be ${ADDRESS_FORM}`,
    }),
  );
}

export const ADDRESS_FORM = 'an address of 20 bytes in hex with a right checksum';

/**
 * Reads an address in its checksummed form. Digits of one case carry no checksum and are taken; a wrong checksum is not.
 * @returns undefined when it is none
 */
export function parseAddress(text: string): string | undefined {
  if (/^0x[0-9A-F]{40}$/.test(text)) return getAddress(text.toLowerCase());
  return isAddress(text) ? getAddress(text) : undefined;
}
