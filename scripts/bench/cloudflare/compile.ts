import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import ts from "typescript"
import { root } from "../../run.mjs"

/**
 * The registry's source as JavaScript, file by file, as a project that compiles it would run it. It lies among the installed
 * packages so that it finds its own.
 */
export function compiledRegistry(): string {
  const source = join(root, "registry")
  const target = join(source, "node_modules/.cache/bench")
  rmSync(target, { recursive: true, force: true })
  for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || /(^|\/)node_modules\/|\.test\.ts$/.test(file)) continue
    const { outputText } = ts.transpileModule(readFileSync(join(source, file), "utf8"), {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        rewriteRelativeImportExtensions: true,
        verbatimModuleSyntax: true,
      },
    })
    const out = join(target, file.replace(/\.ts$/, ".js"))
    mkdirSync(dirname(out), { recursive: true })
    writeFileSync(out, outputText)
  }
  writeFileSync(join(target, "package.json"), '{ "type": "module" }\n')
  writeFileSync(join(target, "zod.js"), 'import "zod"\n')
  return target
}
