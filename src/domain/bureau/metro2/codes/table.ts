/** A table of codes: the code and what it says. */
export type CodeTable = Readonly<Record<string, string>>;

export function knows(table: CodeTable, code: string): boolean {
  return Object.hasOwn(table, code);
}

/** What the code says; undefined for one that the table does not have. */
export function meaning(table: CodeTable, code: string): string | undefined {
  return knows(table, code) ? table[code] : undefined;
}
