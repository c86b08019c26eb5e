import { APIError } from "better-auth/api"
import { Refusal } from "../server/problem.ts"
import { RateLimiter } from "../server/security/rate-limit.ts"
import type { SignedIn, SignIn } from "../server/sign-in.ts"
import { sqlite } from "../stores/sql/dialect.ts"
import { migrate } from "../stores/sql/migrate.ts"
import { joined, sql } from "../stores/sql/sql.ts"
import { type AuthOptions, setUpBetterAuth } from "./better-auth.ts"
import { isWithoutUsers } from "./first-user.ts"
import { isInvitedByLink, pendingInvitation } from "./invitations.ts"
import { titleOfProvider } from "./providers.ts"
import { migrations } from "./tables.ts"

/** What a page has to know before anybody is signed in. */
export interface SignInChoices {
  /** Nobody is here yet: whoever makes an account now owns the organisation. */
  isFirst: boolean
  /** Accounts can be made without an invitation. */
  isOpen: boolean
  /** A forgotten password can be replaced, by a link that is sent. */
  resetsPasswords: boolean
  providers: { id: string; title: string }[]
}

/**
 * All of better-auth that is reached from outside. Its other endpoints change organisations and members past the permission
 * wrapper and the audit log, or are of no use here.
 */
const reached = new Set([
  "/sign-up/email",
  "/sign-in/email",
  "/sign-in/social",
  "/change-password",
  "/error",
  "/organization/set-active",
  "/organization/accept-invitation",
  "/organization/reject-invitation",
])

/** Reached where a link can be sent. */
const resetting = new Set(["/request-password-reset", "/reset-password"])

/** No address is longer. What is sent as one is remembered for a while, and must not fill the memory. */
const LONGEST_EMAIL = 320

/** Tries of one account, from wherever: few enough that no password is found, and enough that its owner is not locked out. */
const perAccount = { name: "account", burst: 20, perSecond: 1 / 60 }

/** Accounts and sessions, with better-auth. */
export function createAuth(options: AuthOptions): SignIn & { close(): Promise<void> } {
  const { stackdock, database, secret, origin, providers = {}, openSignUp = false, sendResetLink } = options
  if (secret.length < 32) throw new Error("The secret that signs cookies needs 32 characters or more.")
  const tries = new RateLimiter(perAccount)
  let ready: ReturnType<typeof setUp> | undefined
  const auth = () => {
    ready ??= setUp().catch((error: unknown) => {
      ready = undefined
      throw error
    })
    return ready
  }

  async function setUp() {
    await migrate(database, sqlite, migrations, "auth_migrations")
    return setUpBetterAuth(options)
  }

  async function choices(): Promise<SignInChoices> {
    return {
      isFirst: await isWithoutUsers(database),
      isOpen: openSignUp,
      resetsPasswords: sendResetLink !== undefined,
      providers: Object.keys(providers).map((id) => ({ id, title: titleOfProvider(id) })),
    }
  }

  async function answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "")
    const { handler } = await auth()
    if (path === "/choices" && request.method === "GET") return Response.json(await choices())
    if (path === "/invitation" && request.method === "POST") {
      const invitation = await pendingInvitation({ database, stackdock }, await textIn(request, "id"))
      if (invitation) return Response.json(invitation)
      throw new Refusal({
        code: "unknown_invitation",
        status: 404,
        message: "This invitation was used, taken back, or is too old.",
        suggestion: "Ask whoever has sent it for another.",
      })
    }
    if (path === "/sign-in/email" || path === "/request-password-reset") {
      checkTries(await textIn(request, "email"))
    }
    const isReached =
      reached.has(path) || path.startsWith("/callback/") || (sendResetLink && resetting.has(path))
    if (path === "/sign-up/email") await checkMayJoin(request)
    if (isReached) return inProblems(await handler(request))
    throw new Refusal({ code: "unknown_page", status: 404, message: "There is nothing at this address." })
  }

  /** Before anything is looked up: whoever was not invited does not learn who has an account. */
  async function checkMayJoin(request: Request): Promise<void> {
    if (openSignUp || (await isWithoutUsers(database))) return
    if (await isInvitedByLink({ database, stackdock }, request, await textIn(request, "email"))) return
    throw new Refusal({
      code: "invitation_needed",
      status: 403,
      message: "Accounts are made by invitation.",
      suggestion: "Ask somebody who has one for a link.",
    })
  }

  function checkTries(email: string): void {
    if (tries.take(email.trim().toLowerCase().slice(0, LONGEST_EMAIL)).isAllowed) return
    throw new Refusal({
      code: "too_many_requests",
      status: 429,
      message: "This account was tried too often.",
      suggestion: "Wait a minute, and try it again.",
      headers: { "retry-after": "60" },
    })
  }

  return {
    howTo: "Sign in to go on.",
    async whoIs(request): Promise<SignedIn | null> {
      const { api } = await auth()
      const found = await api.getSession({ headers: request.headers })
      if (!found) return null
      const { user, session } = found
      return {
        session: session.id,
        who: { kind: "user", id: user.id, name: user.name, email: user.email },
        orgId: await activeOrganization(user.id, session.activeOrganizationId),
      }
    },
    handle: answer,
    async signOut(request) {
      const { api } = await auth()
      return api.signOut({ headers: request.headers, asResponse: true })
    },
    async invite(request, { orgId: organizationId, email, role }) {
      const { api } = await auth()
      try {
        // The plugin's own type of a role is of the five that it was made with; `checkMayInvite` knows them all.
        const body = { email, role: role as "member", organizationId }
        const { id } = await api.createInvitation({ headers: request.headers, body })
        return { link: `${origin}/#invitation=${encodeURIComponent(id)}` }
      } catch (error) {
        if (error instanceof APIError) throw notInvited(error)
        throw error
      }
    },
    async people(ids) {
      if (ids.length === 0) return []
      await auth()
      const among = joined(
        ids.map((id) => sql`${id}`),
        ", ",
      )
      return database.all(sql`select id, name, email from auth_users where id in (${among})`)
    },
    close: () => database.close(),
  }

  /** The one that was chosen, as long as they still belong to it. */
  async function activeOrganization(
    userId: string,
    chosen: string | null | undefined,
  ): Promise<string | null> {
    if (!chosen) return null
    const own = await stackdock.organizationsOf(userId)
    return own.some(({ organization }) => organization.id === chosen) ? chosen : null
  }
}

/** What better-auth refuses, told as the server tells it. */
async function inProblems(response: Response): Promise<Response> {
  if (response.status < 400) return response
  const told: unknown = await response.json().catch(() => undefined)
  const { code, message }: { code?: unknown; message?: unknown } =
    typeof told === "object" && told !== null ? told : {}
  throw new Refusal({
    code: typeof code === "string" ? code.toLowerCase() : "not_possible",
    // Whatever it answers with is a status that an answer with a body can have.
    status: response.status as Refusal["status"],
    message: typeof message === "string" ? sentence(message) : "The sign-in has refused this.",
  })
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function notInvited({ statusCode, message }: APIError): Refusal {
  return new Refusal({
    code: statusCode === 403 ? "denied" : "not_possible",
    status: statusCode === 403 ? 403 : 409,
    message: sentence(message),
  })
}

async function textIn(request: Request, name: string): Promise<string> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined)
  const value =
    typeof body === "object" && body !== null
      ? Object.entries(body).find(([key]) => key === name)?.[1]
      : undefined
  return typeof value === "string" ? value : ""
}
