import { Module } from '@nestjs/common';
import { ChainController } from './chain.controller.js';
import { RpcController } from './rpc.controller.js';
import { TellWhoLeft } from './tell-who-left.js';

@Module({ controllers: [RpcController, ChainController], providers: [TellWhoLeft] })
export class BlockchainHttpModule {}
