import { z } from "zod"
import { action } from "../../../core/provision.ts"
import type { GridPaneApi } from "../api.ts"
import type { GridPaneSiteChange } from "../types.ts"
import { enabled, pageCaching, phpVersion } from "./fields.ts"

/** An action that is one change of a site's settings. GridPane takes one at a time, about two in 22 seconds. */
function change<Fields extends z.ZodType>(
  title: string,
  input: Fields,
  of: (input: z.output<Fields>) => { change: GridPaneSiteChange; message: string },
) {
  return action({
    table: "webServices",
    title,
    input,
    async run(api: GridPaneApi, { providerResourceId }, fields) {
      const { change, message } = of(fields)
      await api.updateSite(providerResourceId, change)
      return { message }
    },
  })
}

const onOff = (isOn: boolean) => (isOn ? "on" : "off")

export const siteActions = {
  purgeCache: change(
    "Purge the caches",
    z.strictObject({ cache: z.enum(["page", "object", "all"]).default("all").meta({ title: "Cache" }) }),
    ({ cache }) => ({
      change: { clear_cache: cache },
      message: cache === "all" ? "All caches are being purged." : `The ${cache} cache is being purged.`,
    }),
  ),
  setPhpVersion: change("Set the PHP version", z.strictObject({ phpVersion }), ({ phpVersion }) => ({
    change: { php_version: phpVersion },
    message: `PHP ${phpVersion} is being set.`,
  })),
  setPageCaching: change(
    "Set the page caching",
    z
      .strictObject({
        pageCaching,
        ttlSeconds: z.int().positive().optional().meta({ title: "Time to live (seconds)" }),
      })
      .refine(({ pageCaching, ttlSeconds }) => pageCaching !== "none" || ttlSeconds === undefined, {
        message: "goes with redis or fastcgi only",
        path: ["ttlSeconds"],
      }),
    ({ pageCaching, ttlSeconds }) => ({
      change: { nginx_caching: pageCaching, nginx_caching_ttl: ttlSeconds },
      message: `Page caching is being set to ${pageCaching}.`,
    }),
  ),
  setObjectCaching: change("Switch object caching on or off", z.strictObject({ enabled }), ({ enabled }) => ({
    change: { object_caching: enabled },
    message: `Object caching is being switched ${onOff(enabled)}.`,
  })),
  setFirewall: change(
    "Switch a firewall on or off",
    z.strictObject({ waf: z.enum(["6G", "7G", "modsec"]).meta({ title: "Firewall" }), enabled }),
    ({ waf, enabled }) => ({
      change: FIREWALLS[waf](enabled),
      message: `The ${waf} firewall is being switched ${onOff(enabled)}.`,
    }),
  ),
  setHttpAuth: change(
    "Switch basic authentication on or off",
    z.strictObject({ enabled }),
    ({ enabled }) => ({
      change: { http_auth: enabled },
      message: `Basic authentication is being switched ${onOff(enabled)}.`,
    }),
  ),
  setDebug: change("Switch WordPress debugging on or off", z.strictObject({ enabled }), ({ enabled }) => ({
    change: { debug: enabled },
    message: `Debugging is being switched ${onOff(enabled)}.`,
  })),
  setSystemUser: change(
    "Give the site to another system user",
    z.strictObject({ username: z.string().min(1).meta({ title: "System user" }) }),
    ({ username }) => ({ change: { username }, message: `The site is being given to ${username}.` }),
  ),
  setSuspension: {
    ...change("Suspend the site or let it go on", z.strictObject({ enabled }), ({ enabled }) => ({
      change: { suspend_site: enabled },
      message: enabled ? "The site is being suspended." : "The site is being let go on.",
    })),
    isDisruptive: true,
  },
}

const FIREWALLS = {
  "6G": (isOn: boolean) => ({ six_g_waf: isOn }),
  "7G": (isOn: boolean) => ({ seven_g_waf: isOn }),
  modsec: (isOn: boolean) => ({ mod_sec_waf: isOn }),
}
