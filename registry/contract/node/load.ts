/// <reference types="node" />

import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect } from "vitest"
import { type ExpectedRows, expectedRows, type Recording, recording } from "../recording.ts"

/**
 * The recordings in a folder: `<resource>/<scenario>.json`. Inside a test file the folder may be left out: it is the
 * one beside the test. (`import.meta` would tell it too, but does not typecheck in a CommonJS project.)
 */
export function loadRecordings(folder = besideTest()): Recording[] {
  return jsonFiles(folder)
    .filter((file) => file.includes("/"))
    .map((file) => {
      const read = recording.safeParse(readJson(join(folder, file)))
      if (!read.success) throw new Error(`${file} is not a recording: ${read.error.message}`)
      return { ...read.data, file }
    })
}

/** What the recordings must become, one file a table: `<table>.rows.json`. */
export function loadRows(folder = besideTest()): ExpectedRows {
  const suffix = ".rows.json"
  const files = jsonFiles(folder).filter((file) => !file.includes("/") && file.endsWith(suffix))
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -suffix.length), expectedRows.parse(readJson(join(folder, file)))]),
  )
}

function besideTest(): string {
  const { testPath } = expect.getState()
  if (testPath === undefined) throw new Error("Outside a test file, name the folder of the recordings.")
  return join(dirname(testPath), "recordings")
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
