import { z } from "zod"
import { secret } from "../../../core/credentials.ts"
import { action } from "../../../core/provision.ts"
import type { EnvironmentValue, NewVariable } from "../api/environment.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"

const variableName = z
  .string()
  .regex(/^[A-Za-z]\w*$/, "must be a letter, then letters, digits and underscores")

export const environmentActions = {
  setEnvironmentVariables: action({
    table: "webServices",
    title: "Set environment variables",
    input: z
      .strictObject({
        variables: z
          .record(variableName, secret("Value"))
          .refine((variables) => Object.keys(variables).length > 0, "names no variable")
          .meta({ title: "Variables", description: "Values by name" }),
        context: z
          .enum(["all", "production", "deploy-preview", "branch-deploy", "branch", "dev", "dev-server"])
          .default("all")
          .meta({ title: "Deploy context", description: "Which deploys see these values" }),
        branch: z
          .string()
          .min(1)
          .optional()
          .meta({ title: "Branch", description: "For the context `branch`" }),
        isSensitive: z.boolean().default(false).meta({
          title: "Sensitive",
          description: "Of new variables: nobody can read the value again, except builds and functions",
        }),
      })
      .refine(({ context, branch }) => (context === "branch") === (branch !== undefined), {
        message: "goes with the context `branch`, and has to",
        path: ["branch"],
      }),
    async run(api: NetlifyApi, { providerResourceId: siteId }, { variables, context, branch, isSensitive }) {
      const { account_id: accountId } = await api.sites.getSite(siteId)
      const added: NewVariable[] = []
      const changed: [key: string, value: EnvironmentValue][] = []
      for (const [key, value] of Object.entries(variables)) {
        const told = { context, context_parameter: branch, value }
        if (await unlessGone(api.environment.getVariable(accountId, siteId, key))) changed.push([key, told])
        else added.push({ key, is_secret: isSensitive, values: [told] })
      }
      if (added.length > 0) await api.environment.createVariables(accountId, siteId, added)
      for (const [key, told] of changed) await api.environment.setValue(accountId, siteId, key, told)
      return { message: `${Object.keys(variables).join(", ")} set. A new deploy will use it.` }
    },
  }),
  removeEnvironmentVariables: action({
    table: "webServices",
    title: "Remove environment variables",
    input: z.strictObject({
      names: z.array(variableName).min(1).meta({ title: "Names", description: "With all their values" }),
    }),
    isDisruptive: true,
    async run(api: NetlifyApi, { providerResourceId: siteId }, { names }) {
      const { account_id: accountId } = await api.sites.getSite(siteId)
      for (const name of names) await unlessGone(api.environment.deleteVariable(accountId, siteId, name))
      return { message: `${names.join(", ")} removed. A new deploy will do without.` }
    },
  }),
}
