import type { Context } from '@opentelemetry/api';

/**
 * An OpenTelemetry context that adds one value to its parent. OpenTelemetry's own context copies a map and creates
 * three closures per added value, which costs several times the rest of a local call.
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
