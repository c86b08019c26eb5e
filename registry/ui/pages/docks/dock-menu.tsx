import { EllipsisIcon } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import type { DockStatus } from "../../../engine/reading.ts"
import { useMay } from "../../data/hooks.tsx"
import { RotateDialog } from "./rotate-dialog.tsx"
import { useDisconnect } from "./use-disconnect.ts"

/** What is seldom done to a dock. Nothing, for whoever may not. */
export function DockMenu({ dock }: { dock: DockStatus }) {
  const [isRotating, setRotating] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const mayChange = useMay("docks", "full")
  const disconnect = useDisconnect()
  if (!mayChange) return null
  const isConnected = dock.status !== "disconnected"
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`More for ${dock.name}`}>
            <EllipsisIcon aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {isConnected && (
            <>
              <DropdownMenuItem onSelect={() => setRotating(true)}>New credential…</DropdownMenuItem>
              <DropdownMenuSeparator />
            </>
          )}
          <DropdownMenuItem variant="destructive" onSelect={() => void disconnect(dock)}>
            {isConnected ? "Disconnect…" : "Remove with its rows…"}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {isRotating && <RotateDialog dock={dock} opener={trigger} onClose={() => setRotating(false)} />}
    </>
  )
}
