import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What starts whole platforms, by how long it takes. */
const longest = [
  'stories/half-year',
  'local/machine',
  'stories/newcomer',
  'local/table-engine',
  'chaos/',
  'cdk/',
];

/** The longest files first: begun last, one of them would keep a single core busy while the other has nothing left. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((part) => moduleId.includes(`/test/${part}`));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

// The engines are started once for the whole run; every test file works in a table of its own.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/engines.setup.ts'],
    sequence: { sequencer: LongestFirst },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    env: { TZ: 'Asia/Shanghai' },
  },
});
