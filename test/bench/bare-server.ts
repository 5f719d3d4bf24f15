import 'reflect-metadata';
import { formatAmount } from '@aitbc/platform';
import { Controller, Get, Header, Module, NotFoundException, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { collectDefaultMetrics, register } from 'prom-client';
import { Repository } from 'typeorm';
import { Offer } from '../../src/marketplace/offers/offer.entity.js';

/* What Nest, TypeORM and Fastify do by themselves: no caller, no limits, no validation, no messages, no traces. */

@Controller('v1/offers')
class OffersController {
  constructor(@InjectRepository(Offer) private readonly offers: Repository<Offer>) {}

  @Get(':id')
  async get(@Param('id') id: string) {
    const offer = await this.offers.findOneBy({ id });
    if (!offer) throw new NotFoundException();
    const { providerId, walletId, providerAddress, gpuModel, gpuMemoryGb, gpuCount, region } = offer;
    const { capabilities, pricePerHour, status, version, createdAt, expiresAt } = offer;
    return {
      id,
      providerId,
      walletId,
      providerAddress,
      gpuModel,
      gpuMemoryGb,
      gpuCount,
      region,
      capabilities,
      pricePerHour: formatAmount(pricePerHour),
      status,
      version,
      createdAt,
      expiresAt,
    };
  }
}

@Controller('metrics')
class MetricsController {
  @Get()
  @Header('content-type', register.contentType)
  get(): Promise<string> {
    return register.metrics();
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'sqlite', database: process.env['DATABASE']!, entities: [Offer] }),
    TypeOrmModule.forFeature([Offer]),
  ],
  controllers: [OffersController, MetricsController],
})
class BareModule {}

collectDefaultMetrics();
const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
