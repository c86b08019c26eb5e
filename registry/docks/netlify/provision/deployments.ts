import { z } from "zod"
import { type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { needed, siteScope } from "../sync/scopes.ts"
import { NetlifyDeploy, type NetlifyFullDeploy } from "../types.ts"
import { deploymentFiles, digested } from "./deployment-files.ts"
import { reference } from "./fields.ts"

const Input = z.strictObject({
  siteId: reference("Site", "The id of the site to deploy to").meta({ refersTo: { table: "webServices" } }),
  title: z
    .string()
    .max(200)
    .optional()
    .meta({ title: "Title", description: "Shown in Netlify's list of deploys" }),
  draft: z
    .boolean()
    .default(false)
    .meta({ title: "Draft", description: "Deploys to an address of its own, and publishes nothing" }),
  files: deploymentFiles,
})
type Input = z.output<typeof Input>

/** Netlify is told the digests of all files, asks for those that it does not have, and builds when it has got them. */
export const deployment = provision({
  table: "deployments",
  title: "Deploy of files",
  input: Input,
  steps: [
    {
      name: "deploy",
      find,
      async create(api: NetlifyApi, input, { idempotencyKey }) {
        const files = Object.fromEntries(
          (await digested(input.files)).map((file) => [file.path, file.digest]),
        )
        const title = titleOf(input, idempotencyKey)
        const { id } = await api.deploys.createDeploy(input.siteId, title, { files, draft: input.draft })
        return { id }
      },
      undo: (api, { id }) => unlessGone(api.deploys.deleteDeploy(id)),
    },
    {
      name: "files",
      // What Netlify still asks for is uploaded, however much of it an interrupted try has uploaded.
      find: async () => null,
      async create(api, input, { made }) {
        const { id, required } = await api.deploys.getDeploy(made["deploy"]?.id ?? "")
        for (const { path, digest, content } of await digested(input.files)) {
          if (!required || required.includes(digest)) await api.deploys.uploadFile(id, path, content)
        }
        return { id }
      },
      // They go with their deploy.
      undo: async () => {},
    },
  ],
  observe,
  destroy: (api: NetlifyApi, { providerResourceId: id }) => unlessGone(api.deploys.deleteDeploy(id)),
})

/** The only field of a deploy that is ours to fill: it takes the key, so that the deploy can be found by it. */
function titleOf({ title }: Input, idempotencyKey: string): string {
  return `${title ?? "Deployed by StackDock"} [${idempotencyKey}]`
}

const Titled = NetlifyDeploy.pick({ id: true, title: true })

async function find(
  api: NetlifyApi,
  input: Input,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<Made | null> {
  const wanted = titleOf(input, idempotencyKey)
  for await (const page of api.deploys.listDeploys(input.siteId)) {
    const found = page.items
      .map((raw) => needed(Titled, raw, "GET /sites/{site_id}/deploys"))
      .find(({ title }) => title === wanted)
    if (found) return { id: found.id }
  }
  return null
}

async function observe(api: NetlifyApi, { deploy: made }: MadeSoFar): Promise<Observation> {
  const item = await unlessGone(api.deploys.getDeploy(made?.id ?? ""))
  if (!item) return { state: "failed", code: "not_found", message: "Netlify no longer has this deploy." }
  const scope = scopeOf(item)
  if (item.state === "ready") return { state: "ready", item, scope }
  if (item.state !== "error" && item.state !== "rejected") return { state: "pending", progress: item.state }
  const message = item.error_message || `Netlify says: ${item.state}.`
  return { state: "failed", code: item.state, message, item, scope }
}

export function scopeOf(deploy: NetlifyFullDeploy) {
  return siteScope({ id: deploy.site_id, name: deploy.name })
}
