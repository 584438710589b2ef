import { decimal, percent } from "@/ui";
import type { Kappa, Share } from "./queries";

/** "80 %", or a dash where nothing was counted. */
export function shareWords(share: Share): string {
  return share.value === null ? "—" : percent(share.value, 0);
}

/** "58 % to 92 % of 20": how far a share may be off. */
export function shareRange(share: Share, of: string): string {
  if (share.low === null || share.high === null) return "not measured";
  return `${percent(share.low, 0)} to ${percent(share.high, 0)}, ${share.hits} of ${share.total} ${of}`;
}

export function kappaWords(kappa: Kappa): string {
  return kappa.value === null ? "—" : decimal(kappa.value, 2);
}

export function kappaRange(kappa: Kappa): string {
  if (kappa.value === null) return "one answer only: nothing to agree on";
  if (kappa.low === null || kappa.high === null) return "no interval";
  return `${decimal(kappa.low, 2)} to ${decimal(kappa.high, 2)}`;
}

export function secondsWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${decimal(seconds / 3600, 1)} h`;
}
