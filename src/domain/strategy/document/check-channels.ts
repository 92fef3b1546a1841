import { CHANNELS } from '../../policy/channels';
import { problem, type Checking } from './checking';
import type { Path, Problem } from './problem';

/** Channels that nothing goes by: a step there reaches nobody, and a cap or hours there, misspelt, limit nothing. */
export function channelProblems(on: Checking): readonly Problem[] {
  const { steps, contact } = on.document;
  const unknown = (channels: readonly string[] | undefined, path: Path): Problem[] =>
    (channels ?? []).flatMap((channel, at) =>
      CHANNELS.includes(channel) ? [] : [said(channel, [...path, at])],
    );
  const said = (channel: string, path: Path): Problem =>
    problem(on, 'error', 'STRATEGY_CHANNEL_UNKNOWN', { channel, known: CHANNELS.join(', ') }, path);
  return [
    ...steps.flatMap(({ channels }, at) => unknown(channels, ['steps', at, 'channels'])),
    ...contact.caps.flatMap(({ channels }, at) => unknown(channels, ['contact', 'caps', at, 'channels'])),
    ...Object.keys(contact.hours)
      .filter((channel) => !CHANNELS.includes(channel))
      .map((channel) => said(channel, ['contact', 'hours', channel])),
  ];
}
