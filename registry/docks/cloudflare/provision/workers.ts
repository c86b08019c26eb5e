import { z } from "zod"
import { DockError } from "../../../core/errors.ts"
import { action, provision } from "../../../core/provision.ts"
import type { CloudflareApi } from "../api/index.ts"
import type { WorkerKey } from "../api/workers.ts"
import { isOf, workerOf } from "../keys.ts"
import { CloudflareWorker } from "../types.ts"
import { accountId, gone, itemsIn, kept } from "./fields.ts"
import { bindings, code, modules } from "./worker-fields.ts"

const Input = z.strictObject({
  accountId,
  name: z
    .string()
    .regex(
      /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/,
      "must be up to 63 lower-case letters, digits, hyphens and underscores",
    )
    .meta({ title: "Name" }),
  code,
  modules,
  bindings,
  compatibilityFlags: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: "Compatibility flags", description: "nodejs_compat, for one" }),
  compatibilityDate: z.iso.date().meta({
    title: "Compatibility date",
    description: "The day whose behaviour of the runtime it is written for: 2026-11-01",
  }),
})

/** Says whose Worker it is: uploading one replaces what has its name, without a question. */
const tagOf = (idempotencyKey: string) => `stackdock-${idempotencyKey}`

export const worker = provision({
  table: "webServices",
  title: "Worker",
  input: Input,
  appliesTo: isOf("workers"),
  steps: [
    {
      name: "worker",
      async find(api: CloudflareApi, { accountId: account, name: script }, { idempotencyKey }) {
        const settings = await api.workers.getSettings({ account, script })
        if (!settings) return null
        if (settings.tags?.includes(tagOf(idempotencyKey))) return { id: script, data: { account } }
        throw taken(script)
      },
      async create(api: CloudflareApi, { accountId: account, name: script, ...upload }, { idempotencyKey }) {
        await api.workers.uploadScript({ account, script }, { ...upload, tags: [tagOf(idempotencyKey)] })
        return { id: script, data: { account } }
      },
      undo: (api: CloudflareApi, made) =>
        api.workers.deleteScript({ account: kept(made).account, script: made.id }),
    },
  ],
  async observe(api: CloudflareApi, made) {
    const { id: script, account } = kept(made["worker"])
    const item = await listed(api, { account, script })
    const scope = { id: `workers/${account}`, data: { kind: "workers", account } }
    return item ? { state: "ready", item, scope } : gone("Worker")
  },
  destroy: (api: CloudflareApi, { providerResourceId }) =>
    api.workers.deleteScript(workerOf(providerResourceId)),
})

/** As the listing has it: the script's own address answers with its code. */
async function listed(api: CloudflareApi, { account, script }: WorkerKey) {
  const [found] = await itemsIn(api.workers.listScripts(account), CloudflareWorker, ({ id }) => id === script)
  return found
}

function taken(name: string): DockError {
  return new DockError({
    code: "conflict",
    provider: "cloudflare",
    endpoint: "PUT /accounts/{account}/workers/scripts/{script}",
    message: `cloudflare: there is a Worker "${name}" already, and an upload would replace it.`,
    suggestion: "Choose another name, or deploy new code to that Worker.",
  })
}

const deploy = action({
  table: "webServices",
  title: "Deploy new code",
  input: z.strictObject({ code, modules }),
  appliesTo: isOf("workers"),
  async run(api: CloudflareApi, { providerResourceId }, upload) {
    await api.workers.uploadContent(workerOf(providerResourceId), upload)
    return { message: "The new code is live. Settings, bindings and secrets are as they were." }
  },
})

export const workerActions = { deploy }
