import type { CredentialField } from "../../../../registry/engine/stackdock.ts"
import { type Credentials, variableName } from "../runtime/read-credentials.ts"

/** Credentials that open nothing: what is not secret may come from the environment, as `connect` reads it. */
export function standInCredentials(provider: string, fields: readonly CredentialField[]): Credentials {
  const required = fields.filter(({ isRequired }) => isRequired)
  const needed = required.length > 0 ? required : fields.slice(0, 1)
  return Object.fromEntries(
    needed.map(({ name, isSecret }) => [
      name,
      isSecret ? "fake-secret-stand-in" : (process.env[variableName(provider, name)] ?? "example"),
    ]),
  )
}
