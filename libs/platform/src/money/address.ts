import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, registerDecorator } from 'class-validator';
import { getAddress, isAddress } from 'viem';

export interface AddressOptions {
  /** For input: it may be left out. */
  readonly optional?: boolean;
  /** For views: null where there is none. */
  readonly nullable?: boolean;
  readonly description?: string;
}

/** An account on the chain, EIP-55 checksummed on entry. Lower case is taken; a wrong checksum is refused. */
export function Address(options: AddressOptions = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      example: '0x52908400098527886E0F7030069857D2E4169EE7',
      description: options.description ?? 'EIP-55 address',
      required: !options.optional,
      nullable: options.nullable,
    }),
    Transform(
      ({ value }: { value: unknown }) => (typeof value === 'string' && isAddress(value) ? getAddress(value) : value),
      {
        toClassOnly: true,
      },
    ),
    ...(options.optional ? [IsOptional()] : []),
    IsChecksummedAddress(),
  );
}

function IsChecksummedAddress(): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isChecksummedAddress',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isAddress(value) && getAddress(value) === value,
        defaultMessage: () => `${String(property)} must be an address of 20 bytes in hex with a right checksum`,
      },
    });
}
