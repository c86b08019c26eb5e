import { z } from "zod"
import { secret } from "../../../core/credentials.ts"
import { DockError } from "../../../core/errors.ts"
import { action } from "../../../core/provision.ts"
import { readScope } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { domainName } from "./fields.ts"

const deploymentId = z
  .string()
  .regex(/^dpl_\w{1,100}$/, "must be the id of a deployment")
  .meta({
    title: "Deployment",
    description: "Its id, from the `deployments` table",
    refersTo: { table: "deployments" },
  })

const ProductionDeployment = z.object({
  targets: z.object({ production: z.object({ id: z.string() }) }),
})

export const projectActions = {
  redeploy: action({
    table: "webServices",
    title: "Build and deploy again",
    input: z.strictObject({
      deploymentId: deploymentId
        .optional()
        .meta({ title: "Deployment", description: "The one that is in production, when left out" }),
    }),
    async run(api: VercelApi, row, input, { idempotencyKey }) {
      const current = ProductionDeployment.safeParse(row.fullApiData).data?.targets.production.id
      const source = input.deploymentId ?? current
      if (source === undefined) {
        throw new DockError({
          code: "invalid_request",
          provider: "vercel",
          message: `vercel: nothing of ${row.name} is in production that could be deployed again`,
          suggestion: "Name a deployment with deploymentId.",
        })
      }
      const { uid } = await api.deployments.createDeployment(readScope(row.scope).owner, {
        name: row.name,
        project: row.providerResourceId,
        deploymentId: source,
        target: "production",
        meta: { stackdock: idempotencyKey },
      })
      return { message: `Deploying ${source} again.`, madeProviderResourceId: uid }
    },
  }),
  rollback: action({
    table: "webServices",
    title: "Roll production back to an earlier deployment",
    input: z.strictObject({ deploymentId }),
    isDisruptive: true,
    async run(api: VercelApi, { scope, providerResourceId }, { deploymentId }) {
      await api.projects.rollback(readScope(scope).owner, providerResourceId, deploymentId)
      return {
        message: `Production is being rolled back to ${deploymentId}. Pushes are not promoted until a deployment is.`,
      }
    },
  }),
  purgeCache: action({
    table: "webServices",
    title: "Purge the cache of what has certain tags",
    input: z.strictObject({
      tags: z
        .array(z.string().min(1).max(256))
        .min(1)
        .max(16)
        .meta({ title: "Tags", description: "What was answered with one of these cache tags" }),
      target: z
        .enum(["production", "preview"])
        .optional()
        .meta({ title: "Target", description: "Of one environment alone" }),
    }),
    async run(api: VercelApi, { scope, providerResourceId }, { tags, target }) {
      await api.projects.invalidateByTags(readScope(scope).owner, providerResourceId, { tags, target })
      return { message: `The cache is being purged of what has the tags ${tags.join(", ")}.` }
    },
  }),
  addDomain: action({
    table: "webServices",
    title: "Attach a domain",
    input: z.strictObject({ name: domainName("The name to attach") }),
    async run(api: VercelApi, { scope, providerResourceId }, { name }) {
      const { owner } = readScope(scope)
      const { verified, verification } = await api.projects.addProjectDomain(owner, providerResourceId, {
        name,
      })
      const proof = verification?.[0]
      return {
        message:
          verified === false && proof
            ? `Attached. To prove that it is yours, set a ${proof.type} record at ${proof.domain} to ${proof.value}`
            : "Attached.",
        madeProviderResourceId: `${providerResourceId}/${name}`,
      }
    },
  }),
  removeDomain: action({
    table: "webServices",
    title: "Detach a domain",
    input: z.strictObject({ name: domainName("The name to detach") }),
    isDisruptive: true,
    async run(api: VercelApi, { scope, providerResourceId }, { name }) {
      await unlessGone(api.projects.removeProjectDomain(readScope(scope).owner, providerResourceId, name))
      return { message: "Detached." }
    },
  }),
  setEnvironmentVariables: action({
    table: "webServices",
    title: "Set environment variables",
    input: z.strictObject({
      variables: z
        .record(
          z.string().regex(/^[A-Za-z_]\w{0,255}$/, "must be letters, digits and underscores"),
          secret("Value"),
        )
        .refine((variables) => Object.keys(variables).length > 0, "names no variable")
        .meta({ title: "Variables", description: "Values by name" }),
      targets: z
        .array(z.enum(["production", "preview", "development"]))
        .min(1)
        .default(["production", "preview"])
        .meta({ title: "Targets" }),
      isSensitive: z.boolean().default(false).meta({
        title: "Sensitive",
        description: "Nobody can read the value again, except builds and functions",
      }),
    }),
    async run(api: VercelApi, { scope, providerResourceId }, { variables, targets, isSensitive }) {
      const { refused } = await api.projects.setEnvironmentVariables(
        readScope(scope).owner,
        providerResourceId,
        Object.entries(variables).map(([key, value]) => ({
          key,
          value,
          target: targets,
          type: isSensitive ? "sensitive" : "encrypted",
        })),
      )
      if (refused.length > 0) {
        throw new DockError({
          code: "invalid_request",
          provider: "vercel",
          message: `vercel: ${refused.length} of ${Object.keys(variables).length} variables were not taken: ${refused.join("; ")}`,
        })
      }
      return { message: `${Object.keys(variables).join(", ")} set. A new deployment will use it.` }
    },
  }),
}
