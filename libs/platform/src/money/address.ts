import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { getAddress, isAddress } from 'viem';
import { Field } from '../validation/field.js';
import { OptionalField } from '../validation/optional-field.js';

export interface AddressOptions {
  /** For input: the field is optional. */
  readonly optional?: boolean;
  /** For views: the field may be null. */
  readonly nullable?: boolean;
  readonly description?: string;
}

/** An account on the chain, converted to EIP-55 checksum form on input: see {@link parseAddress}. */
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
 * Parses an address into checksum form. Digits in a single case carry no checksum and are accepted; a wrong checksum is
 * not.
 * @returns undefined if it is not an address
 */
export function parseAddress(text: string): string | undefined {
  if (/^0x[0-9A-F]{40}$/.test(text)) return getAddress(text.toLowerCase());
  return isAddress(text) ? getAddress(text) : undefined;
}
