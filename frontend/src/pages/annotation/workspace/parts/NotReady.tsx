import type { MediaAsset } from "../bundle";
import classes from "./media.module.css";

/** Media that cannot be shown: still with a worker, or found damaged. */
export function NotReady({ asset }: { asset: MediaAsset }) {
  return (
    <p className={classes.notReady}>
      {asset.state === "refused"
        ? "This file is damaged and cannot be shown. Answer from the other parts, or skip the post and say why."
        : "This file is still being prepared. Skip the post, or come back to it in a moment."}
    </p>
  );
}
