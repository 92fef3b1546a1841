import { defaultSinks, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { StrategyCodec } from '../../src/codec/strategy-codec';
import { bundleWorkflows, PAYLOAD_CONVERTER } from '../../src/worker/bundle';
import { quietRuntime, shelf } from '../support/account-worker';
import { commandsOf, comparable, historyOf, recordedLives, type Command } from '../support/recorded-life';

let bundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  quietRuntime();
  bundle = await bundleWorkflows([require.resolve('../support/capture-interceptor')]);
}, 120_000);

const lives = recordedLives();
const runs = lives.flatMap((life) =>
  life.runs.map((run, n) => ({ name: `${life.name}, run ${n + 1}`, life, run })),
);

/** Replays a run with the workflow code of today, and answers what that code asked for. */
async function replay(
  { life, run }: (typeof runs)[number],
  with_: WorkflowBundleWithSourceMap,
): Promise<Command[]> {
  const asked: Command[] = [];
  const command = { fn: (_info: unknown, ...it: Command) => void asked.push(it), callDuringReplay: true };
  await Worker.runReplayHistory(
    {
      workflowBundle: with_,
      sinks: { ...defaultSinks(), capture: { command } },
      dataConverter: {
        payloadConverterPath: PAYLOAD_CONVERTER,
        payloadCodecs: [new StrategyCodec(shelf([life.strategy]))],
      },
    },
    historyOf(run),
    'account:bank:recorded',
  );
  return asked;
}

/** The same bundle with one function changed, as a careless hand would. */
function changed(name: string, body: string): WorkflowBundleWithSourceMap {
  const code = bundle.code.replace(
    `function ${name}(`,
    `function ${name}(...given) { ${body} }\nfunction as_it_was(`,
  );
  expect(code).not.toBe(bundle.code);
  return { ...bundle, code };
}

test('there are recorded lives, with every kind of command in them', () => {
  const kinds = new Set(runs.flatMap(({ run }) => commandsOf(run).map(([name]) => name)));
  expect([...kinds]).toEqual(
    expect.arrayContaining(['contact', 'schedule', 'host', 'close', 'timer', 'continue-as-new']),
  );
});

test.each(runs)('$name: replays, and decides as it was decided', async (recorded) => {
  const asked = await replay(recorded, bundle);
  expect(asked.map(comparable)).toEqual(commandsOf(recorded.run).map(comparable));
});

describe('a deliberately changed decision', () => {
  const withSteps = runs.find(({ run }) => commandsOf(run).some(([name]) => name === 'contact'));

  test('that replays without a word is told from what was decided', async () => {
    if (withSteps === undefined) throw new Error('no recorded run has a message');
    const asked = await replay(withSteps, changed('toneOf', 'return (as_it_was(...given) ?? 0) + 1;'));
    expect(asked.map(comparable)).not.toEqual(commandsOf(withSteps.run).map(comparable));
  });

  test('that asks for another activity does not replay', async () => {
    if (withSteps === undefined) throw new Error('no recorded run has a message');
    await expect(replay(withSteps, changed('activityOf', "return 'legal';"))).rejects.toThrow(/determinism/i);
  });

  test('from the next generation on leaves what was decided alone', async () => {
    if (withSteps === undefined) throw new Error('no recorded run has a message');
    const later = changed(
      'decide',
      "const it = as_it_was(...given); return given[0].generation >= 2 ? { ...it, at: '' } : it;",
    );
    const asked = await replay(withSteps, later);
    expect(asked.map(comparable)).toEqual(commandsOf(withSteps.run).map(comparable));
  });
});
