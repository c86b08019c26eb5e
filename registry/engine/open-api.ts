import type { AnyDock } from "../core/dock.ts"
import type { HttpOptions } from "../core/http.ts"
import type { DockRow } from "../schema/docks.ts"
import { type Context, connectApi } from "./context.ts"
import { openedCredentials } from "./credentials.ts"
import { openStored } from "./stored-credential.ts"

/** A client of the provider, with the credential that is kept for the dock. Nothing is sent yet. */
export async function openApi(
  context: Context,
  dock: DockRow,
  definition: AnyDock,
  options: Pick<HttpOptions, "meter" | "signal" | "rehearse">,
): Promise<unknown> {
  const opened = await openStored(context, dock)
  const budget = context.budget(dock.id, definition)
  return connectApi(definition, openedCredentials(definition, opened), { budget, ...options })
}
