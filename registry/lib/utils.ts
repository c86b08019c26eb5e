import { type ClassValue, clsx } from "clsx"
import { twMerge } from "tailwind-merge"

/** Joins class names; of two that set the same thing, the later one counts. The name and place are shadcn's. */
export function cn(...classes: ClassValue[]): string {
  return twMerge(clsx(classes))
}
