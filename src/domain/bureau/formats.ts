import { FIVE_CLASS } from './five-class/format';
import type { Format } from './format';
import { METRO2 } from './metro2/format';
import type { FormatName } from './reporting';

export const FORMATS: Readonly<Record<FormatName, Format>> = { metro2: METRO2, 'five-class': FIVE_CLASS };
