import { Cursors, DEFAULT_PAGE_LIMIT, MAX_INTEGER, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import { getAddress } from 'viem';
import { ChainAnswers } from '../chain/chain-answers.js';
import { StoredBlock } from '../chain/stored-block.entity.js';
import { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { BlockNotFound } from '../contract/errors.js';
import { GetBlock, ListBlocks } from '../contract/queries.js';
import { BlockView } from '../contract/views.js';
import { headerFields } from '../rpc/header-fields.js';

const CURSORS = new Cursors('blockchain.blocks', 'integer');

@QueryHandler(GetBlock)
export class GetBlockHandler implements IQueryHandler<GetBlock> {
  constructor(
    @InjectRepository(StoredBlock, 'blockchain') private readonly blocks: Repository<StoredBlock>,
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
    private readonly answers: ChainAnswers,
  ) {}

  execute({ block }: GetBlock): Promise<BlockView> {
    return this.answers.final(['block', block.toLowerCase()], () => this.read(block));
  }

  private async read(block: string): Promise<BlockView> {
    // No block number exceeds the range of its column.
    if (!block.startsWith('0x') && Number(block) > MAX_INTEGER) throw new BlockNotFound(block);
    const found = await this.blocks.findOneBy(
      block.startsWith('0x') ? { hash: block.toLowerCase() } : { number: Number(block) },
    );
    if (found === null) throw new BlockNotFound(block);
    const transactions = await this.transactions.find({
      where: { blockNumber: found.number },
      order: { position: 'ASC' },
      select: { hash: true },
    });
    return toBlockView(
      found,
      transactions.map(({ hash }) => hash),
    );
  }
}

@QueryHandler(ListBlocks)
export class ListBlocksHandler implements IQueryHandler<ListBlocks> {
  constructor(
    @InjectRepository(StoredBlock, 'blockchain') private readonly blocks: Repository<StoredBlock>,
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
    private readonly answers: ChainAnswers,
  ) {}

  execute(asked: ListBlocks): Promise<Page<BlockView>> {
    const position = CURSORS.position(asked);
    return this.answers.atHead(['blocks', ...(position ?? []), asked.limit], () => this.read(asked, position?.[0]));
  }

  private async read(asked: ListBlocks, before: number | undefined): Promise<Page<BlockView>> {
    const { limit = DEFAULT_PAGE_LIMIT } = asked;
    const where = before === undefined ? {} : { number: LessThan(before) };
    const found = await this.blocks.find({ where, order: { number: 'DESC' }, take: limit + 1 });
    const blocks = found.slice(0, limit);
    const transactions = await this.transactions.find({
      where: { blockNumber: In(blocks.map(({ number }) => number)) },
      order: { position: 'ASC' },
      select: { hash: true, blockNumber: true },
    });
    const hashesOf = (number: number): string[] =>
      transactions.filter(({ blockNumber }) => blockNumber === number).map(({ hash }) => hash);
    return Page.of(
      blocks.map((block) => toBlockView(block, hashesOf(block.number))),
      CURSORS.next(asked, found, limit, ({ number }) => [number]),
    );
  }
}

function toBlockView(block: StoredBlock, transactions: string[]): BlockView {
  const { number, hash, parentHash, stateRoot, sealedAt, gasUsed, size, transactionCount, header } = block;
  const proposer = getAddress(headerFields(header).miner);
  return BlockView.of({
    number,
    hash,
    parentHash,
    stateRoot,
    timestamp: sealedAt,
    proposer,
    gasUsed,
    size,
    transactionCount,
    transactions,
  });
}
