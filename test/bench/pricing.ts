import { defineContract, ModulithModule, Query, View } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { IsInt, IsString, Max, Min } from 'class-validator';

export class Priced extends View {
  id: string;
  total: number;
}

export class AskPrice extends Query<Priced> {
  @IsString() id: string;
  @IsInt() @Min(1) @Max(8760) hours: number;
  @IsInt() @Min(0) perHour: number;
}

export const answer = ({ id, hours, perHour }: AskPrice): Priced => Priced.of({ id, total: hours * perHour });

@QueryHandler(AskPrice)
class AskPriceHandler implements IQueryHandler<AskPrice> {
  async execute(question: AskPrice): Promise<Priced> {
    return answer(question);
  }
}

export const pricing = defineContract('pricing', { queries: [AskPrice], views: [Priced] });

@Module({ imports: [ModulithModule.forModule(pricing)], providers: [AskPriceHandler] })
export class PricingModule {}
