import { textParts } from '../../src/activities/messaging/text-parts';

describe('a text as SMS parts', () => {
  it('sends GSM text of 160 characters whole and 161 in two', () => {
    expect(textParts('a'.repeat(160), 1)).toMatchObject({ dataCoding: 0 });
    expect(textParts('a'.repeat(160), 1).bodies.map((b) => b.length)).toEqual([160]);
    expect(textParts('a'.repeat(161), 1).bodies.map((b) => b.length)).toEqual([6 + 153, 6 + 8]);
  });
  it('sends Chinese as UCS-2, 70 characters whole and 71 in two', () => {
    expect(textParts('还'.repeat(70), 1)).toMatchObject({ dataCoding: 8 });
    expect(textParts('还'.repeat(70), 1).bodies.map((b) => b.length)).toEqual([140]);
    expect(textParts('还'.repeat(71), 1).bodies.map((b) => b.length)).toEqual([6 + 134, 6 + 8]);
  });
  it('tears neither an escape sequence nor a surrogate pair', () => {
    const euro = textParts('a'.repeat(152) + '€' + 'b'.repeat(20), 1).bodies;
    expect(euro[0]!.length).toBe(6 + 152);
    expect(euro[1]!.subarray(6, 8)).toEqual(Buffer.from([0x1b, 0x65]));
    const rare = textParts('还'.repeat(66) + '𠮷' + '款'.repeat(20), 1).bodies;
    expect(rare[0]!.length).toBe(6 + 132);
  });
  it('numbers the parts under one reference', () => {
    const headers = textParts('a'.repeat(400), 0x7f).bodies.map((b) => [...b.subarray(0, 6)]);
    expect(headers).toEqual([
      [5, 0, 3, 0x7f, 3, 1],
      [5, 0, 3, 0x7f, 3, 2],
      [5, 0, 3, 0x7f, 3, 3],
    ]);
  });
});
