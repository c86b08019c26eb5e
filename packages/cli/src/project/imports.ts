import type { ImportExtension } from "./detect.ts"

/** Registry code writes `./http.ts`; gives it the form of the project: `./http.js` or `./http`. */
export declare function rewriteImports(source: string, extension: ImportExtension): string

/** The inverse, to compare an installed file with the published one. */
export declare function restoreImports(source: string, extension: ImportExtension): string
