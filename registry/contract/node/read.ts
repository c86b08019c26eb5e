/// <reference types="node" />

import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type ExpectedRows, expectedRows, type Recording, recording } from "../recording.ts"

const ROWS = ".rows.json"

/** The recordings in a folder: `<resource>/<scenario>.json`. */
export function readRecordings(folder: string): Recording[] {
  return jsonFiles(folder)
    .filter((file) => file.includes("/"))
    .map((file) => {
      const read = recording.safeParse(readJson(join(folder, file)))
      if (!read.success) throw new Error(`${file} is not a recording: ${read.error.message}`)
      return { ...read.data, file }
    })
}

/** What the recordings must become, one file a table: `<table>.rows.json`. */
export function readRows(folder: string): ExpectedRows {
  const files = jsonFiles(folder).filter((file) => !file.includes("/") && file.endsWith(ROWS))
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -ROWS.length), expectedRows.parse(readJson(join(folder, file)))]),
  )
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".json"))
    .sort()
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"))
}
