import { Injectable, Logger } from '@nestjs/common';
import { SERIES, type SeriesDefinition } from './catalogue.js';
import { type Measure, meanOf } from './measure.js';
import { Points } from './points.js';
import { FINEST, startOfPoint } from './resolutions.js';

export interface SeriesValue {
  readonly at: Date;
  readonly value: number;
}

type Listener = (now: Date) => Promise<void>;

/**
 * The values of the last two hours, in the leading replica's memory. A series without a value at some time, for example
 * because a module did not answer, has a gap there.
 */
@Injectable()
export class Series {
  private readonly logger = new Logger(Series.name);
  private readonly definitions = new Map(SERIES.map((definition) => [definition.name, definition]));
  private readonly recent = new Map<string, SeriesValue[]>();
  private readonly listeners: Listener[] = [];

  constructor(private readonly points: Points) {}

  definitionOf(name: string): SeriesDefinition | undefined {
    return this.definitions.get(name);
  }

  /**
   * The values of the given number of milliseconds before `now`, newest last, at most one every ten seconds. After a
   * collection, pass the collection's time: a collection may take as long as a window.
   */
  window(name: string, milliseconds: number, now: Date): readonly SeriesValue[] {
    const from = now.getTime() - milliseconds;
    const values = this.recent.get(name) ?? [];
    let first = values.length;
    while (first > 0 && values[first - 1]!.at.getTime() > from) first -= 1;
    return values.slice(first);
  }

  /** Calls `listener` on the leading replica after each collection, sequentially; the next collection waits for it. */
  onCollected(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Adds the current measures; a clock that was set back restarts the series from there. */
  add(measures: ReadonlyMap<string, Measure>, now: Date): void {
    const at = startOfPoint(now, FINEST);
    const oldest = now.getTime() - FINEST.keptMs;
    for (const name of this.definitions.keys()) {
      const values = (this.recent.get(name) ?? []).filter((value) => value.at < at && value.at.getTime() > oldest);
      const measure = measures.get(name);
      if (measure) values.push({ at, value: meanOf(measure) });
      this.recent.set(name, values);
    }
  }

  /** Loads the points stored by the previous leader. */
  async reload(now: Date): Promise<void> {
    const points = await this.points.allBetween(FINEST, new Date(now.getTime() - FINEST.keptMs), now, [
      ...this.definitions.keys(),
    ]);
    this.recent.clear();
    for (const point of points) {
      const values = this.recent.get(point.series);
      const value = { at: point.at, value: meanOf(point) };
      if (values) values.push(value);
      else this.recent.set(point.series, [value]);
    }
  }

  async tellListeners(now: Date): Promise<void> {
    for (const listener of this.listeners) {
      try {
        await listener(now);
      } catch (error) {
        this.logger.error('What follows a collection failed', (error as Error).stack);
      }
    }
  }
}
