/** How the server knows who sends a request: the project's own sign-in, whichever it is. */
export interface SignIn {
  /** Asked for every request, so that whoever was signed out is nobody from then on. */
  whoIs(request: Request): Promise<SignedIn | null>
  /** What whoever is not signed in does next, in one sentence. */
  readonly howTo?: string
  /** Requests below `/api/auth`: forms are sent there. */
  handle?(request: Request): Promise<Response>
  /** Ends the session that sends the request. The answer takes its cookies away. */
  signOut?(request: Request): Promise<Response>
  /** Invites somebody in the name of whoever sends the request, as far as they may, and gives the link to send. */
  invite?(
    request: Request,
    invitation: { orgId: string; email: string; role: string },
  ): Promise<{ link: string }>
  /** What is known of users. Those of whom nothing is known are left out. */
  people?(userIds: readonly string[]): Promise<Person[]>
}

export interface SignedIn {
  /** Tells this session from others, and does not open it: no cookie and no token. */
  session: string
  who: ThisProcess | SignedInUser
  /** In which organisation they work; the first of theirs when it is null. */
  orgId: string | null
}

/** Whoever runs the server, for a server that only they can reach. There is nothing they may not do. */
export interface ThisProcess {
  kind: "process"
}

export interface SignedInUser {
  kind: "user"
  id: string
  name: string
  email: string | null
}

export interface Person {
  id: string
  name: string
  email: string | null
}
