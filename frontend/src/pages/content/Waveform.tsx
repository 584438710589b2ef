import { useQuery } from "@tanstack/react-query";
import { send } from "@/api/transport";
import { outlinePath, type Peaks, readPeaks } from "./peaks";
import classes from "./Waveform.module.css";

const width = 1000;
const height = 72;

/** The outline of a sound, drawn from what the worker measured; no sound is loaded for it. */
export function Waveform({ url, label }: { url: string; label: string }) {
  const peaks = useQuery<Peaks>({
    queryKey: ["peaks", url],
    queryFn: async () => readPeaks(await send("GET", url)),
    staleTime: Infinity,
  });
  return (
    <svg className={classes.wave} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {peaks.data === undefined ? (
        <line x1={0} x2={width} y1={height / 2} y2={height / 2} className={classes.rest} />
      ) : (
        <path d={outlinePath(peaks.data, width, height)} className={classes.outline} />
      )}
    </svg>
  );
}
