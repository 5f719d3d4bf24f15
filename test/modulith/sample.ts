import { Injectable, Module } from '@nestjs/common';
import {
  CommandHandler,
  EventBus,
  EventsHandler,
  type ICommandHandler,
  type IEventHandler,
  type IQueryHandler,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  afterCommit,
  Command,
  currentPrincipal,
  defineContract,
  defineDatabase,
  DomainError,
  durable,
  Event,
  Key,
  ModulithModule,
  Query,
  requirePrincipal,
  Secret,
  View,
} from '@aitbc/modulith';
import { IsInt, IsString, Max, Min } from 'class-validator';
import {
  Column,
  Entity,
  type MigrationInterface,
  PrimaryColumn,
  type QueryRunner,
  type Repository,
  Table,
} from 'typeorm';

/* A shop that takes orders and a stock that counts them: two modules, no words of this project's domain. */

export class OrderView extends View {
  id: string;
  count: number;
  at: Date;
}

export class TokenView extends View {
  @Secret() token: string;
}

export class PlaceOrder extends Command<OrderView> {
  @IsString() id: string;
  @IsInt() @Min(1) @Max(100) count: number;
}
/** One commit with many events, spread over `keys` ids. */
export class PlaceMany extends Command<void> {
  @IsString() prefix: string;
  @IsInt() events: number;
  @IsInt() keys: number;
}
export class PlaceThenFail extends Command<void> {
  @IsString() id: string;
}
export class IssueToken extends Command<TokenView> {
  @IsString() id: string;
}
export class Relabel extends Command<void> {
  @IsString() id: string;
}
export class GetOrder extends Query<OrderView> {
  @IsString() id: string;
}
export class WhoAmI extends Query<string> {}
export class AskWhileWriting extends Command<void> {
  @IsString() id: string;
}
export class OrderPlaced extends Event {
  @Key() id: string;
  count: number;
  /** What has been ordered under this id so far: tells whether an event came twice, late or not at all. */
  total: number;
  price: bigint;
  at: Date;
}
/** Follows in great numbers; one handler, which writes nothing. */
export class StockMoved extends Event {
  @Key() id: string;
  total: number;
}
export class OrderNotFound extends DomainError<{ id: string }> {
  static override readonly code = 'shop.order_not_found';
  static override readonly kind = 'not_found';
  constructor(id: string) {
    super('There is no such order.', { id });
  }
}

export const shopContract = defineContract('shop', {
  commands: [PlaceOrder, PlaceMany, PlaceThenFail, IssueToken, Relabel, AskWhileWriting],
  queries: [GetOrder, WhoAmI],
  events: [OrderPlaced, StockMoved],
  views: [OrderView, TokenView],
  errors: [OrderNotFound],
});

export class CountStock extends Query<number> {
  @IsString() id: string;
}
export class Increment extends Command<void> {
  @IsString() id: string;
}
export class TakeSlot extends Command<boolean> {
  @IsString() id: string;
  @IsInt() slots: number;
}
export class Reserve extends Command<void> {
  @IsString() id: string;
}

export const stockContract = defineContract('stock', {
  commands: [Increment, TakeSlot, Reserve],
  queries: [CountStock],
  subscribes: [
    durable('CountOrders', OrderPlaced),
    durable('WatchOrders', OrderPlaced),
    durable('FollowMoves', StockMoved),
  ],
});

@Entity('shop_orders')
export class Order {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) count: number;
}

class CreateOrders1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'shop_orders',
        columns: [
          { name: 'id', type: 'varchar', length: '64', isPrimary: true },
          { name: 'count', type: 'integer' },
        ],
      }),
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('shop_orders');
  }
}

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  static runs = 0;
  constructor(
    @InjectRepository(Order, 'shop') private readonly orders: Repository<Order>,
    private readonly events: EventBus,
  ) {}

  async execute({ id, count }: PlaceOrder): Promise<OrderView> {
    PlaceOrderHandler.runs += 1;
    const order = (await this.orders.findOneBy({ id })) ?? this.orders.create({ id, count: 0 });
    order.count += count;
    await this.orders.save(order);
    const at = new Date(1_700_000_000_000);
    this.events.publish(OrderPlaced.of({ id, count, total: order.count, price: 10n ** 30n, at }));
    return OrderView.of({ id, count: order.count, at });
  }
}

@CommandHandler(PlaceMany)
export class PlaceManyHandler implements ICommandHandler<PlaceMany> {
  constructor(
    @InjectRepository(Order, 'shop') private readonly orders: Repository<Order>,
    private readonly events: EventBus,
  ) {}

  async execute({ prefix, events, keys }: PlaceMany): Promise<void> {
    for (let at = 0; at < keys; at++) {
      const id = `${prefix}-${at}`;
      const order = (await this.orders.findOneBy({ id })) ?? this.orders.create({ id, count: 0 });
      for (let turn = at; turn < events; turn += keys) {
        order.count += 1;
        this.events.publish(StockMoved.of({ id, total: order.count }));
      }
      await this.orders.save(order);
    }
  }
}

@CommandHandler(PlaceThenFail)
export class PlaceThenFailHandler implements ICommandHandler<PlaceThenFail> {
  constructor(
    @InjectRepository(Order, 'shop') private readonly orders: Repository<Order>,
    private readonly events: EventBus,
  ) {}

  async execute({ id }: PlaceThenFail): Promise<void> {
    await this.orders.save(this.orders.create({ id, count: 1 }));
    this.events.publish(OrderPlaced.of({ id, count: 1, total: 1, price: 1n, at: new Date() }));
    throw new OrderNotFound(id);
  }
}

@CommandHandler(IssueToken)
export class IssueTokenHandler implements ICommandHandler<IssueToken> {
  constructor(@InjectRepository(Order, 'shop') private readonly orders: Repository<Order>) {}

  async execute({ id }: IssueToken): Promise<TokenView> {
    await this.orders.save(this.orders.create({ id, count: 0 }));
    return TokenView.of({ token: `token-of-${id}` });
  }
}

@CommandHandler(Relabel)
export class RelabelHandler implements ICommandHandler<Relabel> {
  async execute(): Promise<void> {
    throw new TypeError('an inside that nobody may see');
  }
}

@CommandHandler(AskWhileWriting)
export class AskWhileWritingHandler implements ICommandHandler<AskWhileWriting> {
  constructor(
    @InjectRepository(Order, 'shop') private readonly orders: Repository<Order>,
    private readonly queries: QueryBus,
  ) {}

  async execute({ id }: AskWhileWriting): Promise<void> {
    await this.orders.findOneBy({ id });
    await this.queries.execute(CountStock.of({ id }));
  }
}

@QueryHandler(GetOrder)
export class GetOrderHandler implements IQueryHandler<GetOrder> {
  constructor(@InjectRepository(Order, 'shop') private readonly orders: Repository<Order>) {}

  async execute({ id }: GetOrder): Promise<OrderView> {
    const order = await this.orders.findOneBy({ id });
    if (!order) throw new OrderNotFound(id);
    return OrderView.of({ id, count: order.count, at: new Date(0) });
  }
}

@QueryHandler(WhoAmI)
export class WhoAmIHandler implements IQueryHandler<WhoAmI> {
  async execute(): Promise<string> {
    return currentPrincipal() ? requirePrincipal().subject : 'nobody';
  }
}

export const shopDatabase = defineDatabase({
  module: 'shop',
  entities: [Order],
  migrations: [CreateOrders1700000000001],
});

@Module({
  imports: [ModulithModule.forModule(shopContract, shopDatabase)],
  providers: [
    PlaceOrderHandler,
    PlaceManyHandler,
    PlaceThenFailHandler,
    IssueTokenHandler,
    RelabelHandler,
    AskWhileWritingHandler,
    GetOrderHandler,
    WhoAmIHandler,
  ],
})
export class ShopModule {}

@Entity('stock_counts')
export class StockCount {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) total: number;
}

class CreateCounts1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const name of ['stock_counts', 'stock_slots']) {
      await queryRunner.createTable(
        new Table({
          name,
          columns: [
            { name: 'id', type: 'varchar', length: '64', isPrimary: true },
            { name: 'total', type: 'integer' },
          ],
        }),
      );
    }
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('stock_counts');
    await queryRunner.dropTable('stock_slots');
  }
}

@Entity('stock_slots')
export class StockSlot {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) total: number;
}

@CommandHandler(Increment)
export class IncrementHandler implements ICommandHandler<Increment> {
  static committed = 0;

  constructor(@InjectRepository(StockCount, 'stock') private readonly counts: Repository<StockCount>) {}

  async execute({ id }: Increment): Promise<void> {
    const count = (await this.counts.findOneBy({ id })) ?? this.counts.create({ id, total: 0 });
    count.total += 1;
    await this.counts.save(count);
    afterCommit(() => (IncrementHandler.committed += 1));
  }
}

@CommandHandler(TakeSlot)
export class TakeSlotHandler implements ICommandHandler<TakeSlot> {
  constructor(@InjectRepository(StockSlot, 'stock') private readonly slots: Repository<StockSlot>) {}

  /** Counts, then inserts: right only where the database serialises. */
  async execute({ id, slots }: TakeSlot): Promise<boolean> {
    if ((await this.slots.countBy({})) >= slots) return false;
    await this.slots.insert({ id, total: 1 });
    return true;
  }
}

@CommandHandler(Reserve)
export class ReserveHandler implements ICommandHandler<Reserve> {
  async execute(): Promise<void> {}
}

@QueryHandler(CountStock)
export class CountStockHandler implements IQueryHandler<CountStock> {
  constructor(@InjectRepository(StockCount, 'stock') private readonly counts: Repository<StockCount>) {}

  async execute({ id }: CountStock): Promise<number> {
    return (await this.counts.findOneBy({ id }))?.total ?? 0;
  }
}

/** What the test wants the event handlers to do. */
@Injectable()
export class Behaviour {
  /** How many more times the event of an id fails. */
  readonly failures = new Map<string, number>();
  /** Each attempt, as `id:total`. */
  readonly seen: string[] = [];
  readonly seenAt: number[] = [];
  /** Events that were applied twice, late, or after one was missed. */
  readonly outOfOrder: string[] = [];
  gate: Promise<void> = Promise.resolve();

  /** Holds the handlers up until the answer is called. */
  close(): () => void {
    let open!: () => void;
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  attempt(event: OrderPlaced): void {
    this.seen.push(`${event.id}:${event.total}`);
    this.seenAt.push(performance.now());
    const failures = this.failures.get(event.id) ?? 0;
    if (failures === 0) return;
    this.failures.set(event.id, failures - 1);
    throw new Error(`${event.id} is not wanted`);
  }
}

@EventsHandler(OrderPlaced)
export class CountOrders implements IEventHandler<OrderPlaced> {
  constructor(
    @InjectRepository(StockCount, 'stock') private readonly counts: Repository<StockCount>,
    private readonly behaviour: Behaviour,
  ) {}

  async handle(event: OrderPlaced): Promise<void> {
    await this.behaviour.gate;
    const row = (await this.counts.findOneBy({ id: event.id })) ?? this.counts.create({ id: event.id, total: 0 });
    row.total += event.count;
    if (row.total !== event.total) this.behaviour.outOfOrder.push(`${event.id}:${event.total} after ${row.total}`);
    await this.counts.save(row);
    this.behaviour.attempt(event);
  }
}

@EventsHandler(OrderPlaced)
export class WatchOrders implements IEventHandler<OrderPlaced> {
  static readonly watched: OrderPlaced[] = [];

  handle(event: OrderPlaced): void {
    WatchOrders.watched.push(event);
  }
}

@EventsHandler(StockMoved)
export class FollowMoves implements IEventHandler<StockMoved> {
  readonly totals = new Map<string, number>();

  constructor(private readonly behaviour: Behaviour) {}

  async handle({ id, total }: StockMoved): Promise<void> {
    await this.behaviour.gate;
    const before = this.totals.get(id) ?? 0;
    if (total !== before + 1) this.behaviour.outOfOrder.push(`${id}:${total} after ${before}`);
    this.totals.set(id, total);
  }
}

export const stockDatabase = defineDatabase({
  module: 'stock',
  entities: [StockCount, StockSlot],
  migrations: [CreateCounts1700000000001],
});

@Module({
  imports: [ModulithModule.forModule(stockContract, stockDatabase)],
  providers: [
    IncrementHandler,
    TakeSlotHandler,
    ReserveHandler,
    CountStockHandler,
    CountOrders,
    WatchOrders,
    FollowMoves,
    Behaviour,
  ],
})
export class StockModule {}
