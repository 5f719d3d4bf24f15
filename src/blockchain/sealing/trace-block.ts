import { parseTraceparent } from '@aitbc/modulith';
import { context as otel, type Link, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { SealedBlock } from '../engine/chain-engine.js';
import type { PooledTransaction } from '../mempool/pooled-transaction.js';

const tracer = trace.getTracer('blockchain');
/** The maximum number of links per span. */
const MAX_LINKS = 128;

/**
 * Seals a block in its own trace, linked to those of its transactions; each of these shows how long its transaction
 * waited, and links to the block. An empty block belongs to no trace.
 */
export async function traceBlock(
  transactions: readonly PooledTransaction[],
  seal: () => Promise<SealedBlock>,
): Promise<SealedBlock> {
  if (transactions.length === 0) return seal();
  const links = transactions.flatMap(({ traceparent }) => linkTo(traceparent)).slice(0, MAX_LINKS);
  const span = tracer.startSpan('seal block', { links }, ROOT_CONTEXT);
  try {
    const sealed = await otel.with(trace.setSpan(otel.active(), span), seal);
    const { number } = sealed.packed.block;
    span.setAttributes({ 'blockchain.block.number': number, 'blockchain.block.transactions': transactions.length });
    const included = new Set(sealed.packed.transactions.map(({ hash }) => hash));
    for (const each of transactions) if (included.has(each.hash)) showInclusion(each, number, span);
    return sealed;
  } catch (error) {
    span.recordException(error as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function showInclusion({ hash, receivedAt, traceparent }: PooledTransaction, block: number, sealing: Span): void {
  const submitted = parseTraceparent(traceparent);
  if (!submitted) return;
  const attributes = { 'blockchain.transaction.hash': hash, 'blockchain.block.number': block };
  const links = [{ context: sealing.spanContext() }];
  tracer
    .startSpan(
      'transaction waits for its block',
      { startTime: new Date(receivedAt), attributes, links },
      trace.setSpanContext(ROOT_CONTEXT, submitted),
    )
    .end();
}

function linkTo(traceparent: string | undefined): Link[] {
  const context = parseTraceparent(traceparent);
  return context ? [{ context }] : [];
}
