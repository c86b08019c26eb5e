import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { Refusal } from "../../../../registry/server/problem.ts"
import type { SignedIn, SignIn } from "../../../../registry/server/sign-in.ts"

const LINK_MS = 5 * 60_000
const HOW_TO = "Open the studio from the terminal where it runs: press o there."

interface Session {
  id: string
  cookie: Buffer
  key: Buffer
}

export interface StudioSignIn extends SignIn {
  /** What stands in a link: good for one browser, once, for five minutes. */
  newToken(): string
}

/**
 * Whoever opens the link that the terminal shows is the person at the terminal. The browser gets two halves for it: a cookie
 * that no script reads, and a key that only pages of this origin read. Browsers send cookies to every port of a machine, so
 * to another user's server too: without the key, it opens nothing.
 */
export function studioSignIn({
  port,
  instance,
  onOpened,
}: {
  port: number
  /** By which another start of the command knows this one. */
  instance: string
  onOpened(): void
}): StudioSignIn {
  const cookieName = `stackdock-${port}`
  const tokens = new Map<string, { digest: Buffer; until: number }>()
  const sessions: Session[] = []

  function takeToken(given: string): boolean {
    const now = Date.now()
    const digest = digestOf(given)
    let found = false
    for (const [id, token] of tokens) {
      const isIt = timingSafeEqual(token.digest, digest)
      if (isIt && token.until > now) found = true
      if (isIt || token.until <= now) tokens.delete(id)
    }
    return found
  }

  async function open(request: Request): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined)
    const given = typeof body === "object" && body !== null && "token" in body ? body.token : undefined
    if (typeof given !== "string" || !takeToken(given)) {
      throw new Refusal({
        code: "used_link",
        status: 401,
        message: "This link was used, or is too old.",
        suggestion: HOW_TO,
      })
    }
    const [cookie, key] = [random(), random()]
    sessions.push({ id: random(), cookie: digestOf(cookie), key: digestOf(key) })
    onOpened()
    return Response.json(
      { key },
      { headers: { "set-cookie": `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict` } },
    )
  }

  return {
    howTo: HOW_TO,
    newToken() {
      const token = random()
      tokens.set(random(), { digest: digestOf(token), until: Date.now() + LINK_MS })
      return token
    },
    async whoIs(request): Promise<SignedIn | null> {
      const cookie = digestOf(cookieNamed(cookieName, request) ?? "")
      const key = digestOf(request.headers.get("x-stackdock-key") ?? "")
      let found: Session | undefined
      for (const session of sessions) {
        const [hasCookie, hasKey] = [
          timingSafeEqual(session.cookie, cookie),
          timingSafeEqual(session.key, key),
        ]
        if (hasCookie && hasKey) found = session
      }
      return found ? { session: found.id, who: { kind: "process" }, orgId: null } : null
    },
    async handle(request) {
      const { pathname } = new URL(request.url)
      if (pathname === "/api/auth/open" && request.method === "POST") return open(request)
      if (pathname === "/api/auth/instance" && request.method === "GET") return Response.json({ instance })
      throw new Refusal({ code: "unknown_page", status: 404, message: "There is nothing at this address." })
    },
  }
}

function random(): string {
  return randomBytes(32).toString("base64url")
}

/** Digests are of one length, and can be compared without telling how far they are the same. */
function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}

function cookieNamed(name: string, request: Request): string | undefined {
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
}
