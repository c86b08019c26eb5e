import { expect, it } from "vitest"
import type { InputField, Operation } from "../../../engine/provision-report.ts"
import type { Deployment } from "./days.ts"
import { aboutDeployments, deploymentInput } from "./service-actions.ts"

const action = (name: string, ...fields: string[]) =>
  ({ name, fields: fields.map((field) => ({ name: field }) as InputField) }) as Operation

it("offers at a deployment what its service can do about deployments", () => {
  const actions = ["redeploy", "rollback", "roll-back", "purgeCache", "addDomain"].map((name) => action(name))
  expect(aboutDeployments(actions).map(({ name }) => name)).toEqual(["redeploy", "rollback", "roll-back"])
})

it("begins with the deployment that it was chosen at, where the action takes one", () => {
  const deployment = { providerResourceId: "d7" } as Deployment
  expect(deploymentInput(action("rollback", "deploymentId"), deployment)).toEqual({ deploymentId: "d7" })
  expect(deploymentInput(action("rollback", "deployId", "note"), deployment)).toEqual({ deployId: "d7" })
  expect(deploymentInput(action("redeploy", "branch"), deployment)).toEqual({})
})
