// Every test of the repository. Arguments go to vitest: `npm test -- registry/core`.
import { runOrExit, tool } from "./run.mjs"

runOrExit(tool("tsx"), ["scripts/build.ts"])
runOrExit(tool("vitest"), ["run", ...process.argv.slice(2)])
