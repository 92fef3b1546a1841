import type { Row } from './support/row';
export async function main(): Promise<Row[]> {
  return [];
}
