import { join } from "node:path"
import { buildStudio } from "./build-studio.ts"
import { root, runOrExit } from "./run.mjs"

/** Builds the command, with the registry and the pages of the studio in it. */
const cli = join(root, "packages/cli")
runOrExit(process.execPath, ["node_modules/tsup/dist/cli-default.js", "--silent"], { cwd: cli })
buildStudio(cli)
