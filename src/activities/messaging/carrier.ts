/**
 * What a carrier made of one message. Only `refused` and `throttled` are certain not to have been taken: after
 * `unknown` the message may be on its way, so it is never sent again by itself.
 */
export type Sent =
  | { readonly how: 'accepted'; readonly carrierId: string | null }
  /** Before anything was taken. `again`: another try may succeed; otherwise this channel is of no use now. */
  | { readonly how: 'refused'; readonly reason: string; readonly again: boolean }
  | { readonly how: 'throttled'; readonly reason: string }
  | { readonly how: 'unknown'; readonly reason: string };

export interface Outgoing {
  /** A mail address, or a number in E.164. */
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  /** Names the attempt towards the carrier, so that a mail carries it as its Message-ID. Holds nothing personal. */
  readonly attempt: string;
}

/** One channel to people. `send` never throws, and answers within its time-out; reasons carry nothing personal. */
export interface Carrier {
  send(message: Outgoing): Promise<Sent>;
  close(): Promise<void>;
}
