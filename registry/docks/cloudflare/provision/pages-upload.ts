import { z } from "zod"
import { base64 } from "../../../core/base64.ts"
import { type Made, provision } from "../../../core/provision.ts"
import type { CloudflareApi } from "../api/index.ts"
import type { PagesProjectKey } from "../api/pages.ts"
import { projectId } from "../keys.ts"
import { CloudflarePagesDeployment } from "../types.ts"
import { accountId, itemsIn } from "./fields.ts"
import { destroyDeployment, observeDeployment, projectName, undoDeployment } from "./pages.ts"

const File = z.strictObject({
  path: z
    .string()
    .regex(/^\/?[^/\\]+(\/[^/\\]+)*$/, "must be a path of names with / between them")
    .refine((path) => !path.split("/").some((part) => /^\.{1,2}$/.test(part)), "must not hold . or ..")
    .meta({ title: "Path", description: "Where it is served: index.html" })
    .transform((path) => `/${path.replace(/^\//, "")}`),
  content: z.string().meta({ title: "Content" }),
  encoding: z
    .enum(["utf8", "base64"])
    .default("utf8")
    .meta({ title: "Encoding", description: "base64 for what is not text" }),
})

const files = z
  .array(File)
  .min(1)
  .max(20_000)
  .refine((files) => files.every(isDecodable), "must be Base64 where the encoding says so")
  .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, "must have each path once")
  .meta({
    title: "Files",
    description: "All files of the site. _headers, _redirects, _routes.json and _worker.js are its settings",
  })

const Input = z.strictObject({
  accountId,
  project: projectName.meta({ title: "Project", description: "One without a repository" }),
  branch: z.string().min(1).default("main").meta({
    title: "Branch",
    description: "The production branch deploys to production, any other name is a preview",
  }),
  message: z.string().max(200).default("Deployed by StackDock").meta({ title: "Message" }),
  files,
})
type Input = z.output<typeof Input>

/** Files that are uploaded. All that comes before the deployment itself makes nothing, and may be done again. */
export const pagesUpload = provision({
  table: "deployments",
  title: "Pages deployment of files",
  input: Input,
  steps: [
    {
      name: "deployment",
      find,
      async create(api: CloudflareApi, input, { idempotencyKey }) {
        const key = { account: input.accountId, project: input.project }
        const { id } = await api.uploads.deploy(key, {
          branch: input.branch,
          message: messageOf(input, idempotencyKey),
          files: input.files.map((file) => ({ path: file.path, base64: base64Of(file) })),
        })
        return madeFrom(key, id)
      },
      undo: undoDeployment,
    },
  ],
  observe: observeDeployment,
  destroy: destroyDeployment,
})

/** What stands in the place of a commit's message takes the key, so that the deployment can be found by it. */
function messageOf({ message }: Input, idempotencyKey: string): string {
  return `${message} [${idempotencyKey}]`
}

async function find(
  api: CloudflareApi,
  input: Input,
  { idempotencyKey }: { readonly idempotencyKey: string },
): Promise<Made | null> {
  const key = { account: input.accountId, project: input.project }
  const wanted = messageOf(input, idempotencyKey)
  const listed = api.pages.listDeployments(key)
  const [found] = await itemsIn(listed, CloudflarePagesDeployment, ({ deployment_trigger: trigger }) => {
    return trigger?.metadata?.commit_message === wanted
  })
  return found ? madeFrom(key, found.id) : null
}

function madeFrom(key: PagesProjectKey, id: string): Made {
  return { id: `${projectId(key)}/${id}` }
}

type File = z.output<typeof File>

function base64Of({ content, encoding }: Pick<File, "content" | "encoding">): string {
  return encoding === "base64" ? content : base64(content)
}

function isDecodable({ content, encoding }: Pick<File, "content" | "encoding">): boolean {
  try {
    return encoding === "utf8" || atob(content) !== undefined
  } catch {
    return false
  }
}
