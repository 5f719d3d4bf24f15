import { Command, Event, Key } from '@aitbc/modulith';
import { Id, OptionalField } from '@aitbc/platform';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { GivenPassword, OptionalCode } from './credentials.js';

/**
 * Deletes the caller's account. Data that others need stays without its name: bookings, receipts, the ledger, the audit
 * log.
 * @throws WrongPassword, WrongCode, TooManyAttempts, AccountInUse, LastAdministrator
 */
export class DeleteAccount extends Command {
  @GivenPassword('The password of the caller') password: string;
  @OptionalCode() code?: string;

  @ApiPropertyOptional({
    example: false,
    default: false,
    description:
      'Delete although bookings are open or wallets hold a balance. Bookings end as they would have; the keys of the wallets are destroyed, so that only their mnemonics open them.',
  })
  @OptionalField()
  @IsBoolean()
  force?: boolean;
}

/** An account was deleted. Its keys and all else that only its owner could use are destroyed. */
export class AccountDeleted extends Event {
  @Key() @Id() userId: string;
}
