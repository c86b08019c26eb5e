import type { Operation } from "../../../engine/provision-report.ts"
import type { Deployment } from "./days.ts"

/** What a service can do that is about its deployments, by the names that docks share. */
export function aboutDeployments(actions: readonly Operation[]): Operation[] {
  return actions.filter(({ name }) => /deploy|roll.?back|publish|promote/i.test(name))
}

/** An action that takes a deployment begins with the one that it was chosen at. */
export function deploymentInput(
  { fields }: Operation,
  { providerResourceId }: Deployment,
): Record<string, string> {
  const field = fields.find(({ name }) => /^deploy(ment)?(Id)?$/i.test(name))
  return field ? { [field.name]: providerResourceId } : {}
}
