import { Command, View } from '@aitbc/modulith';
import { Address, Amount, Id, type Page, PageQuery } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';

/**
 * signed: stored, not yet accepted by the chain. submitted: waits for a block. confirmed and reverted: in a block,
 * final. failed: will never be in a block.
 */
export const TRANSFER_STATUSES = ['signed', 'submitted', 'confirmed', 'reverted', 'failed'] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];

export const TRANSFER_KINDS = ['transfer', 'escrow_lock'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

export class TransferView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' }) walletId: string;
  @ApiProperty({ enum: TRANSFER_KINDS, example: 'transfer' }) kind: TransferKind;
  @Address() to: string;
  @Amount() amount: bigint;
  @ApiProperty({ example: '0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b' })
  transactionHash: string;
  @ApiProperty({ enum: TRANSFER_STATUSES, example: 'signed' }) status: TransferStatus;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it failed, as a code' })
  failure: string | null;
  @ApiProperty({ type: Number, nullable: true, example: null }) blockNumber: number | null;
  @ApiProperty() createdAt: Date;
}

/** Signs and stores a transfer; it is submitted to the chain soon after, which the answer does not wait for. */
export class SendTransfer extends Command<TransferView> {
  @Id() walletId: string;
  @Address() to: string;
  @Amount({ positive: true, example: '1.5' }) amount: bigint;
}

export class FaucetView extends View {
  @ApiProperty({ example: '0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b' })
  transactionHash: string;
}

/** 100 AIT from a funded account, outside production only. */
export class RequestFaucet extends Command<FaucetView> {
  @Id() walletId: string;
}

/** A wallet's outgoing transfers, newest first, including booking locks. */
export class ListTransfers extends PageQuery<Page<TransferView>> {
  @Id() walletId: string;
}
