import { isObject } from "../../project/files.ts"

export type Json = Record<string, unknown>

export interface Exchange {
  readonly file: string
  readonly scenario: string
  readonly request: { method: string; path: string; query?: Record<string, string>; body?: Json }
  readonly response: { status: number; headers?: Record<string, string>; body?: unknown }
}

export function wrap(path: string, inner: unknown): unknown {
  return path === "" ? inner : path.split(".").reduceRight((held: unknown, key) => ({ [key]: held }), inner)
}

export function filled(path: string, params: readonly string[]): string {
  let index = 0
  return path.replace(/\{[^}]*\}/g, () => encodeURIComponent(params[index++] ?? ""))
}

export function merged(one: unknown, other: Json): Json {
  const all: Json = isObject(one) ? { ...one } : {}
  for (const [key, value] of Object.entries(other)) {
    all[key] = isObject(all[key]) && isObject(value) ? merged(all[key], value) : value
  }
  return all
}
