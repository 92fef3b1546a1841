import type { Client } from '@temporalio/client';
import { readHistories, type Run } from '../life/histories';

/** One of the three that are compared: it lives so many lives at once, to their ends. */
export interface Side {
  readonly name: string;
  readonly live: (lives: number) => Promise<Lived>;
  /** The histories of the first life that it lived, to show that the sides carry the same. */
  readonly sample: () => Promise<readonly Run[]>;
}

export interface Lived {
  readonly lives: number;
  readonly seconds: number;
  /** Processor seconds of the worker's process, with the client that starts and tells. */
  readonly cpu: number;
}

/** What the lives of one side took together. */
export async function timed(lives: number, work: () => Promise<void>): Promise<Lived> {
  const from = process.hrtime.bigint();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  return { lives, seconds, cpu: (user + system) / 1e6 };
}

export function together(all: readonly Lived[]): Lived {
  const sum = (of: (one: Lived) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    lives: sum(({ lives }) => lives),
    seconds: sum(({ seconds }) => seconds),
    cpu: sum(({ cpu }) => cpu),
  };
}

export interface First {
  readonly workflowId: string;
  readonly runId: string;
}

export async function readFirst(client: Client, first: First | null): Promise<readonly Run[]> {
  return first === null ? [] : readHistories(client, first.workflowId, first.runId);
}

let count = 0;
/** A name that no life had before. */
export function fresh(prefix: string): string {
  count += 1;
  return `${prefix}${count}`;
}
