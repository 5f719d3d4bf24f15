import { Redis } from 'ioredis';
import { CommandHandler, EventBus, EventsHandler, type ICommandHandler, type IEventHandler } from '@nestjs/cqrs';
import { Module } from '@nestjs/common';
import {
  Command,
  defineContract,
  defineDatabase,
  durable,
  Event,
  Key,
  ModulithModule,
  Secret,
  View,
} from '@aitbc/modulith';
import { IsString } from 'class-validator';
import { startRedis } from '../../support/redis-server.js';
import { startSystem, until } from './system.js';

const PASSWORD = 'correct horse battery staple';
const TOKEN = 'the-token-that-nobody-may-read';

class TokenView extends View {
  @Secret() token: string;
  visible: string;
}
class SignIn extends Command<TokenView> {
  @IsString() name: string;
  @IsString() @Secret() password: string;
}
class SignedIn extends Event {
  @Key() name: string;
  @Secret() token: string;
}
const door = defineContract('door', { commands: [SignIn], events: [SignedIn], views: [TokenView] });
const diary = defineContract('diary', { subscribes: [durable('NoteDown', SignedIn)] });
const received: string[] = [];

@CommandHandler(SignIn)
class SignInHandler implements ICommandHandler<SignIn> {
  constructor(private readonly events: EventBus) {}

  async execute({ name, password }: SignIn): Promise<TokenView> {
    received.push(password);
    this.events.publish(SignedIn.of({ name, token: TOKEN }));
    return TokenView.of({ token: TOKEN, visible: `hello ${name}` });
  }
}
@EventsHandler(SignedIn)
class NoteDown implements IEventHandler<SignedIn> {
  handle({ token }: SignedIn): void {
    received.push(token);
  }
}
const databaseOf = (module: string) => defineDatabase({ module, entities: [], migrations: [] });
@Module({ imports: [ModulithModule.forModule(door, databaseOf('door'))], providers: [SignInHandler] })
class DoorModule {}
@Module({ imports: [ModulithModule.forModule(diary, databaseOf('diary'))], providers: [NoteDown] })
class DiaryModule {}

describe('what is secret', { timeout: 120_000 }, () => {
  it('is never readable in Redis, neither kept there nor on its way', async () => {
    const server = await startRedis();
    const system = await startSystem({ redisUrl: server.url, contracts: [door, diary] });
    const spy = new Redis(server.url);
    try {
      const seen: string[] = [];
      const monitor = await spy.monitor();
      monitor.on('monitor', (_time: string, args: string[]) => seen.push(args.join(' ')));
      const caller = await system.cluster.start('caller', []);
      await system.cluster.start('door', [DoorModule]);
      await system.cluster.start('diary', [DiaryModule]);
      const answer = await caller.execute<TokenView>(SignIn.of({ name: 'ann', password: PASSWORD }));
      expect(answer.token).toBe(TOKEN);
      await until(() => received.includes(TOKEN));
      await until(() => seen.some((each) => each.includes('hello ann')));
      const everything = [...seen, ...(await dump(spy))].join('\n');
      // What is not secret is found, so that the search is known to work.
      expect(everything).toContain('door.SignIn');
      expect(everything).toContain('ann');
      expect(everything).not.toContain(PASSWORD);
      expect(everything).not.toContain(TOKEN);
      monitor.disconnect();
    } finally {
      spy.disconnect();
      await system.close();
      await server.stop();
    }
    expect(received).toEqual([PASSWORD, TOKEN]);
  });
});

describe('a secret that is being replaced', { timeout: 120_000 }, () => {
  const [OLD, NEW] = ['the secret of before', 'the secret to come'];

  it.each([
    ['old', OLD, NEW],
    ['new', NEW, OLD],
  ])('lets commands and events pass while their process still or already uses the %s one', async (_, own, others) => {
    received.length = 0;
    const system = await startSystem({ contracts: [door, diary] });
    try {
      await system.cluster.start('door', [DoorModule], { secret: own, acceptedSecrets: [others] });
      const rest = { secret: others, acceptedSecrets: [own] };
      const diaries = await system.cluster.start('diary', [DiaryModule], rest);
      const answer = await diaries.execute<TokenView>(SignIn.of({ name: 'ann', password: PASSWORD }));
      expect(answer.token).toBe(TOKEN);
      await until(() => received.includes(TOKEN));
    } finally {
      await system.close();
    }
    expect(received).toEqual([PASSWORD, TOKEN]);
  });
});

/** All that Redis holds, as text. */
async function dump(redis: Redis): Promise<string[]> {
  const keys = await redis.keys('*');
  return Promise.all(
    keys.map(async (key) => {
      const type = await redis.type(key);
      if (type === 'stream') return JSON.stringify(await redis.xrange(key, '-', '+'));
      if (type === 'set') return JSON.stringify(await redis.smembers(key));
      return `${key} ${await redis.get(key)}`;
    }),
  );
}
