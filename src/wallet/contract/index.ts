import { defineContract, durable } from '@aitbc/modulith';
import { BlockCommitted } from '../../blockchain/contract/index.js';
import { AccountDeleted } from '../../gateway/contract/account-deletion.js';
import { SessionsEnded } from '../../gateway/contract/session-events.js';
import { BookingRequested, SettlementDue } from '../../marketplace/contract/events.js';
import {
  EscrowNotReady,
  FaucetClosed,
  FaucetExhausted,
  InsufficientFunds,
  InvalidMnemonic,
  TooManyAttempts,
  WalletExists,
  WalletLocked,
  WalletNotFound,
  WrongPassword,
} from './errors.js';
import {
  CheckSpendable,
  CountersignatureView,
  CountersignReceipt,
  EscrowTermsView,
  GetEscrowTerms,
  GetLockInstructions,
  LockInstructionsView,
  SpendableView,
} from './escrow.js';
import {
  EscrowLocked,
  EscrowLockFailed,
  EscrowSettled,
  EscrowWithdrawn,
  TransactionSigned,
  TransferFinished,
} from './events.js';
import { GetLedger, LedgerEntryView } from './ledger.js';
import {
  FollowedBlockView,
  GetFollowedBlock,
  GetOutgoingTransaction,
  OutgoingTransactionView,
  CountWallets,
  FindSignedTransfer,
  ReserveUnlockAttempt,
  SealedKeystoreView,
  SignedTransferView,
  SignTransfer,
} from './own-messages.js';
import { GetWalletSummary, WalletSummaryView } from './summary.js';
import { FaucetView, ListTransfers, RequestFaucet, SendTransfer, TransferView } from './transfers.js';
import {
  CreatedWalletView,
  CreateWallet,
  GetWallet,
  ListWallets,
  LockWallet,
  UnlockedView,
  UnlockWallet,
  WalletView,
} from './wallets.js';

export {
  EscrowNotReady,
  FaucetClosed,
  FaucetExhausted,
  InsufficientFunds,
  InvalidMnemonic,
  TooManyAttempts,
  WalletExists,
  WalletLocked,
  WalletNotFound,
  WrongPassword,
} from './errors.js';
export {
  CheckSpendable,
  CountersignatureView,
  CountersignReceipt,
  EscrowTermsView,
  GetEscrowTerms,
  GetLockInstructions,
  LockInstructionsView,
  SpendableView,
} from './escrow.js';
export {
  EscrowLocked,
  EscrowLockFailed,
  EscrowSettled,
  EscrowWithdrawn,
  TransactionSigned,
  TransferFinished,
} from './events.js';
export { GetLedger, LEDGER_KINDS, LedgerEntryView, type LedgerKind } from './ledger.js';
export {
  FollowedBlockView,
  GetFollowedBlock,
  GetOutgoingTransaction,
  OutgoingTransactionView,
  CountWallets,
  FindSignedTransfer,
  ReserveUnlockAttempt,
  SealedKeystoreView,
  SignedTransferView,
  SignTransfer,
} from './own-messages.js';
export { GetWalletSummary, WalletSummaryView } from './summary.js';
export {
  FaucetView,
  ListTransfers,
  RequestFaucet,
  SendTransfer,
  TRANSFER_KINDS,
  TRANSFER_STATUSES,
  type TransferKind,
  type TransferStatus,
  TransferView,
} from './transfers.js';
export {
  CreatedWalletView,
  CreateWallet,
  DEFAULT_UNLOCK_SECONDS,
  GetWallet,
  ListWallets,
  LockWallet,
  UnlockedView,
  UnlockWallet,
  WalletView,
} from './wallets.js';

export const walletContract = defineContract('wallet', {
  commands: [
    CreateWallet,
    UnlockWallet,
    LockWallet,
    SendTransfer,
    RequestFaucet,
    CountersignReceipt,
    ReserveUnlockAttempt,
    SignTransfer,
  ],
  queries: [
    GetWallet,
    ListWallets,
    ListTransfers,
    GetLedger,
    CheckSpendable,
    GetEscrowTerms,
    GetLockInstructions,
    GetWalletSummary,
    GetFollowedBlock,
    GetOutgoingTransaction,
    FindSignedTransfer,
    CountWallets,
  ],
  events: [EscrowLocked, EscrowLockFailed, EscrowSettled, EscrowWithdrawn, TransactionSigned, TransferFinished],
  views: [
    WalletView,
    CreatedWalletView,
    UnlockedView,
    TransferView,
    FaucetView,
    LedgerEntryView,
    SpendableView,
    EscrowTermsView,
    LockInstructionsView,
    CountersignatureView,
    WalletSummaryView,
    SealedKeystoreView,
    SignedTransferView,
    FollowedBlockView,
    OutgoingTransactionView,
  ],
  errors: [
    WalletNotFound,
    WalletLocked,
    WrongPassword,
    TooManyAttempts,
    InvalidMnemonic,
    WalletExists,
    InsufficientFunds,
    FaucetClosed,
    FaucetExhausted,
    EscrowNotReady,
  ],
  subscribes: [
    durable('LockEscrow', BookingRequested),
    durable('SettleEscrow', SettlementDue),
    durable('FollowChain', BlockCommitted),
    durable('SubmitSignedTransaction', TransactionSigned),
    durable('LockWalletsOfUser', SessionsEnded),
    durable('DestroyKeys', AccountDeleted),
  ],
});
