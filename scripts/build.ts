import { join } from "node:path"
import { passes, root, tool } from "./run.mjs"

/** Builds the command, with the registry in it. */
const cli = join(root, "packages/cli")
if (!passes(tool("tsup"), ["--silent"], { cwd: cli })) process.exit(1)
