import { createHash, randomBytes } from 'node:crypto';

/** A new opaque reference: 16 letters and digits that say nothing about whom they stand for. */
export function newRef(): string {
  return randomBytes(12).toString('base64url').replace(/[-_]/g, 'x').toLowerCase();
}

/** sha-256 of a value's canonical JSON: keys sorted, undefined left out. Equal content has an equal hash. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** JSON with the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** The person's stable test digit, 0 to 99, from what the lender calls the person. */
export function digitOf(lender: string, person: string): number {
  const hash = createHash('sha256').update(`${lender} ${person}`).digest();
  return hash.readUInt32BE(0) % 100;
}
