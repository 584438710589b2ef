import { useMutation, useQueryClient } from "@tanstack/react-query";
import { announce } from "@/ui";
import type { ModelDetail } from "../queries";

interface Decision {
  readonly send: () => Promise<ModelDetail>;
  /** What is announced once it is stored. */
  readonly told: string;
  readonly onDone: () => void;
}

/** A decision about the model of a clause; whatever came of it, the page looks again at what holds. */
export function useDecision(model: ModelDetail, { send, told, onDone }: Decision) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (stored) => {
      announce(told);
      queries.setQueryData(["model", model.id], stored);
      onDone();
      await queries.invalidateQueries({ queryKey: ["models", model.project_id] });
    },
    onError: () => queries.invalidateQueries({ queryKey: ["model", model.id] }),
  });
}
