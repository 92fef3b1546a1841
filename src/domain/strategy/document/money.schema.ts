import { z } from 'zod';
import { COMPONENTS } from '../../ledger/components';
import { AHEAD } from '../../ledger/loan';
import { GROUPS } from '../../ledger/order';

const percent = z.number().min(0).max(1000);

/** The order in which money pays, by days past due, and what may be charged at most. */
export const moneySchema = z
  .strictObject({
    order: z
      .array(
        z.strictObject({
          from_dpd: z.number().int().min(0).describe('From so many days past due by the contract on'),
          components: z
            .array(z.enum(COMPONENTS))
            .min(1)
            .describe('What is paid first, second …; all five, each once'),
          through: z
            .enum(['part', 'component'])
            .describe(
              'part: the oldest part whole, then the next; component: the first of all parts, then the next',
            ),
          groups: z
            .array(z.enum(GROUPS))
            .min(1)
            .optional()
            .describe('Which parts come first; left out: past-due, due, in-advance'),
        }),
      )
      .min(1)
      .describe('Bands by days past due, the first from 0'),
    ahead: z
      .enum(AHEAD)
      .optional()
      .describe(
        'Money beyond what is due: kept until something is due (keep), pays the next parts, or the last ones',
      ),
    cap: percent
      .optional()
      .describe('Interest and charges together, percent a year of the unpaid principal at most'),
    cap_in_all: percent
      .optional()
      .describe('Interest and charges together, percent of what was lent at most'),
    at_write_off: z.enum(['run', 'stop']).optional().describe('Whether interest and charges run on after it'),
  })
  .describe('How money pays a debt; left out: costs, charges, interest, principal of the oldest part first');
