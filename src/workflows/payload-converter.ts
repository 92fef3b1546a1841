import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/** What a payload becomes that cannot be read. */
export interface Malformed {
  readonly malformed: string;
}

export function isMalformed(value: unknown): value is Malformed {
  return typeof value === 'object' && value !== null && typeof (value as Malformed).malformed === 'string';
}

/**
 * Reads what the default converter reads, and never throws. An exception here would fail the account's workflow task
 * at every try, and with it every later message: one broken signal would stop the account for ever. The reason names
 * the kind of breakage only; a parser's own message would quote the payload.
 */
class PatientPayloadConverter implements PayloadConverter {
  toPayload<T>(value: T): Payload {
    return defaultPayloadConverter.toPayload(value);
  }

  fromPayload<T>(payload: Payload): T {
    if (payload === null || payload === undefined) return undefined as T;
    try {
      return defaultPayloadConverter.fromPayload<T>(payload);
    } catch (error) {
      const reason =
        error instanceof SyntaxError ? 'not valid JSON' : 'not in an encoding that is understood';
      return { malformed: reason } satisfies Malformed as T;
    }
  }
}

/** The name is the SDK's: worker and client load it from `payloadConverterPath`. */
export const payloadConverter: PayloadConverter = new PatientPayloadConverter();
