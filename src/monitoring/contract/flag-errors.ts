import { DomainError } from '@aitbc/modulith';

export class FlagNotFound extends DomainError {
  static override readonly code = 'monitoring.flag_not_found';
  static override readonly kind = 'not_found';
  constructor(key: string) {
    super('There is no such flag.', { key });
  }
}

export class FlagExists extends DomainError {
  static override readonly code = 'monitoring.flag_exists';
  static override readonly kind = 'conflict';
  constructor(key: string) {
    super('There is a flag with this key already; change that one.', { key });
  }
}

/** Changed concurrently; the caller has to read the stored flag first. */
export class FlagChanged extends DomainError {
  static override readonly code = 'monitoring.flag_changed';
  static override readonly kind = 'precondition_failed';
  constructor(key: string, version: number) {
    super('The flag has been changed meanwhile; read it again.', { key, version });
  }
}

export class FlagArchived extends DomainError {
  static override readonly code = 'monitoring.flag_archived';
  static override readonly kind = 'conflict';
  constructor(key: string) {
    super('The flag is archived; create it again to use it.', { key });
  }
}

export class FlagNeeded extends DomainError<{ key: string; by: readonly string[] }> {
  static override readonly code = 'monitoring.flag_needed';
  static override readonly kind = 'conflict';
  constructor(key: string, by: readonly string[]) {
    super(`Other flags have this one as a prerequisite: ${by.join(', ')}.`, { key, by });
  }
}

export class FlagTooLarge extends DomainError {
  static override readonly code = 'monitoring.flag_too_large';
  static override readonly kind = 'too_large';
  constructor(key: string, mostBytes: number) {
    super(`A flag takes at most ${mostBytes} bytes as JSON.`, { key, mostBytes });
  }
}

/** Limited because every process holds all flags. */
export class TooManyFlags extends DomainError {
  static override readonly code = 'monitoring.too_many_flags';
  static override readonly kind = 'conflict';
  constructor(mostFlags: number, mostBytes: number) {
    super(`There are ${mostFlags} flags at most, of ${mostBytes} bytes together: archive some.`, {
      mostFlags,
      mostBytes,
    });
  }
}
