import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { StrategyCodec } from '../../src/codec/strategy-codec';

const document = { name: 'small', steps: [] };
const input = { strategy: { hash: 'abc' }, clock: { kind: 'real' } };
const shelf = async (hash: string): Promise<unknown> => {
  if (hash !== 'abc') throw new Error('unknown');
  return document;
};
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const value = (of: Payload | undefined): unknown => of && defaultPayloadConverter.fromPayload(of);

test('puts the document into an account’s input, and takes it out again', async () => {
  const codec = new StrategyCodec(shelf);
  const [decoded] = await codec.decode([payload(input)]);
  expect(value(decoded)).toEqual({ ...input, strategy: { hash: 'abc', document } });
  const [encoded] = await codec.encode([decoded ?? {}]);
  expect(value(encoded)).toEqual(input);
});

test('never believes a document that somebody sent along', async () => {
  const forged = { ...input, strategy: { hash: 'abc', document: { name: 'forged' } } };
  const [decoded] = await new StrategyCodec(shelf).decode([payload(forged)]);
  expect(value(decoded)).toMatchObject({ strategy: { document: { name: 'small' } } });
  const unknown = { ...input, strategy: { hash: 'other', document: { name: 'forged' } } };
  const said: string[] = [];
  const [left] = await new StrategyCodec(shelf, (hash) => said.push(hash)).decode([payload(unknown)]);
  expect(value(left)).toEqual({ ...input, strategy: { hash: 'other' } });
  expect(said).toEqual(['other']);
});

test.each<[string, Payload]>([
  ['nothing', {}],
  ['no data', { metadata: {} }],
  ['broken JSON', { data: Buffer.from('{"hash":') }],
  ['null', payload(null)],
  ['a report, which names the strategy by its hash alone', payload({ strategy: 'abc', hash: 1 })],
  ['a text', payload('"hash"')],
  ['bytes', { data: Buffer.from([0xff, 0x22, 0x68]) }],
])('leaves %s as it is', async (_what, given) => {
  const codec = new StrategyCodec(shelf);
  expect(await codec.decode([given])).toEqual([given]);
  expect(await codec.encode([given])).toEqual([given]);
});
