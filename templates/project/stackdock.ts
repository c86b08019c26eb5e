import { docks } from "./docks/index.ts"
import { createStackdock } from "./engine/stackdock.ts"
import { keyFileVault } from "./security/node/key-file.ts"
import { embeddedStore } from "./stores/sql/node/embedded.ts"

/** This file is yours: say here where rows are kept and where the key comes from. */
export default createStackdock({
  docks,
  store: embeddedStore(".stackdock/stackdock.db"),
  vault: keyFileVault(".stackdock/key"),
})
