import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { v4 as uuidv4 } from 'uuid';

/**
 * Identifies the scope in which process ids are unique: this boot of this machine and, if there are any, the PID
 * namespace. Machines may share a name; if the system does not identify boots, each process counts as a machine of its
 * own.
 */
export const machine = machineIdentity(hostname());

/** @param proc path of the proc file system */
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
