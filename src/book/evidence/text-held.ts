import type { Transaction } from 'kysely';
import type { Forbidden } from '../../domain/policy/forbidden-text';
import type { Instant } from '../../domain/units';
import type { Tables } from '../tables';
import { keepEvidence } from './chain';

/** Keeps that a text was held back for a phrase. The text itself may name a person and is not kept here. */
export function noteTextHeld(
  tx: Transaction<Tables>,
  person: string,
  held: {
    readonly account: string;
    readonly at: Instant;
    /** Null: a letter, for which the gate had not been asked. */
    readonly attempt: string | null;
    /** Of the template. */
    readonly hash: string;
    readonly found: Forbidden;
  },
): Promise<void> {
  const { account, at, attempt, hash, found } = held;
  const body = {
    event: 'text-held',
    attempt,
    template: hash,
    says: found.phrase,
    about: found.rule,
    pack: found.pack,
  };
  return keepEvidence(tx, person, { kind: 'told', account, at, body });
}
