import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem, sentenceOf } from "@/api/problem";
import classes from "./FormProblem.module.css";

/** Why a write was refused, above the form's buttons. Draws nothing without an error. */
export function FormProblem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const named = Object.entries(problem?.fieldErrors ?? {}).filter(([field]) => field !== "");
  return (
    <div className={classes.problem} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <div>
        <p>{sentenceOf(error)}</p>
        {named.length > 0 && (
          <ul>
            {named.map(([field, sentence]) => (
              <li key={field}>
                <code>{field}</code>: {sentence}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
