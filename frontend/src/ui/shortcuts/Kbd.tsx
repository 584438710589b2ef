import { capsOf } from "./keys";
import { useOwnKeys } from "./ownKeys";
import classes from "./Kbd.module.css";

/** The key caps of one shortcut, as drawn in the help and beside buttons; of a command, the person's own. */
export function Kbd({ keys, of, quiet = false }: { keys: string; of?: string; quiet?: boolean }) {
  const own = useOwnKeys();
  const shown = (of === undefined ? undefined : own[of]?.[0]) ?? keys;
  return (
    <span className={classes.chord} data-quiet={quiet || undefined}>
      {capsOf(shown).map((caps, at) => (
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
