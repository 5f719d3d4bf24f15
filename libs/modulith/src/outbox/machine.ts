import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { v4 as uuidv4 } from 'uuid';

/**
 * Where the numbers of processes mean the same: this boot of this machine and, where there are such, the namespace. Two
 * machines may have one name; where nothing tells boots apart, each process is taken to be on a machine of its own.
 */
export const machine = machineIdentity(hostname());

/** @param proc where the system tells of itself */
export function machineIdentity(name: string, proc = '/proc'): string {
  return `${name}:${bootId(proc)}${pidNamespace(proc)}`;
}

function bootId(proc: string): string {
  try {
    return readFileSync(`${proc}/sys/kernel/random/boot_id`, 'utf8').trim();
  } catch {
    return uuidv4();
  }
}

function pidNamespace(proc: string): string {
  try {
    return readlinkSync(`${proc}/self/ns/pid`).replace(/^pid:/, '');
  } catch {
    return '';
  }
}
