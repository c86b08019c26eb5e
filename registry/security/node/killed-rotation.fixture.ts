/**
 * The process that tests kill. It rotates the keys of a folder, once it is told to go. Arguments: the folder, and at which
 * change of a file it dies, counted from 1; without it, it waits to be killed.
 */
import { once } from "node:events"
import fs from "node:fs/promises"
import { syncBuiltinESMExports } from "node:module"
import { createStackdock } from "../../engine/stackdock.ts"
import { embeddedStore } from "../../stores/sql/node/embedded.ts"
import { keyFileVault } from "./key-file.ts"

const [folder = "", dieAt = "0"] = process.argv.slice(2)

let changes = 0
const mortal = <Args extends unknown[], Result>(change: (...args: Args) => Result) => {
  return (...args: Args): Result => {
    // Reading is no change.
    if (args[1] !== "r") changes += 1
    if (changes === Number(dieAt)) process.kill(process.pid, "SIGKILL")
    return change(...args)
  }
}
const { link, open, rename, rm, writeFile } = fs
Object.assign(fs, {
  link: mortal(link),
  open: mortal(open),
  rename: mortal(rename),
  rm: mortal(rm),
  writeFile: mortal(writeFile),
})
syncBuiltinESMExports()

const stackdock = createStackdock({
  docks: [],
  store: embeddedStore(`${folder}/stackdock.db`),
  vault: keyFileVault(`${folder}/key`),
})
console.log("ready")
await once(process.stdin, "data")
const { resealed } = await stackdock.rotateKeys()
await stackdock.close()
console.log(`done ${resealed} after ${changes} changes`)
process.exit(0)
