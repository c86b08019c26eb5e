import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { root } from "../run.mjs"
import { generatedFiles } from "./files.ts"

it.each([...(await generatedFiles(root))])(
  "%s is what its source says (npm run generate)",
  (path, content) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(content)
  },
)
