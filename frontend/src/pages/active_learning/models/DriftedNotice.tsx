import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { AppLink } from "@/ui";
import { type DriftedModel, driftedModelsQuery } from "../queries";
import { agreementSaid, inputsSaid } from "./driftWords";
import classes from "./models.module.css";

/** Which promoted models no longer do what they promised; nothing while all do. */
export function DriftedNotice({ projectId }: { projectId: string }) {
  const drifted = useQuery(driftedModelsQuery(projectId)).data ?? [];
  if (drifted.length === 0) return null;
  return (
    <section className={classes.drifted} role="status" aria-label="Models that drifted">
      <IconAlertTriangle size={20} aria-hidden />
      <ul>
        {drifted.map((model) => (
          <li key={model.model_id}>
            <AppLink to={`/p/${projectId}/models/${model.model_id}`}>{`${model.clause_key}, version ${model.number}`}</AppLink>: {verdicts(model)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function verdicts({ agreement, inputs }: DriftedModel): string {
  const said = [];
  if (agreement.state === "drifted") said.push(agreementSaid(agreement).verdict);
  if (inputs?.state === "drifted") said.push(inputsSaid(inputs).verdict);
  return said.join(" ");
}
