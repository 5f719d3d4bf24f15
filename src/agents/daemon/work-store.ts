import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assignment, AttemptRef, Outcome } from './protocol.js';

/** A job from its assignment until the platform has its outcome. */
export interface Work {
  assignment: Assignment;
  outcome?: Outcome;
}

/** The work of an earlier run is unreadable. */
export class WorkProblem extends Error {}

const idPattern = /^[0-9a-f-]{36}$/;

/** Stores work on disk, so that a restarted daemon resumes. Files are replaced atomically. */
export class WorkStore {
  private readonly folder: string;

  constructor(home: string) {
    this.folder = join(home, 'work');
  }

  async save(work: Work): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = this.pathOf(work.assignment);
    const draft = await open(`${path}.draft`, 'w', 0o600);
    try {
      await draft.writeFile(JSON.stringify(work));
      await draft.sync();
    } finally {
      await draft.close();
    }
    await rename(`${path}.draft`, path);
  }

  async remove(attempt: AttemptRef): Promise<void> {
    await rm(this.pathOf(attempt), { force: true });
  }

  /** The work left by an earlier run; deletes partially written files. */
  async list(): Promise<Work[]> {
    const names = await readdir(this.folder).catch(noneYet);
    const drafts = names.filter((name) => name.endsWith('.draft'));
    await Promise.all(drafts.map((name) => rm(join(this.folder, name))));
    const files = names.filter((name) => name.endsWith('.json')).map((name) => this.read(join(this.folder, name)));
    return Promise.all(files);
  }

  private async read(path: string): Promise<Work> {
    const text = await readFile(path, 'utf8');
    try {
      return JSON.parse(text) as Work;
    } catch {
      throw new WorkProblem(`${path} is damaged: remove it, and the platform gives its job to an agent again.`);
    }
  }

  private pathOf({ jobId, attempt }: AttemptRef): string {
    // The id comes from the network and becomes a file name.
    if (!idPattern.test(jobId) || !Number.isInteger(attempt)) throw new Error(`Not an attempt: ${jobId} ${attempt}`);
    return join(this.folder, `${jobId}-${attempt}.json`);
  }
}

/** The folder does not exist before the first work. */
function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
