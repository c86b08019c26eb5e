import { z } from "zod"

/** A file of a deploy. Text as it is; anything else as Base64. */
const File = z.strictObject({
  path: z
    .string()
    .regex(/^\/?[^/#?\\]+(\/[^/#?\\]+)*$/, "must be a path of names with / between them, without # and ?")
    .refine((path) => !path.split("/").some((part) => /^\.{1,2}$/.test(part)), "must not hold . or ..")
    .meta({ title: "Path", description: "Where it is served: index.html" })
    .transform((path) => `/${path.replace(/^\//, "")}`),
  content: z.string().meta({ title: "Content" }),
  encoding: z
    .enum(["utf8", "base64"])
    .default("utf8")
    .meta({ title: "Encoding", description: "base64 for what is not text" }),
})

export const deploymentFiles = z
  .array(File)
  .min(1)
  .refine((files) => files.every(isDecodable), "must be Base64 where the encoding says so")
  .refine((files) => new Set(files.map(({ path }) => path)).size === files.length, "must have each path once")
  .meta({ title: "Files", description: "All files of the site, with their paths" })

export interface DigestedFile {
  readonly path: string
  readonly digest: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** Netlify knows files by their SHA-1. */
export async function digested(files: z.output<typeof deploymentFiles>): Promise<DigestedFile[]> {
  return await Promise.all(
    files.map(async (file) => {
      const content = bytesOf(file)
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", content))
      const digest = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")
      return { path: file.path, digest, content }
    }),
  )
}

type File = z.output<typeof File>

function bytesOf({ content, encoding }: Pick<File, "content" | "encoding">): Uint8Array<ArrayBuffer> {
  if (encoding === "utf8") return new TextEncoder().encode(content)
  return Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
}

function isDecodable(file: Pick<File, "content" | "encoding">): boolean {
  try {
    bytesOf(file)
    return true
  } catch {
    return false
  }
}
