// Loaded before the command: makes the nth change to the disk fail, or kills the process there.
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const at = Number(process.env["FAULT_AT"])
const code = process.env["FAULT_CODE"]
let count = 0

for (const name of ["mkdirSync", "writeFileSync", "copyFileSync", "renameSync", "unlinkSync"]) {
  const real = fs[name]
  fs[name] = (...args) => {
    if (++count === at) {
      if (code === "SIGKILL") process.kill(process.pid, "SIGKILL")
      throw Object.assign(new Error(`${code}: injected`), { code, path: String(args[0]) })
    }
    return real(...args)
  }
}
syncBuiltinESMExports()
