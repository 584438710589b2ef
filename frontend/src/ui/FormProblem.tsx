import { IconAlertTriangle } from "@tabler/icons-react";
import { type Refusal, refusalOf } from "./refusal";
import classes from "./FormProblem.module.css";

/**
 * Why a write was refused, above the form's buttons. Draws nothing without an error, and nothing where every
 * sentence stands beside a field (`refusal` says which do).
 */
export function FormProblem({ error, refusal = refusalOf(error, []) }: { error: unknown; refusal?: Refusal | null }) {
  if (refusal === null || refusal.sentence === null) return null;
  return (
    <div className={classes.problem} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <div>
        <p>{refusal.sentence}</p>
        {refusal.rest.length > 0 && (
          <ul>
            {refusal.rest.map(([path, sentence]) => (
              <li key={path}>
                <code>{path}</code>: {sentence}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
