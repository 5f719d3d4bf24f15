import { Module } from '@nestjs/common';
import { WalletMoneyController } from './wallet-money.controller.js';
import { WalletsController } from './wallets.controller.js';

@Module({ controllers: [WalletsController, WalletMoneyController] })
export class WalletHttpModule {}
