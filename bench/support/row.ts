/** One measured figure of a bench, as it is printed and written to docs/bench.md. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What it should be, where the project has set itself an aim. */
  readonly aim?: string;
  readonly met?: boolean;
}

const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const whole = (n: number): string => thousands.format(n);

/** `8.1 KB`; a KB is 1,024 bytes. */
export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

export function atMost(what: string, measured: number, most: number, text = whole): Row {
  return { what, measured: text(measured), aim: `at most ${text(most)}`, met: measured <= most };
}
