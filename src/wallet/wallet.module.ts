import { ModulithModule } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { Background } from './background.js';
import { walletContract } from './contract/index.js';
import { walletDatabase } from './database.js';
import { CheckSpendableHandler } from './escrow/check-spendable.js';
import { CurrentEscrow } from './escrow/current-escrow.js';
import { DeployEscrow } from './escrow/deploy-escrow.js';
import { EscrowOutcomes } from './escrow/escrow-outcomes.js';
import { GetEscrowTermsHandler } from './escrow/get-escrow-terms.js';
import { GetLockInstructionsHandler } from './escrow/get-lock-instructions.js';
import { LockEscrow } from './escrow/lock-escrow.js';
import { SettleEscrow } from './escrow/settle-escrow.js';
import { BlockTakers } from './follower/block-takers.js';
import { ChainFollower } from './follower/chain-follower.js';
import { FollowChain } from './follower/follow-chain.js';
import { Vault } from './keystore/vault.js';
import { GetFollowedBlockHandler } from './follower/get-followed-block.js';
import { ReplacedBlocks } from './follower/replaced-blocks.js';
import { GetLedgerHandler } from './ledger/get-ledger.js';
import { LedgerWriter } from './ledger/ledger-writer.js';
import { CountersignReceiptHandler } from './platform-key/countersign-receipt.js';
import { PlatformKey } from './platform-key/platform-key.js';
import { GetWalletSummaryHandler } from './summarise-wallets.js';
import { AnnounceFinalTransfers } from './transactions/announce-final-transfers.js';
import { Chain } from './transactions/chain.js';
import { Faucet } from './transactions/faucet.js';
import { FaucetAllowance } from './transactions/faucet-allowance.js';
import { GetOutgoingTransactionHandler } from './transactions/get-outgoing-transaction.js';
import { FindSignedTransferHandler } from './transactions/find-signed-transfer.js';
import { Lanes } from './transactions/lanes.js';
import { ListTransfersHandler } from './transactions/list-transfers.js';
import { RequestFaucetHandler } from './transactions/request-faucet.js';
import { Resubmit } from './transactions/resubmit.js';
import { SendTransferHandler } from './transactions/send-transfer.js';
import { SignAgain } from './transactions/sign-again.js';
import { SigningOnce } from './transactions/signing-once.js';
import { SignTransferHandler } from './transactions/sign-transfer.js';
import { Submission } from './transactions/submission.js';
import { SubmitSignedTransaction } from './transactions/submit-signed-transaction.js';
import { TransactionDesk } from './transactions/transaction-desk.js';
import { TransactionOutcomes } from './transactions/transaction-outcomes.js';
import { CountWalletsHandler } from './wallets/count-wallets.js';
import { CreateWalletHandler } from './wallets/create-wallet.js';
import { GetWalletHandler } from './wallets/get-wallet.js';
import { ListWalletsHandler } from './wallets/list-wallets.js';
import { DestroyKeys } from './wallets/destroy-keys.js';
import { LockWalletsOfUser } from './wallets/lock-wallets-of-user.js';
import { LockWalletHandler } from './wallets/lock-wallet.js';
import { ReserveUnlockAttemptHandler } from './wallets/reserve-unlock-attempt.js';
import { SessionKeys } from './wallets/session-keys.js';
import { SweepSessions } from './wallets/sweep-sessions.js';
import { UnlockWalletHandler } from './wallets/unlock-wallet.js';

const custody = [Vault, SessionKeys, PlatformKey, CountersignReceiptHandler];
const wallets = [
  CreateWalletHandler,
  ReserveUnlockAttemptHandler,
  UnlockWalletHandler,
  LockWalletHandler,
  LockWalletsOfUser,
  DestroyKeys,
  SweepSessions,
  GetWalletHandler,
  ListWalletsHandler,
];
const transactions = [
  Chain,
  TransactionDesk,
  Submission,
  SubmitSignedTransaction,
  SignAgain,
  Resubmit,
  TransactionOutcomes,
  GetOutgoingTransactionHandler,
  AnnounceFinalTransfers,
  SendTransferHandler,
  Faucet,
  FaucetAllowance,
  Lanes,
  SigningOnce,
  CountWalletsHandler,
  FindSignedTransferHandler,
  SignTransferHandler,
  RequestFaucetHandler,
  ListTransfersHandler,
];
const escrow = [
  CurrentEscrow,
  DeployEscrow,
  EscrowOutcomes,
  CheckSpendableHandler,
  GetEscrowTermsHandler,
  GetLockInstructionsHandler,
  LockEscrow,
  SettleEscrow,
];
const following = [
  Background,
  BlockTakers,
  ChainFollower,
  ReplacedBlocks,
  FollowChain,
  GetFollowedBlockHandler,
  LedgerWriter,
  GetLedgerHandler,
];

@Module({
  imports: [ModulithModule.forModule(walletContract, walletDatabase)],
  providers: [...custody, ...wallets, ...transactions, ...escrow, ...following, GetWalletSummaryHandler],
})
export class WalletModule {}
