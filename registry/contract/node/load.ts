/// <reference types="node" />

import { dirname, join } from "node:path"
import { expect } from "vitest"
import type { ExpectedRows, Recording } from "../recording.ts"
import { readRecordings, readRows } from "./read.ts"

/**
 * The recordings in a folder. Inside a test file the folder may be left out: it is the one beside the test. (`import.meta`
 * would tell it too, but does not typecheck in a CommonJS project.)
 */
export function loadRecordings(folder = besideTest()): Recording[] {
  return readRecordings(folder)
}

export function loadRows(folder = besideTest()): ExpectedRows {
  return readRows(folder)
}

function besideTest(): string {
  const { testPath } = expect.getState()
  if (testPath === undefined) throw new Error("Outside a test file, name the folder of the recordings.")
  return join(dirname(testPath), "recordings")
}
