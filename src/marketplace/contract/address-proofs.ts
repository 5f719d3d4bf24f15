import { Command, View } from '@aitbc/modulith';
import { Address, Text } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';

/** What the owner of an address signs to prove that it is theirs. */
export class AddressChallengeView extends View {
  @ApiProperty({ example: '5f1c0a9b7d3e4f2a8c6b1d0e9f7a3b2c' }) nonce: string;
  @Address() address: string;
  @ApiProperty({
    example:
      'api.example.org wants you to sign in with your Ethereum account:\n0x52908400098527886E0F7030069857D2E4169EE7\n\n…',
    description: 'An EIP-4361 message, to be signed as it stands (EIP-191, `personal_sign`)',
  })
  message: string;
  @ApiProperty({ example: '2026-01-01T00:10:00.000Z' }) expiresAt: Date;
}

/**
 * Asks for a message whose signature proves that an address is the caller's. It proves so once, for a booking, within ten
 * minutes.
 * @throws LimitReached
 */
export class RequestAddressChallenge extends Command<AddressChallengeView> {
  @Address({ description: 'The address that will lock the money by itself' }) address: string;
}

export class AddressProofView extends View {
  @ApiProperty({ example: '5f1c0a9b7d3e4f2a8c6b1d0e9f7a3b2c', description: 'Of `POST /v1/address-challenges`' })
  @Text({ max: 32, pattern: /^[0-9a-f]{32}$/, says: 'must be the nonce of an address challenge' })
  nonce: string;

  @ApiProperty({ example: `0x${'5e'.repeat(65)}`, description: 'Of the message of the challenge, by the address' })
  @Text({ max: 132, pattern: /^0x[0-9a-fA-F]{130}$/, says: 'must be 65 bytes in hex' })
  signature: string;
}
