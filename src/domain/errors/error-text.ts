/** One entry of the catalogue: what is wrong, with `{placeholders}`, and what the reader can do about it. */
export interface ErrorText {
  readonly says: string;
  readonly do: string;
}
