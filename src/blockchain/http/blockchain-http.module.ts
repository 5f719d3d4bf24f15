import { RateWindowsModule } from '@aitbc/platform';
import { Module } from '@nestjs/common';
import { AnswerRoom } from './answer-room.js';
import { ChainController } from './chain.controller.js';
import { RpcController } from './rpc.controller.js';
import { RpcLimits } from './rpc-limits.js';
import { TakeRpcBodies } from './take-rpc-bodies.js';
import { TellWhoLeft } from './tell-who-left.js';

@Module({
  imports: [RateWindowsModule],
  controllers: [RpcController, ChainController],
  providers: [AnswerRoom, RpcLimits, TakeRpcBodies, TellWhoLeft],
})
export class BlockchainHttpModule {}
