/** A calendar day without a zone, `YYYY-MM-DD`: due dates, value dates, day counts. Compares as text. */
export type IsoDate = string;

/** A moment, always UTC and always `YYYY-MM-DDTHH:MM:SS.sssZ`, so that it compares as text. */
export type Instant = string;

/** A local time of day, `HH:MM`. */
export type TimeOfDay = string;

/** An amount in the currency's minor unit (fen, cents). An integer; never a float. */
export type Minor = number;

/** ISO 4217, three capital letters. */
export type Currency = string;

/** An IANA zone such as `Asia/Shanghai`. */
export type Zone = string;

/** What a fact or an attribute may be. */
export type Scalar = string | number | boolean;
