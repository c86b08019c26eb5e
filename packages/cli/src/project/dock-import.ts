import type { Project } from "./detect.ts"

/** What the project's settings decide about the list. */
export type ListStyle = Pick<Project, "importExtension" | "style">

/** `better-stack` is exported as `betterStack`. */
export function dockIdentifier(provider: string): string {
  return provider.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

export function importLine(provider: string, extension: string): string {
  return `import { ${dockIdentifier(provider)} } from "./${provider}/index${extension}"`
}
