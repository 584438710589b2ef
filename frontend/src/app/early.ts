import { beginFor, isLookedAt } from "./beginning";

// A script of its own, a few kilobytes: it runs while the app is still being fetched (vite.config.ts).
if (isLookedAt(document)) beginFor(window.location);
