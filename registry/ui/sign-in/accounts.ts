/** What the project's sign-in offers to whoever is not here yet. */
export interface Choices {
  /** Nobody has an account yet: whoever makes one now owns the organisation. */
  isFirst: boolean
  /** Accounts can be made without an invitation. */
  isOpen: boolean
  /** A forgotten password can be replaced, by a link that is sent. */
  resetsPasswords: boolean
  providers: { id: string; title: string }[]
}

export interface Invitation {
  id: string
  email: string
  role: string
  organization: string
}

export interface Account {
  email: string
  password: string
}

/** Why a form was not taken, in words that can be shown. */
export class SignInError extends Error {
  override readonly name = "SignInError"
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export type Accounts = ReturnType<typeof createAccounts>

/** The part of the server's `/api` that needs no session. */
export function createAccounts(api = "/api") {
  async function send<Answer>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${api}/auth/${path}`, {
      method: body === undefined ? "GET" : "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    }).catch(() => {
      throw new SignInError(0, "The server cannot be reached. See whether it is running, and try it again.")
    })
    const answer: unknown = await response.json().catch(() => null)
    if (!response.ok) throw new SignInError(response.status, wordsOf(response.status, answer))
    // What the sign-in beside the server answers; `auth/auth.ts` and better-auth say what that is.
    return answer as Answer
  }

  return {
    choices: () => send<Choices>("choices"),
    invitation: (id: string) => send<Invitation>("invitation", { id }),
    signIn: ({ email, password }: Account) => send<unknown>("sign-in/email", { email, password }),
    signUp: ({ name, email, password }: Account & { name: string }, invitation?: string) =>
      send<unknown>(
        "sign-up/email",
        { name, email, password },
        invitation === undefined ? {} : { "x-invitation": invitation },
      ),
    accept: (id: string) => send<unknown>("organization/accept-invitation", { invitationId: id }),
    /** Says nothing of whether there is such an account. */
    forgot: (email: string) => send<unknown>("request-password-reset", { email }),
    replacePassword: (token: string, newPassword: string) =>
      send<unknown>("reset-password", { token, newPassword }),
    /** Where to go to sign in there. `backTo` is where one comes back to. */
    elsewhere: async (provider: string, backTo: string) =>
      (
        await send<{ url: string }>("sign-in/social", {
          provider,
          callbackURL: backTo,
          errorCallbackURL: "/",
        })
      ).url,
  }
}

function wordsOf(status: number, answer: unknown): string {
  if (typeof answer === "object" && answer !== null) {
    if (status === 401) return "The e-mail address and the password do not fit together."
    if ("detail" in answer && typeof answer.detail === "string") {
      const next =
        "suggestion" in answer && typeof answer.suggestion === "string" ? ` ${answer.suggestion}` : ""
      return answer.detail + next
    }
  }
  return `The server answered with ${status}, and nothing that can be read.`
}
