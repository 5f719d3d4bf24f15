import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { CannotTravel, Codec, type SecretBox, type TravellingType, type TravellingTypes } from './codec.js';
import type { Contract, Subscription } from './define-contract.js';
import {
  DomainError,
  type DomainErrorClass,
  type ErrorDetails,
  InternalError,
  kernelErrors,
  ModulithError,
} from './errors.js';
import { type Class, isBroadcast, keyFieldOf, secretFieldsOf, sharedTypeEntries, versionOf } from './message.js';
import { compileValidator, type Validator } from './validation.js';

export type MessageKind = 'command' | 'query' | 'event' | 'broadcast';

/** What the kernel knows about a message type. */
export interface MessageType extends TravellingType {
  readonly kind: MessageKind;
  /** Kind and wire name, used as span name. */
  readonly label: string;
  /** The span name for sending it to another process. */
  readonly sendLabel: string;
  readonly owner: string;
  readonly version: number;
  readonly keyField?: string;
  readonly validate: Validator;
}

export interface ModuleSubscription extends Subscription {
  readonly module: string;
}

export interface EncodedError {
  readonly code: string;
  readonly message: string;
  readonly details: string;
}

/** The contracts of the whole system, whether hosted here or not: names, owners, codecs, subscriptions. */
export class ContractRegistry implements TravellingTypes {
  readonly codec: Codec;
  private readonly byPrototype = new Map<object, TravellingType>();
  private readonly byWireName = new Map<string, TravellingType>();
  private readonly messages = new Map<object, MessageType>();
  private readonly errors = new Map<string, DomainErrorClass>(kernelErrors.map((each) => [each.code, each]));
  private readonly subscribers = new Map<object, ModuleSubscription[]>();
  private readonly durableTargets = new Map<object, readonly string[]>();

  constructor(
    readonly contracts: readonly Contract[],
    /** Protects `@Secret()` fields. */
    secret: string,
    acceptedSecrets: readonly string[] = [],
  ) {
    this.codec = new Codec(this, aesBox([secret, ...acceptedSecrets]));
    for (const [name, type] of sharedTypeEntries())
      this.addType({ wireName: name, type, secrets: secretFieldsOf(type) });
    for (const contract of contracts) this.addContract(contract);
    for (const contract of contracts) this.addSubscriptions(contract);
  }

  ofPrototype(prototype: object): TravellingType | undefined {
    return this.byPrototype.get(prototype);
  }

  ofWireName(wireName: string): TravellingType | undefined {
    return this.byWireName.get(wireName);
  }

  contractOf(module: string): Contract | undefined {
    return this.contracts.find((each) => each.module === module);
  }

  /** @throws ModulithError when no contract lists the message's class. */
  messageOf(message: object): MessageType {
    const type = this.messages.get(message.constructor);
    if (!type) {
      throw new ModulithError(
        'unknown_message',
        `${message.constructor.name} is in no contract: list it in its module's.`,
      );
    }
    return type;
  }

  messageTypes(): Iterable<MessageType> {
    return this.messages.values();
  }

  messageOfClass(type: object): MessageType | undefined {
    return this.messages.get(type);
  }

  subscribersOf(event: MessageType): readonly ModuleSubscription[] {
    return this.subscribers.get(event.type) ?? [];
  }

  /** The modules with a durable subscription to an event. */
  durableTargetsOf(event: MessageType): readonly string[] {
    let targets = this.durableTargets.get(event.type);
    if (!targets) {
      const durable = this.subscribersOf(event).filter(({ mode }) => mode === 'durable');
      this.durableTargets.set(event.type, (targets = [...new Set(durable.map(({ module }) => module))]));
    }
    return targets;
  }

  encodeError(error: unknown): EncodedError {
    if (error instanceof DomainError && this.errors.get(error.code) === error.constructor) {
      return { code: error.code, message: error.message, details: this.detailsOf(error) };
    }
    const hidden = new InternalError();
    return { code: hidden.code, message: hidden.message, details: '{}' };
  }

  /** Details that cannot be serialized are left out: callers rely on the code and the message. */
  private detailsOf(error: DomainError): string {
    try {
      return this.codec.encode(error.details);
    } catch (cause) {
      if (cause instanceof CannotTravel) return '{}';
      throw cause;
    }
  }

  decodeError(encoded: EncodedError): DomainError {
    const type = this.errors.get(encoded.code) ?? InternalError;
    const error = Object.create(type.prototype as object) as DomainError;
    Object.defineProperties(error, {
      message: { value: encoded.message, configurable: true, writable: true },
      name: { value: type.name, configurable: true, writable: true },
      details: { value: this.codec.decode(encoded.details) as ErrorDetails, enumerable: true },
    });
    Error.captureStackTrace(error);
    return error;
  }

  private addContract(contract: Contract): void {
    const { module } = contract;
    if (this.contracts.filter((each) => each.module === module).length > 1) {
      throw new ModulithError('ambiguous_owner', `Two contracts claim the module "${module}".`);
    }
    const kinds: [MessageKind, readonly Class[]][] = [
      ['command', contract.commands],
      ['query', contract.queries],
      ['event', contract.events],
    ];
    for (const [kind, types] of kinds) for (const type of types) this.addMessage(module, kind, type);
    for (const type of contract.views) this.addType(this.describe(module, type));
    for (const error of contract.errors) this.errors.set(error.code, error);
  }

  private describe(module: string, type: Class): TravellingType {
    return { wireName: `${module}.${type.name}`, type, secrets: secretFieldsOf(type) };
  }

  private addMessage(module: string, kind: MessageKind, type: Class): void {
    const other = this.messages.get(type);
    if (other) {
      throw new ModulithError(
        'ambiguous_owner',
        `${type.name} is listed by "${other.owner}" and by "${module}": a message has exactly one owner.`,
      );
    }
    const described = this.describe(module, type);
    const ownKind = kind === 'event' && isBroadcast(type) ? 'broadcast' : kind;
    const message: MessageType = {
      ...described,
      kind: ownKind,
      label: `${ownKind} ${described.wireName}`,
      sendLabel: `send ${described.wireName}`,
      owner: module,
      version: versionOf(type),
      keyField: keyFieldOf(type),
      validate: compileValidator(type),
    };
    this.messages.set(type, message);
    this.addType(message);
  }

  private addType(type: TravellingType): void {
    const other = this.byWireName.get(type.wireName);
    if (other && other.type !== type.type) {
      throw new ModulithError('ambiguous_owner', `Two classes are called "${type.wireName}".`);
    }
    this.byWireName.set(type.wireName, type);
    this.byPrototype.set(type.type.prototype as object, type);
  }

  private addSubscriptions(contract: Contract): void {
    for (const subscription of contract.subscribes) {
      const type = this.messages.get(subscription.event);
      if (!type || (type.kind !== 'event' && type.kind !== 'broadcast')) {
        throw new ModulithError(
          'unknown_event',
          `"${contract.module}" subscribes ${subscription.handler} to ${subscription.event.name}, an event of no contract.`,
        );
      }
      const all = this.subscribers.get(type.type) ?? [];
      all.push({ ...subscription, module: contract.module });
      this.subscribers.set(type.type, all);
    }
  }
}

function aesBox(secrets: readonly string[]): SecretBox {
  const keys = secrets.map((secret) => createHash('sha256').update('modulith secret fields').update(secret).digest());
  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys[0]!, iv);
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(text) {
      let failure: unknown;
      for (const key of keys) {
        try {
          return unseal(key, text);
        } catch (error) {
          failure = error;
        }
      }
      throw failure;
    },
  };
}

function unseal(key: Buffer, text: string): string {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
