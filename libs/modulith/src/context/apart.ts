import { ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/**
 * For what is done again and again in the background, on nobody's account: it belongs to no trace and begins none. Run
 * it with `context.with(APART, …)`.
 */
export const APART = suppressTracing(ROOT_CONTEXT);
