import { ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/**
 * The context for recurring background work that serves no request: it joins no trace and starts none. Use with
 * `context.with(APART, …)`.
 */
export const APART = suppressTracing(ROOT_CONTEXT);
