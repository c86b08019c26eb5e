import { decisionsIn } from "../create/decisions.ts"
import { restoreImports } from "../project/imports.ts"
import { violationsOf } from "./arrows.ts"
import { type DockFiles, isTest } from "./dock-files.ts"
import { verdict } from "./shape.ts"
import type { Check } from "./show.ts"

const LONGEST = 250

export function size({ files }: DockFiles): Check {
  const long = [...files]
    .map(([path, text]) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ path, lines }) => path.endsWith(".ts") && !isTest(path) && lines > LONGEST)
  return verdict(
    `No file is longer than ${LONGEST} lines`,
    long.map(({ path, lines }) => `${path} has ${lines} lines`),
    {
      title: "Files are too long to be read in one go",
      fix: "Split them by resource, into a folder of the same name",
    },
  )
}

/** As the registry has them: a project may write its imports in another form. */
export function imports({ files, provider }: DockFiles): Check {
  const wrong = [...files]
    .filter(([path]) => path.endsWith(".ts"))
    .flatMap(([path, text]) => {
      const published = registryForm(text)
      return violationsOf(`registry/docks/${provider}/${path}`, published).map(
        ({ specifier, why }) => `${path} imports ${specifier}: ${why}`,
      )
    })
  return verdict("It imports nothing but core, schema and zod", wrong, {
    title: "It leans on what it must not",
    fix: "A dock imports its own files, core, schema and zod; tests may also import contract",
  })
}

export function decided({ files }: DockFiles): Check {
  const open = decisionsIn(files).map(({ file, line, what }) => `${file}:${line} ${what}`)
  return verdict("Everything is decided", open, {
    title: `${open.length} places are for a person to decide`,
    fix: "Decide each, and remove its DECIDE mark",
  })
}

function registryForm(text: string): string {
  if (/from "\.[^"]*\.ts"/.test(text)) return text
  return restoreImports(text, /from "\.[^"]*\.js"/.test(text) ? ".js" : "")
}
