import { join } from "node:path"
import { root, runOrExit } from "./run.mjs"

/** Builds the command, with the registry in it. */
const cli = join(root, "packages/cli")
runOrExit(process.execPath, ["node_modules/tsup/dist/cli-default.js", "--silent"], { cwd: cli })
