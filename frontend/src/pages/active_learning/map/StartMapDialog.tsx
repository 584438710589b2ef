import { Autocomplete, Modal, NumberInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, count, plural, QueryView, refusalOf } from "@/ui";
import classes from "../StartForm.module.css";
import { type MapChoices, mapChoicesQuery } from "./mapQueries";

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Have a worker lay the encoded posts out. */
export function StartMapDialog(props: Props) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Lay out the map" size="lg">
      <StartForm {...props} />
    </Modal>
  );
}

function StartForm({ projectId, onClose }: Props) {
  const queries = useQueryClient();
  const choices = useQuery(mapChoicesQuery(projectId));
  const [encoder, setEncoder] = useState("bundled");
  const [seed, setSeed] = useState(0);
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/maps/", {
          params: { path: { project_id: projectId } },
          body: { encoder: encoder.trim(), seed },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["maps", projectId] });
      onClose();
    },
  });
  const refusal = refusalOf(start.error, ["encoder", "seed"], { encoder_name: "encoder" });
  return (
    <QueryView query={choices}>
      {(known) => (
        <ActionForm action={start} refusal={refusal} confirm="Lay out the map" onCancel={onClose}>
          <div className={classes.pair}>
            <Autocomplete
              label="Encoder"
              description="One that a round or a scan has used."
              data={known.encoders}
              error={refusal?.at("encoder")}
              value={encoder}
              onChange={setEncoder}
            />
            <NumberInput
              label="Seed"
              description="The same seed lays the same posts out alike."
              min={0}
              max={2_147_483_647}
              allowDecimal={false}
              error={refusal?.at("seed")}
              value={seed}
              onChange={(value) => setSeed(typeof value === "number" ? value : 0)}
            />
          </div>
          <p className={classes.summary}>{encodedWords(known)}</p>
        </ActionForm>
      )}
    </QueryView>
  );
}

function encodedWords({ posts, encoded_posts: encoded, most_posts: most }: MapChoices): string {
  const told = encoded >= posts ? `All ${plural(posts, "post")} are encoded.` : `${count(encoded)} of ${plural(posts, "post")} are encoded; a round or a scan encodes the others.`;
  return encoded > most ? `${told} A map shows at most ${count(most)}: a share drawn at random by the seed.` : told;
}
