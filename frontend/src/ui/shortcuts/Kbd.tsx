import { capsOf } from "./keys";
import classes from "./Kbd.module.css";

/** The key caps of one shortcut, as drawn in the help and beside buttons. */
export function Kbd({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  return (
    <span className={classes.chord} data-quiet={quiet || undefined}>
      {capsOf(keys).map((caps, at) => (
        <span key={`${at}-${caps.join()}`} className={classes.chord}>
          {at > 0 && <span className={classes.then}>then</span>}
          {caps.map((cap) => (
            <kbd key={cap} className={classes.cap}>
              {cap}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
