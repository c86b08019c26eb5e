import type { SpawnSyncOptions } from "node:child_process"
export declare const root: string
export declare function tool(name: string): string
export declare function passes(command: string, args: readonly string[], options?: SpawnSyncOptions): boolean
export declare function runOrExit(command: string, args: readonly string[], options?: SpawnSyncOptions): void
