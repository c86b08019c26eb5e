import type { Hub } from "./events/hub.ts"
import type { ShownOnceShelf } from "./shown-once.ts"
import type { SignIn } from "./sign-in.ts"
import type { Undertakings } from "./undertakings.ts"
import type { Work } from "./work.ts"

/** What the routes have in common, beside who asks. */
export interface Shared {
  readonly signIn: SignIn
  readonly hub: Hub
  readonly work: Work
  readonly shelf: ShownOnceShelf
  readonly undertakings: Undertakings
}
