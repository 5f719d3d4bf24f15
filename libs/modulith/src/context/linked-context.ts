import type { Context } from '@opentelemetry/api';

/**
 * An OpenTelemetry context that holds one value more than its parent. OpenTelemetry's own copies a map and makes three
 * closures for each value that is added, several times the cost of the rest of a local call.
 */
export class LinkedContext implements Context {
  constructor(
    private readonly parent: Context,
    private readonly key: symbol,
    private readonly value: unknown,
  ) {}

  getValue(key: symbol): unknown {
    return key === this.key ? this.value : this.parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new LinkedContext(this, key, value);
  }

  deleteValue(key: symbol): Context {
    return new LinkedContext(this, key, undefined);
  }
}
