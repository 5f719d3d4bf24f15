import { Command, Query, View } from '@aitbc/modulith';
import { Address, Text } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';

/** The message that an address's owner signs as proof of control. */
export class AddressChallengeView extends View {
  @ApiProperty({ example: '5f1c0a9b7d3e4f2a8c6b1d0e9f7a3b2c' }) nonce: string;
  @Address() address: string;
  @ApiProperty({
    example:
      'api.example.org wants you to sign in with your Ethereum account:\n0x52908400098527886E0F7030069857D2E4169EE7\n\n…',
    description:
      'An EIP-4361 message, to be signed as it stands (EIP-191, `personal_sign`): by the key of the address, or as its contract wants it (ERC-1271)',
  })
  message: string;
  @ApiProperty({ example: '2026-01-01T00:10:00.000Z' }) expiresAt: Date;
}

/**
 * Requests a message whose signature proves that an address is the caller's. The proof is valid once, for a booking,
 * within ten minutes.
 * @throws LimitReached
 */
export class RequestAddressChallenge extends Command<AddressChallengeView> {
  @Address({ description: 'The address that will lock the money by itself' }) address: string;
}

const NONCE = { max: 32, pattern: /^[0-9a-f]{32}$/, says: 'must be the nonce of an address challenge' } as const;
/** For a contract, any format it accepts: the signatures of several owners, of a passkey, or none. */
const MOST_BYTES = 2_048;

/** The caller's challenge for this address. @throws AddressNotProved */
export class GetAddressChallenge extends Query<AddressChallengeView> {
  @Text(NONCE) nonce: string;
  @Address() address: string;
}

export class AddressProofView extends View {
  @ApiProperty({ example: '5f1c0a9b7d3e4f2a8c6b1d0e9f7a3b2c', description: 'Of `POST /v1/address-challenges`' })
  @Text(NONCE)
  nonce: string;

  @ApiProperty({
    example: `0x${'5e'.repeat(65)}`,
    description:
      'Of the message of the challenge, by the address: 65 bytes of its key, or what `isValidSignature` of its contract accepts (ERC-1271)',
  })
  @Text({
    max: 2 + 2 * MOST_BYTES,
    pattern: /^0x([0-9a-fA-F]{2})*$/,
    says: `must be bytes in hex, ${MOST_BYTES} at most`,
  })
  signature: string;
}
