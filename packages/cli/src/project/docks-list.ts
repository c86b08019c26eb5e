import type { ImportExtension } from "./detect.ts"

/** The new text of `docks/index.ts`; the same text when the dock is in it already. */
export declare function addDock(source: string, provider: string, extension: ImportExtension): Promise<string>

/** The new text of `docks/index.ts`; the same text when the dock is not in it. */
export declare function removeDock(source: string, provider: string): Promise<string>
