/**
 * What is carried to the next run: without what is empty, which `migrate` and `readCarried` make up again. A history
 * holds it twice at every continue-as-new.
 */
export function lean<T extends object>(whole: T): Partial<T> {
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => !isEmpty(value))) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
