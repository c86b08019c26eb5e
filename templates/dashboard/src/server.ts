import { join } from "node:path"
import { createAuth } from "./stackdock/auth/auth.ts"
import { secretFromFile } from "./stackdock/auth/node/secret-file.ts"
import { providersFrom } from "./stackdock/auth/providers.ts"
import type { Stackdock } from "./stackdock/engine/stackdock.ts"
import { forwardedAddress, socketAddress } from "./stackdock/server/node/address.ts"
import { createServer, type StackdockServer } from "./stackdock/server/server.ts"
import { embeddedDatabase } from "./stackdock/stores/sql/node/embedded.ts"

export interface AppOptions {
  stackdock: Stackdock
  /** Where people open it. What is sent to any other address is refused. */
  origin: string
  /** The folder of what is kept: accounts, and the secret that signs their cookies. */
  folder: string
  /** The built app. While you work, Vite has the pages. */
  pages?: (request: Request) => Promise<Response | undefined>
}

/** This file is yours: who may sign in, and what is served beside the dashboard. */
export function createApp({ stackdock, origin, folder, ...pages }: AppOptions): StackdockServer {
  // All that a proxy passes on comes from its own address: without this, tries at anybody's password are everybody's.
  const proxies = Number(process.env["PROXIES"] ?? 0)
  const auth = createAuth({
    stackdock,
    database: embeddedDatabase(join(folder, "accounts.db")),
    secret: process.env["AUTH_SECRET"] ?? secretFromFile(join(folder, "auth-secret")),
    origin,
    // Sign-in with GitHub or Google: set GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET, or those of Google.
    providers: providersFrom(process.env),
  })
  const server = createServer({
    stackdock,
    signIn: auth,
    origins: [origin],
    addressOf: proxies > 0 ? forwardedAddress(proxies) : socketAddress,
    ...pages,
  })
  return {
    ...server,
    async close() {
      await server.close()
      await auth.close()
    },
  }
}
