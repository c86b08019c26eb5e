import { signIn } from "./auth.ts"
import type { ConvexSetup } from "./convex/setup.ts"
import { docks } from "./docks/index.ts"

declare const process: { env: Record<string, string | undefined> }

/** This file is yours: say here what the functions of your deployment work with. */
const setup: ConvexSetup = {
  docks,
  // Make it once: npx stackdock keys new | npx convex env set STACKDOCK_KEYS
  keys: process.env["STACKDOCK_KEYS"],
  signIn,
}
export default setup
