import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { CLAIM_MS, until } from './nodes.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The transport and the consumer process, translated for plain Node. */
export class CompiledConsumer {
  private readonly running = new Set<Consumer>();

  private constructor(private readonly folder: string) {}

  static async compile(): Promise<CompiledConsumer> {
    // Beneath node_modules, so that imports of packages resolve from there.
    const cache = join(repository, 'node_modules/.cache');
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, 'modulith-transport-'));
    const library = join(folder, 'node_modules/@aitbc/modulith/transport');
    await mkdir(library, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(library, '../package.json'), '{"name":"@aitbc/modulith","type":"module"}');
    const sources = join(repository, 'libs/modulith/src/transport');
    for (const name of await readdir(sources)) if (name.endsWith('.ts')) await translate(join(sources, name), library);
    await translate(join(repository, 'test/transport/consumer-process.ts'), folder);
    return new CompiledConsumer(folder);
  }

  async start(url: string, takesMs = 0): Promise<Consumer> {
    const main = join(this.folder, 'consumer-process.js');
    const child = spawn(process.execPath, [main, url, String(CLAIM_MS), String(takesMs)]);
    const consumer = new Consumer(child);
    this.running.add(consumer);
    await until(() => consumer.said.includes('ready'));
    return consumer;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.running].map((consumer) => consumer.kill()));
    this.running.clear();
  }

  async remove(): Promise<void> {
    await this.killAll();
    await rm(this.folder, { recursive: true });
  }
}

export class Consumer {
  /** What it has written, line by line. */
  readonly said: string[] = [];

  constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (data: Buffer) => this.said.push(...data.toString().trim().split('\n')));
    child.stderr!.pipe(process.stderr);
  }

  get id(): string {
    return `consumer-${this.child.pid}`;
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}

async function translate(source: string, folder: string): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, experimentalDecorators: true },
  });
  await writeFile(join(folder, source.split('/').at(-1)!.replace(/\.ts$/, '.js')), outputText);
}
