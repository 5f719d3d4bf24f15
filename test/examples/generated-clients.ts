import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { REPOSITORY } from '../boundaries/source-tree.js';

export interface Order {
  readonly url: string;
  readonly token: string;
  readonly offerId: string;
  readonly walletId: string;
}

/** Finds the offer, books it, and waits: what the booking has become. */
export type Book = (order: Order) => Promise<{ status: string; total: string }>;

interface Generator {
  /** The script of the package, and its arguments; it writes into the folder that it is called in. */
  readonly command: readonly [script: string, ...args: string[]];
  /** What a developer writes on top. */
  readonly program: string;
}

const DOCUMENT = join(REPOSITORY, 'docs', 'openapi.json');
const ORDER = 'order: { url: string; token: string; offerId: string; walletId: string }';
const PAUSE = 'const pause = () => new Promise((resolve) => setTimeout(resolve, 200));';

export const GENERATORS: Readonly<Record<string, Generator>> = {
  'openapi-typescript': {
    command: ['openapi-typescript/bin/cli.js', DOCUMENT, '--output', 'schema.ts'],
    program: `
import createClient from 'openapi-fetch';
import type { paths } from './schema';
${PAUSE}
export async function book(${ORDER}) {
  const api = createClient<paths>({ baseUrl: order.url, headers: { authorization: \`Bearer \${order.token}\` } });
  const found = await api.GET('/v1/offers', { params: { query: { status: 'available' } } });
  const offer = found.data?.items.find(({ id }) => id === order.offerId);
  if (!offer) throw new Error(found.error?.detail ?? 'no offer');
  const { data, error } = await api.POST('/v1/offers/{id}/bookings', {
    params: { path: { id: offer.id } },
    body: { walletId: order.walletId, durationHours: 1, pricePerHour: offer.pricePerHour, withoutAgent: true },
  });
  if (!data) throw new Error(error.detail);
  for (let booking = data; ; await pause()) {
    if (booking.status !== 'requested') return booking;
    booking = (await api.GET('/v1/bookings/{id}', { params: { path: { id: data.id } } })).data ?? booking;
  }
}`,
  },
  'hey-api': {
    command: ['@hey-api/openapi-ts/bin/run.js', '-i', DOCUMENT, '-o', 'sdk', '-c', '@hey-api/client-fetch'],
    program: `
import { client } from './sdk/client.gen';
import { bookOffer, getBooking, listOffers } from './sdk';
${PAUSE}
export async function book(${ORDER}) {
  client.setConfig({ baseUrl: order.url, auth: order.token, throwOnError: true });
  const { data: offers } = await listOffers({ query: { status: 'available' }, throwOnError: true });
  const offer = offers.items.find(({ id }) => id === order.offerId);
  if (!offer) throw new Error('no offer');
  const body = { walletId: order.walletId, durationHours: 1, pricePerHour: offer.pricePerHour, withoutAgent: true };
  let { data: booking } = await bookOffer({ path: { id: offer.id }, body, throwOnError: true });
  for (; booking.status === 'requested'; await pause()) {
    booking = (await getBooking({ path: { id: booking.id }, throwOnError: true })).data;
  }
  return booking;
}`,
  },
  'openapi-typescript-codegen': {
    command: ['openapi-typescript-codegen/bin/index.js', '--input', DOCUMENT, '--output', 'api', '--client', 'fetch'],
    program: `
import { MarketplaceService, OpenAPI } from './api';
${PAUSE}
export async function book(${ORDER}) {
  OpenAPI.BASE = order.url;
  OpenAPI.TOKEN = order.token;
  const offers = await MarketplaceService.listOffers(undefined, 100, 'available');
  const offer = offers.items.find(({ id }) => id === order.offerId);
  if (!offer) throw new Error('no offer');
  const body = { walletId: order.walletId, durationHours: 1, pricePerHour: offer.pricePerHour, withoutAgent: true };
  let booking = await MarketplaceService.bookOffer(offer.id, body);
  for (; booking.status === 'requested'; await pause()) booking = await MarketplaceService.getBooking(booking.id);
  return booking;
}`,
  },
};

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['*/*.ts', '*/*/**/*.ts'],
};

/** A folder with the clients that the generators make of docs/openapi.json, each with a program on top. */
export class GeneratedClients {
  private readonly root = mkdtempSync(join(tmpdir(), 'clients-'));

  /** @throws Error with what a generator says against the document */
  async generate(): Promise<void> {
    writeFileSync(join(this.root, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    writeFileSync(join(this.root, 'package.json'), '{"type":"module"}');
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.root, 'node_modules'));
    for (const [name, { command, program }] of Object.entries(GENERATORS)) {
      const path = this.programOf(name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, program);
      const [script, ...args] = command;
      await this.run(join(REPOSITORY, 'node_modules', script), args, dirname(path));
    }
  }

  /** @throws Error with what the compiler says against a client or a program */
  async compile(): Promise<void> {
    await this.run(join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc'), ['-p', this.root], this.root);
  }

  async load(name: string): Promise<Book> {
    const url = pathToFileURL(this.programOf(name)).href;
    return ((await import(/* @vite-ignore */ url)) as { book: Book }).book;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private programOf(name: string): string {
    return join(this.root, name, 'book.ts');
  }

  private async run(script: string, args: readonly string[], cwd: string): Promise<void> {
    try {
      await promisify(execFile)(process.execPath, [script, ...args], { cwd, maxBuffer: 16 * 1024 * 1024 });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${script} refused: ${stdout}${stderr}`);
    }
  }
}
