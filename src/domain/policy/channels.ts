/** Where a person is reached: a kind of endpoint in the book. */
export type EndpointKind = 'mobile' | 'email' | 'address' | 'app';

const KIND_OF_CHANNEL: Readonly<Record<string, EndpointKind>> = {
  sms: 'mobile',
  call: 'mobile',
  voice_ai: 'mobile',
  wechat: 'mobile',
  email: 'email',
  letter: 'address',
  visit: 'address',
  app: 'app',
};

/** The kind of endpoint that a channel needs; null for a channel that nothing is known of. */
export function endpointKind(channel: string): EndpointKind | null {
  return KIND_OF_CHANNEL[channel] ?? null;
}

/** Every channel that a step may go by: those to a person, and those of work that the lender gives away. */
export const CHANNELS: readonly string[] = [...Object.keys(KIND_OF_CHANNEL), 'agency', 'legal', 'host'];

/** The channels that go by a kind of endpoint. */
export function channelsOf(kind: EndpointKind): readonly string[] {
  return Object.keys(KIND_OF_CHANNEL).filter((channel) => KIND_OF_CHANNEL[channel] === kind);
}
