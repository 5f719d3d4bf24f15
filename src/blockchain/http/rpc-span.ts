import { context as otel, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('blockchain');
const METHOD = /^(eth|net|web3)_[A-Za-z]{1,40}$/;
const METHOD_NOT_FOUND = '-32601';
/** OpenTelemetry's name for unknown values: input from callers never becomes a name. */
const OTHER = '_OTHER';
const ERROR_CODE = /^\{"error":\{"code":(-?\d+)/;

/** Runs one JSON-RPC call, single or from a batch, in a span. @param call answers with JSON: a result or an error */
export async function inRpcSpan(method: string, call: () => Promise<string>): Promise<string> {
  const known = METHOD.test(method) ? method : OTHER;
  const attributes = { 'rpc.system.name': 'jsonrpc', 'rpc.method': known };
  const span = tracer.startSpan(known, { kind: SpanKind.SERVER, attributes });
  try {
    const outcome = await otel.with(trace.setSpan(otel.active(), span), call);
    const [, code] = ERROR_CODE.exec(outcome) ?? [];
    if (code === METHOD_NOT_FOUND) span.updateName(OTHER).setAttribute('rpc.method', OTHER);
    if (code) span.setAttributes({ 'rpc.response.status_code': code, 'error.type': code });
    return outcome;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
