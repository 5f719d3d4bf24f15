import { Command, Query, Secret, View } from '@aitbc/modulith';
import {
  Address,
  Amount,
  Id,
  IsSoundPassword,
  MAX_PASSWORD,
  MIN_PASSWORD,
  OptionalField,
  type Page,
  PageQuery,
  Text,
  WholeNumber,
} from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export const DEFAULT_UNLOCK_SECONDS = 900;

export class WalletView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty({ example: 'Training budget' }) name: string;
  @Address() address: string;
  @Amount({ description: 'Balance on the chain, in AIT', example: '100' }) balance: bigint;
  @ApiProperty({ type: Date, nullable: true, example: null, description: 'Null while it is locked' })
  unlockedUntil: Date | null;
  @ApiProperty() createdAt: Date;
}

export class CreatedWalletView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty({ example: 'Training budget' }) name: string;
  @Address() address: string;
  @ApiProperty({
    description: 'The only way to restore the wallet elsewhere. Shown this once and kept nowhere in clear.',
    example: 'test test test test test test test test test test test junk',
  })
  @Secret()
  mnemonic: string;
}

/** Creates a wallet for the caller from a new or given mnemonic. It starts locked. */
export class CreateWallet extends Command<CreatedWalletView> {
  @ApiProperty({ example: 'Training budget', maxLength: 64 })
  @Text({
    max: 64,
    pattern: /^[\p{L}\p{N}\p{P}\p{S}](?:[\p{L}\p{N}\p{P}\p{S} ]{0,62}[\p{L}\p{N}\p{P}\p{S}])?$/u,
    says: 'must be 1 to 64 printable characters',
  })
  name: string;

  @ApiProperty({ example: 'correct horse battery staple', minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD })
  @Secret()
  @IsSoundPassword()
  password: string;

  @ApiPropertyOptional({
    description: "A BIP-39 mnemonic to restore; account m/44'/60'/0'/0/0 of it. A new one is made when absent.",
    example: 'test test test test test test test test test test test junk',
  })
  @OptionalField()
  @Secret()
  @Text({ max: 512, controls: 'lines' })
  mnemonic?: string;
}

export class UnlockedView extends View {
  @ApiProperty({ example: '2026-01-01T00:15:00.000Z' }) unlockedUntil: Date;
}

/** Lets the wallet sign for a limited time. Wrong passwords delay further attempts. */
export class UnlockWallet extends Command<UnlockedView> {
  @Id() walletId: string;

  @ApiProperty({ example: 'correct horse battery staple' })
  @Secret()
  @Text({ max: 256, controls: 'all' })
  password: string;

  @ApiPropertyOptional({ example: 900, minimum: 1, maximum: 86400, default: DEFAULT_UNLOCK_SECONDS })
  @OptionalField()
  @WholeNumber({ min: 1, max: 86_400 })
  ttlSeconds?: number;
}

export class LockWallet extends Command {
  @Id() walletId: string;
}

/** A wallet of the principal; any wallet if requested by the system. */
export class GetWallet extends Query<WalletView> {
  @Id() walletId: string;
}

/** The principal's wallets, newest first. */
export class ListWallets extends PageQuery<Page<WalletView>> {}
