import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SHOWN = 16;

/**
 * Prints where the processes whose CPU profiles are in a folder spent their time: shares of the samples, by place. The
 * process that asks comes first; those that had nothing to do are left out.
 */
export function printProfiles(folder) {
  const profiles = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => timesOf(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const most = Math.max(...profiles.map(({ total }) => total));
  for (const { times, total } of profiles.toSorted((a, b) => a.started - b.started)) {
    if (total < most / 2) continue;
    console.log(`\nWhere ${(total / 1e6).toFixed(1)} s of a process went\n`);
    for (const [place, time] of [...times].toSorted((a, b) => b[1] - a[1]).slice(0, SHOWN)) {
      console.log(`  ${((time / total) * 100).toFixed(1).padStart(5)} %  ${place}`);
    }
  }
}

/** The time in which nothing ran counts for nobody. */
function timesOf({ nodes, samples, timeDeltas, startTime }) {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const times = new Map();
  let total = 0;
  samples.forEach((id, at) => {
    const place = places.get(id);
    if (place === undefined) return;
    times.set(place, (times.get(place) ?? 0) + timeDeltas[at]);
    total += timeDeltas[at];
  });
  return { times, total, started: startTime };
}

function placeOf({ functionName, url }) {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url === '') return `native: ${functionName}`;
  if (url.startsWith('node:')) return `Node: ${url.split('/').at(-1)}`;
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url);
  if (inPackage) return inPackage[1];
  const inLibrary = /\/libs\/([^/]+)\/src\/([^/]+)/.exec(url);
  return inLibrary ? `libs/${inLibrary[1]}: ${inLibrary[2]}` : 'the benchmark itself';
}
