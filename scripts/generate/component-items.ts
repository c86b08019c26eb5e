import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { ItemSource } from "./items.ts"

const folders = ["registry/components/ui", "registry/lib", "registry/hooks"]

/** One item a file, with the name that shadcn/ui gives to what has the same exports. */
export function componentItems(root: string): ItemSource[] {
  const files = folders.flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((file) => `${folder}/${file}`) : [],
  )
  return files
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .sort()
    .map((path): ItemSource => {
      const name = path.replace(/^.*\//, "").replace(/\.tsx?$/, "")
      return {
        name,
        title: name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " "),
        description: "Laid down where a project has none of that name from shadcn/ui.",
        version: "0.1.0",
        from: [path],
        kind: "component",
      }
    })
}
