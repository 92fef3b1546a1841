import { rowChecker } from '../../src/intake/row/row.schema';

const check = rowChecker({ lender: 'bank', currency: 'CNY', product: 'credit_card', zone: 'Asia/Shanghai' });
const row = {
  account: 'A-1',
  phone: '+8613800138000',
  address: 'Nanjing Road 1',
  obligations: '2026-03-01:500.00',
};

test('a row says where its numbers and addresses are known from; what it does not say stays unsaid', () => {
  const said = check({ ...row, contact_source: 'left-by-customer' });
  expect(said).toMatchObject({
    row: {
      endpoints: [
        { kind: 'mobile', source: 'left-by-customer' },
        { kind: 'address', source: 'left-by-customer' },
      ],
    },
  });
  const silent = check(row);
  expect('row' in silent && silent.row.endpoints.every((one) => !('source' in one))).toBe(true);
  expect(check({ ...row, contact_source: 'From A Friend' })).toMatchObject({
    issues: [{ code: 'ROW_FIELD_MALFORMED', args: { field: 'contact_source' } }],
  });
});
