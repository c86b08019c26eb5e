import { useIsFetching } from "@tanstack/react-query"
import { LogOutIcon, PlugZapIcon, RefreshCwIcon } from "lucide-react"
import { useState } from "react"
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandShortcut,
} from "@/components/ui/command"
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog"
import { ProviderMark } from "../badges/provider-mark.tsx"
import { may, readKey, useRead } from "../data/hooks.tsx"
import { useNavigation } from "../data/navigation.tsx"
import { chooseTheme, themes } from "../page/theme.ts"
import { themeIcons, themeWords } from "../page/theme-switch.tsx"
import { useSignOut } from "../page/use-sign-out.ts"
import { useOptions } from "./options.tsx"
import { FoundRows } from "./palette-rows.tsx"
import { score } from "./palette-score.ts"
import { allItems } from "./sections.ts"
import { useFocusAfterClose } from "./use-focus-after-move.ts"
import { useSyncAll } from "./use-sync-all.ts"

/** Everything by its name: pages, accounts, rows of every table, and what can be done. */
export default function Palette({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}) {
  const [text, setText] = useState("")
  const onCloseAutoFocus = useFocusAfterClose(isOpen)

  function change(open: boolean) {
    if (!open) setText("")
    onOpenChange(open)
  }

  function run(action: () => void) {
    change(false)
    action()
  }

  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogContent
        showCloseButton={false}
        onCloseAutoFocus={onCloseAutoFocus}
        className="top-[12dvh] translate-y-0 overflow-hidden p-0 sm:max-w-xl"
      >
        <DialogHeader className="sr-only">
          <DialogTitle>Search, go and do</DialogTitle>
          <DialogDescription>
            Type the name of a page, an account, a server, a domain or anything else that is stored.
          </DialogDescription>
        </DialogHeader>
        <Command filter={score}>
          <CommandInput placeholder="Search for anything…" value={text} onValueChange={setText} />
          <CommandList className="max-h-[min(26rem,60dvh)]">
            <CommandEmpty>
              <NothingFound text={text} />
            </CommandEmpty>
            <Commands text={text} run={run} />
          </CommandList>
        </Command>
      </DialogContent>
    </Dialog>
  )
}

function NothingFound({ text }: { text: string }) {
  const isLooking = useIsFetching({ queryKey: readKey("resources") }) > 0
  return isLooking ? "Searching…" : `Nothing is called “${text}”.`
}

function Commands({ text, run }: { text: string; run: (action: () => void) => void }) {
  const { go } = useNavigation()
  const session = useRead("session", {}).data
  const docks = useRead("docks", {}).data ?? []
  const { syncAll } = useSyncAll()
  const signOut = useSignOut(useOptions().onSignOut)
  const pages = allItems.filter(({ area }) => !area || (session && may(session, area, "read")))
  const hasDocks = docks.some(({ status }) => status !== "disconnected")

  return (
    <>
      <CommandGroup heading="Pages">
        {pages.map(({ title, icon: Icon, to, key }) => (
          <CommandItem key={title} value={`${title} page`} onSelect={() => run(() => go(to))}>
            <Icon aria-hidden />
            {title}
            {key && <CommandShortcut aria-hidden>G {key.toUpperCase()}</CommandShortcut>}
          </CommandItem>
        ))}
      </CommandGroup>
      <FoundRows text={text} onChoose={(id) => run(() => go({ page: "resource", id }))} />
      {docks.length > 0 && (
        <CommandGroup heading="Docks">
          {docks.map(({ id, name, provider, title }) => (
            <CommandItem
              key={id}
              value={`${name} ${title} dock`}
              onSelect={() => run(() => go({ page: "docks" }))}
            >
              <ProviderMark provider={provider} />
              {name}
              {name !== title && <span className="text-muted-foreground">{title}</span>}
            </CommandItem>
          ))}
        </CommandGroup>
      )}
      <CommandGroup heading="Actions">
        {session && hasDocks && may(session, "operations", "full") && (
          <CommandItem onSelect={() => run(syncAll)}>
            <RefreshCwIcon aria-hidden />
            Sync all docks
          </CommandItem>
        )}
        {session && may(session, "docks", "full") && (
          <CommandItem onSelect={() => run(() => go({ page: "connect" }))}>
            <PlugZapIcon aria-hidden />
            Connect an account
          </CommandItem>
        )}
        {themes.map((theme) => {
          const Icon = themeIcons[theme]
          return (
            <CommandItem key={theme} onSelect={() => run(() => chooseTheme(theme))}>
              <Icon aria-hidden />
              Theme: {themeWords[theme]}
            </CommandItem>
          )
        })}
        {signOut && (
          <CommandItem onSelect={() => run(signOut)}>
            <LogOutIcon aria-hidden />
            Sign out
          </CommandItem>
        )}
      </CommandGroup>
    </>
  )
}
