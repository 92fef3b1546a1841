import { Argument, Command, Option } from 'commander';
import {
  LATE_REASONS,
  RESULT_CODES,
  VISIT_CODES,
  type LateReason,
  type ResultCode,
  type VisitCode,
} from '../../../domain/account/result-codes';
import type { Context } from '../context';
import { factCommand, type FactOptions } from '../facts';

interface OutcomeOptions extends FactOptions {
  readonly channel: string;
  readonly step?: string;
  readonly reason?: LateReason;
  readonly callBackAt?: string;
  readonly followUp?: string;
  readonly agency?: string;
}

/** A call ends with a result code, a visit with one of its own words. */
export function outcome(context: Context): Command {
  const command = new Command('outcome')
    .description('how a call or a visit ended')
    .argument('<account>', "the book's reference or the lender's number")
    .addArgument(
      new Argument('<code>', 'result code of a call, or outcome of a visit').choices([
        ...Object.keys(RESULT_CODES),
        ...VISIT_CODES,
      ]),
    )
    .option('--channel <code>', 'channel of the contact', 'call')
    .option('--step <name>', 'step that asked for it')
    .addOption(
      new Option('--reason <reason>', 'why the person is late, after every right-party contact').choices([
        ...LATE_REASONS,
      ]),
    )
    .option('--call-back-at <moment>', 'when the person asked to be called (RPC-CB)')
    .option('--follow-up <day>', 'the day that was agreed on at a visit')
    .option('--agency <name>', 'the agency that made the contact: it counts for all caps of the person');
  const examples = [
    'outcome 6214-88 NA --step C14',
    'outcome 6214-88 RPC-HARD --reason lost-work --step C14',
    'outcome 6214-88 not-there --step C42',
    'outcome 6214-88 NA --agency north --at 2026-04-10T09:30:00+08:00 --id north-88-17',
  ];
  return factCommand<OutcomeOptions>(command, context, examples, ([, code = ''], options) => {
    const said = {
      ...(options.step === undefined ? {} : { step: options.step }),
      ...(options.agency === undefined ? {} : { agency: options.agency }),
    };
    if (isVisit(code)) {
      const followUp = options.followUp === undefined ? {} : { followUpOn: options.followUp };
      return { kind: 'visit-outcome', code, ...said, ...followUp };
    }
    return {
      kind: 'contact-outcome',
      code: code as ResultCode,
      channel: options.channel,
      ...said,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      ...(options.callBackAt === undefined ? {} : { callBackAt: options.callBackAt }),
    };
  });
}

function isVisit(code: string): code is VisitCode {
  return VISIT_CODES.some((visit) => visit === code);
}
