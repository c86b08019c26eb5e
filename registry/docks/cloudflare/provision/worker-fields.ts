import { z } from "zod"
import { ENTRY } from "../api/workers.ts"

const Module = z.strictObject({
  name: z
    .string()
    .regex(/^[\w./-]+$/, "must be a name such as lib/words.mjs")
    .refine((name) => name !== ENTRY && name !== "metadata", "is taken by the upload itself")
    .meta({ title: "Name", description: "As it is imported, without ./" }),
  type: z.enum(["esm", "commonjs", "wasm", "text", "data"]).default("esm").meta({ title: "Type" }),
  content: z.string().meta({ title: "Content" }),
  encoding: z
    .enum(["utf8", "base64"])
    .default("utf8")
    .meta({ title: "Encoding", description: "base64 for what is not text, such as WebAssembly" }),
})

export const code = z.string().min(1).meta({
  title: "Code",
  description: "The entry: an ES module",
  contentMediaType: "text/javascript",
})

/** Each comes out with its bytes. */
export const modules = z
  .array(Module)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "must have each name once")
  .transform((all, context) =>
    all.flatMap(({ name, type, content, encoding }) => {
      try {
        return { name, type, content: bytesOf(content, encoding) }
      } catch {
        context.issues.push({ code: "custom", message: `must be Base64: ${name}`, input: name })
        return []
      }
    }),
  )
  .default([])
  .meta({ title: "Modules", description: "What the entry imports beside itself" })

const name = z
  .string()
  .regex(/^[A-Za-z_$][\w$]*$/, "must be a name that JavaScript takes")
  .meta({ title: "Name", description: "What the code calls it: env.NAME" })

/**
 * In Cloudflare's own words: https://developers.cloudflare.com/workers/configuration/multipart-upload-metadata/#bindings
 * Secrets are no part of it: they are set one by one, and stay when the code is replaced.
 */
export const bindings = z
  .array(
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("plain_text"), name, text: z.string() }),
      z.strictObject({ type: z.literal("json"), name, json: z.json() }),
      z.strictObject({ type: z.literal("kv_namespace"), name, namespace_id: z.string().min(1) }),
      z.strictObject({ type: z.literal("d1"), name, id: z.string().min(1) }),
      z.strictObject({
        type: z.literal("r2_bucket"),
        name,
        bucket_name: z.string().min(1),
        jurisdiction: z.enum(["eu", "fedramp"]).optional(),
      }),
      z.strictObject({ type: z.literal("queue"), name, queue_name: z.string().min(1) }),
      z.strictObject({ type: z.literal("service"), name, service: z.string().min(1) }),
      z.strictObject({ type: z.literal("ai"), name }),
      z.strictObject({ type: z.literal("version_metadata"), name }),
    ]),
  )
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "must have each name once")
  .default([])
  .meta({
    title: "Bindings",
    description: "What the code may use: databases, buckets, queues, other Workers",
  })

function bytesOf(content: string, encoding: "utf8" | "base64"): Uint8Array<ArrayBuffer> {
  if (encoding === "utf8") return new TextEncoder().encode(content)
  return Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
}
