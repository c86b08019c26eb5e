import { MenuIcon, SearchIcon } from "lucide-react"
import { type ReactNode, useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import { Sheet, SheetContent, SheetDescription, SheetTitle, SheetTrigger } from "@/components/ui/sheet"
import { ConnectionNotice } from "./connection-notice.tsx"
import { Crumbs } from "./crumbs.tsx"
import { OverlaysProvider, useOverlays } from "./overlays.tsx"
import { loadPages } from "./router.tsx"
import { commandKey } from "./shortcuts.ts"
import { Sidebar } from "./sidebar.tsx"
import { SyncIndicator } from "./sync-indicator.tsx"
import { CONTENT, useFocusAfterClose, useFocusAfterMove } from "./use-focus-after-move.ts"

/** What stays around the pages: the sidebar, the bar above, and what comes before everything. */
export function Shell({ children }: { children: ReactNode }) {
  useFocusAfterMove()
  useEffect(loadPagesLater, [])
  return (
    <OverlaysProvider>
      <a
        href={`#${CONTENT}`}
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-primary px-3 py-2 text-primary-foreground text-sm focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="flex min-h-dvh">
        <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 border-r lg:block">
          <Sidebar />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar />
          <ConnectionNotice />
          <main id={CONTENT} tabIndex={-1} className="min-w-0 flex-1 outline-none">
            {children}
          </main>
        </div>
      </div>
    </OverlaysProvider>
  )
}

function TopBar() {
  const { open } = useOverlays()
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-background px-3 sm:px-6">
      <SidebarSheet />
      <Crumbs />
      <SyncIndicator />
      <Button
        variant="outline"
        size="sm"
        className="font-normal text-muted-foreground max-sm:size-8 max-sm:px-0"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => open("palette")}
      >
        <SearchIcon aria-hidden />
        <span className="max-sm:sr-only">Search</span>
        <Kbd aria-hidden className="hidden md:inline-flex">
          {commandKey === "⌘" ? "⌘K" : "Ctrl K"}
        </Kbd>
      </Button>
    </header>
  )
}

function SidebarSheet() {
  const [isOpen, setOpen] = useState(false)
  const onCloseAutoFocus = useFocusAfterClose(isOpen)
  return (
    <Sheet open={isOpen} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon-sm" className="lg:hidden">
          <MenuIcon aria-hidden />
          <span className="sr-only">Menu</span>
        </Button>
      </SheetTrigger>
      <SheetContent
        side="left"
        className="w-72 gap-0 p-0"
        showCloseButton={false}
        onCloseAutoFocus={onCloseAutoFocus}
      >
        <SheetTitle className="sr-only">Menu</SheetTitle>
        <SheetDescription className="sr-only">All pages of the dashboard.</SheetDescription>
        <Sidebar onLeave={() => setOpen(false)} />
      </SheetContent>
    </Sheet>
  )
}

/** Once the first page has surely been drawn. */
function loadPagesLater(): () => void {
  const timer = setTimeout(() => void loadPages(), 5000)
  return () => clearTimeout(timer)
}
