import { ChevronsUpDownIcon, KeyboardIcon, LogOutIcon, SettingsIcon } from "lucide-react"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuShortcut,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { useRead } from "../data/hooks.tsx"
import { useNavigation } from "../data/navigation.tsx"
import { statusWord } from "../format/words.ts"
import { chooseTheme, themes, useTheme } from "../page/theme.ts"
import { themeWords } from "../page/theme-switch.tsx"
import { useSignOut } from "../page/use-sign-out.ts"
import { useOptions } from "./options.tsx"
import { useOverlays } from "./overlays.tsx"

/** Who is here, and what concerns only them. */
export function UserMenu() {
  const { data } = useRead("session", {})
  const { go } = useNavigation()
  const { open } = useOverlays()
  const theme = useTheme()
  const signOut = useSignOut(useOptions().onSignOut)
  if (!data) return null
  const name = data.user?.name || data.user?.email || "This computer"
  const role = data.role === null ? "Whoever runs the process" : statusWord(data.role)

  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex w-full min-w-0 cursor-pointer items-center gap-2.5 rounded-md p-1.5 hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring">
        <span
          aria-hidden
          className="grid size-7 shrink-0 place-content-center rounded-full border bg-background font-medium text-xs uppercase"
        >
          {name.charAt(0)}
        </span>
        <span className="min-w-0 flex-1 text-left leading-tight">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-muted-foreground text-xs">{role}</span>
        </span>
        <ChevronsUpDownIcon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-56">
        {data.user?.email && <DropdownMenuLabel className="truncate">{data.user.email}</DropdownMenuLabel>}
        <DropdownMenuItem onSelect={() => go({ page: "settings" })}>
          <SettingsIcon aria-hidden />
          Settings
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => open("help")}>
          <KeyboardIcon aria-hidden />
          Keyboard
          <DropdownMenuShortcut>?</DropdownMenuShortcut>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme}>
          {themes.map((name) => (
            <DropdownMenuRadioItem key={name} value={name} onSelect={() => chooseTheme(name)}>
              {themeWords[name]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        {signOut && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={signOut}>
              <LogOutIcon aria-hidden />
              Sign out
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
