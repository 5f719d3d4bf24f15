import { Command, View } from '@aitbc/modulith';
import { IsUUID } from 'class-validator';

/** A keystore as it is stored: encrypted under the password, and that under the server's master key. */
export class SealedKeystoreView extends View {
  keystore: string;
}

/**
 * The module asks itself, before it spends time on a password: counts the try and refuses while earlier ones still cost a wait. A
 * transaction of its own, so that the count stays when the password turns out to be wrong, and tries at once count as many.
 * @throws WalletNotFound, TooManyAttempts
 */
export class ReserveUnlockAttempt extends Command<SealedKeystoreView> {
  @IsUUID() walletId: string;
}
