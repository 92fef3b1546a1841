import type { ColumnType, Generated } from 'kysely';

/** A JSON column: written as text, read as the value. */
export type Json<T> = ColumnType<T, string, string>;
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
/** A column with a default that may be left out. */
export type Made<T> = Generated<T>;
