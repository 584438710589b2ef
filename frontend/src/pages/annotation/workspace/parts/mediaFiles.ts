import { queryOptions } from "@tanstack/react-query";
import type { FrameTable } from "@/editor/time/frameTable";
import { readFrameTable } from "@/editor/time/frameTableFile";
import type { SoundOutline } from "@/editor/time/snapping";
import type { MediaAsset } from "../bundle";

/** An asset never changes, so neither do its table and its outline. */
const forever = { staleTime: Infinity, gcTime: 30 * 60_000 };

export function frameTableQuery(asset: MediaAsset) {
  return queryOptions({
    queryKey: ["frame-table", asset.id],
    queryFn: async (): Promise<FrameTable> => readFrameTable(await bytesOf(asset.urls["frame_table"]), asset.duration_us),
    ...forever,
  });
}

export function peaksQuery(asset: MediaAsset) {
  return queryOptions({
    queryKey: ["peaks", asset.id],
    queryFn: async (): Promise<SoundOutline> => {
      const bytes = await bytesOf(asset.urls["peaks"]);
      const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (!isPeaks(read)) return { low: [], high: [], peakUs: 1 };
      return { low: read.low, high: read.high, peakUs: (read.samples_per_peak / read.rate_hz) * 1e6 };
    },
    ...forever,
  });
}

async function bytesOf(url: string | undefined): Promise<ArrayBuffer> {
  if (url === undefined) throw new Error("The server has not made this yet.");
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.arrayBuffer();
}

interface StoredPeaks {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly rate_hz: number;
  readonly samples_per_peak: number;
}

function isPeaks(value: unknown): value is StoredPeaks {
  return (
    typeof value === "object" &&
    value !== null &&
    "low" in value &&
    Array.isArray(value.low) &&
    "high" in value &&
    Array.isArray(value.high) &&
    "rate_hz" in value &&
    typeof value.rate_hz === "number" &&
    "samples_per_peak" in value &&
    typeof value.samples_per_peak === "number"
  );
}
