import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Whole programs in whole projects: begun first, so that nothing waits for them at the end. */
const LONGEST = ["scripts/docs/docs.test.ts", "packages/cli/test/projects.test.ts", "scripts/interop.test.ts"]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((path) => moduleId.endsWith(path))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    include: ["{registry,packages,scripts}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ["scripts/browser/announce.ts"],
    // Components of Convex bring their test registration as TypeScript source.
    server: { deps: { inline: [/@convex-dev/] } },
    // Vitest leaves one processor free, which of two is half.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
  },
})
