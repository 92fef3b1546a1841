import type { Strategy } from '../domain/strategy/strategy';
import { contentHash } from './ids';

/** The name of a published strategy: sha-256, in hex, of the canonical JSON of its compiled form. */
export function strategyHash(strategy: Strategy): string {
  return contentHash(strategy);
}
