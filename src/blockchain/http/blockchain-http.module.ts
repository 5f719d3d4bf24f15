import { Module } from '@nestjs/common';
import { ChainController } from './chain.controller.js';
import { RpcController } from './rpc.controller.js';

@Module({ controllers: [RpcController, ChainController] })
export class BlockchainHttpModule {}
