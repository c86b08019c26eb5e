import { MonitorIcon, MoonIcon, SunIcon } from "lucide-react"
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group"
import { chooseTheme, type Theme, themes, useTheme } from "./theme.ts"

export const themeWords: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" }
export const themeIcons = { system: MonitorIcon, light: SunIcon, dark: MoonIcon } as const

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const theme = useTheme()
  return (
    <ToggleGroup
      type="single"
      variant="outline"
      size="sm"
      aria-label="Theme"
      value={theme}
      onValueChange={(value) => {
        const next = themes.find((name) => name === value)
        if (next) chooseTheme(next)
      }}
    >
      {themes.map((name) => {
        const Icon = themeIcons[name]
        return (
          <ToggleGroupItem key={name} value={name}>
            <Icon aria-hidden />
            {themeWords[name]}
          </ToggleGroupItem>
        )
      })}
    </ToggleGroup>
  )
}
