/**
 * The process that tests kill. It syncs the fake dock into a file, over and over, each time another version, and tells
 * which it has done. Arguments: the file, the first version, how long its lease is, and `hang` to stop in the middle of the first listing.
 */
import { once } from "node:events"
import { embeddedStore } from "../stores/sql/node/embedded.ts"
import { someServers, syncFake } from "./fake-dock.fixture.ts"
import { syncVersion } from "./versions.fixture.ts"

const [path = "", first = "0", lease = "", mode] = process.argv.slice(2)
const leaseMs = Number(lease)
const store = embeddedStore(path)

console.log("ready")
await once(process.stdin, "data")

if (mode === "hang") {
  const never = new Promise(() => setInterval(() => {}, 1_000))
  async function* hanging() {
    yield { items: someServers(10) }
    console.log("hanging")
    await never
  }
  await syncFake(store, { servers: hanging }, { now: Date.now, leaseMs })
}
for (let version = Number(first); ; version += 1) {
  const report = await syncVersion(store, version, { leaseMs })
  console.log(report.status === "succeeded" ? `done ${version}` : `failed ${JSON.stringify(report)}`)
}
