const Sequencer = require('@jest/test-sequencer').default;

/**
 * Without the times of an earlier run Jest begins with the largest files, and the longest of ours are small: one of them
 * would go on alone at the end, beside an idle core.
 */
const LONG = [
  'domain/policy/pack/years',
  'client/feed/watch.test',
  'domain/decide/any-life',
  'e2e/life',
  'stack/stack',
];

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = LONG.findIndex((name) => path.includes(name));
      return at < 0 ? LONG.length : at;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
