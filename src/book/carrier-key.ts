/** A carrier's message id as it is compared: lower case, without leading zeros. */
export function carrierKey(id: string): string {
  const plain = id.trim().toLowerCase().replace(/^0+/, '');
  return plain === '' ? '0' : plain;
}

/**
 * The keys that a receipt's id may stand for, the likeliest first. Many SMS centres answer a submission with the id
 * in hexadecimal and name it in decimal in the receipt, or the other way round.
 */
export function possibleKeys(id: string): readonly string[] {
  const key = carrierKey(id);
  const keys = [key];
  if (/^\d{1,20}$/.test(key)) keys.push(BigInt(key).toString(16));
  if (/^[0-9a-f]{1,16}$/.test(key)) keys.push(BigInt(`0x${key}`).toString(10));
  return [...new Set(keys)];
}
