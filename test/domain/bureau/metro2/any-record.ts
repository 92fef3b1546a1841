import fc from 'fast-check';
import {
  APPENDAGES,
  APPENDAGE_ORDER,
  mayRepeat,
} from '../../../../src/domain/bureau/metro2/layout/appendages';
import { BASE } from '../../../../src/domain/bureau/metro2/layout/base';
import { speaks, type Field, type Layout } from '../../../../src/domain/bureau/metro2/layout/field';
import { HEADER } from '../../../../src/domain/bureau/metro2/layout/header';
import type { Appendage, DataRecord, HeaderRecord } from '../../../../src/domain/bureau/metro2/record';
import { naturalLength } from '../../../../src/domain/bureau/metro2/write/record-text';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const stamp = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19));
/** Printable ASCII; the last one is no blank, for that would be fill. */
const text = (length: number) =>
  fc
    .string({
      unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
      maxLength: length,
    })
    .map((value) => value.replace(/ +$/, ''));
const digits = (length: number) =>
  fc.oneof(
    fc.constant(''),
    fc
      .string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
      .filter((value) => /[1-9]/.test(value)),
  );

function anyValue({ kind, length }: Field): fc.Arbitrary<unknown> {
  if (kind === 'text') return text(length);
  if (kind === 'digits') return digits(length);
  if (kind === 'number') return fc.integer({ min: 0, max: 10 ** length - 1 });
  return fc.option(kind === 'date' ? day : stamp, { nil: null });
}

function anyValues(layout: Layout): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(layout.fields.filter(speaks).map((field) => [field.name, anyValue(field)])),
  );
}

const anyAppendages: fc.Arbitrary<readonly Appendage[]> = fc
  .tuple(
    ...APPENDAGE_ORDER.map((id) =>
      fc.array(
        anyValues(APPENDAGES[id]).map((values) => ({ id, values }) as unknown as Appendage),
        { maxLength: mayRepeat(id) ? 3 : 1 },
      ),
    ),
  )
  .map((groups) => groups.flat());

/** Any record that can be written: values of every kind, any appendages, blank-filled to any length. */
export const anyData: fc.Arbitrary<DataRecord> = fc
  .tuple(anyValues(BASE), anyAppendages, fc.nat({ max: 90 }))
  .map(([values, appendages, fill]) => {
    const record = { kind: 'data', base: { id: 'base', values }, appendages } as unknown as DataRecord;
    return { ...record, length: naturalLength(record) + fill };
  });

export const anyHeader: fc.Arbitrary<HeaderRecord> = anyValues(HEADER).map(
  (values) => ({ kind: 'header', length: 426, header: { id: 'header', values } }) as unknown as HeaderRecord,
);
