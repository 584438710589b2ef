import { useQuery } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { Panel, plural, QueryView } from "@/ui";
import classes from "./ImportPage.module.css";
import { firstLines } from "./firstLines";
import { modelName } from "./wording";
import { Turns } from "./Turns";

type Preview = components["schemas"]["ComparisonPreviewOutput"];

/** What the first lines of a chosen file become, before anything is brought in. */
export function ImportPreview({ file, projectId }: { file: File; projectId: string }) {
  const preview = useQuery({
    queryKey: ["comparison-import-preview", projectId, file.name, file.size, file.lastModified],
    queryFn: async () =>
      taken(
        api.POST("/api/projects/{project_id}/comparison-imports/preview/", {
          params: { path: { project_id: projectId } },
          body: { lines: await firstLines(file) },
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
  return <QueryView query={preview}>{(found) => <Found preview={found} />}</QueryView>;
}

function Found({ preview }: { preview: Preview }) {
  const { shape, comparisons, slates, prompts, left_out, shown, problems } = preview;
  const made = [
    comparisons > 0 || slates + prompts === 0 ? plural(comparisons, "comparison") : "",
    slates > 0 ? plural(slates, "slate") : "",
    prompts > 0 ? plural(prompts, "prompt that waits for responses", "prompts that wait for responses") : "",
  ];
  return (
    <Panel title="What it becomes" note={shape === null ? undefined : `Read as ${shape}, by its columns.`}>
      <p className={classes.note} role="status">
        The first lines make {made.filter(Boolean).join(" and ")}
        {left_out > 0 && `; ${plural(left_out, "response")} that equal another are left out`}.
      </p>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label="Lines that cannot be used">
          {problems.map((problem) => (
            <li key={problem.line}>
              Line {problem.line}: {problem.message}
            </li>
          ))}
        </ul>
      )}
      {shown.map((pair) => (
        <article key={pair.external_id} className={classes.previewed} aria-label={pair.external_id}>
          <Turns messages={pair.messages} language={pair.language} />
          <dl className={classes.sides}>
            {pair.responses.map((response, place) => (
              <div key={placeName(place)}>
                <dt>
                  {placeName(place)}: {modelName(response.model)}
                </dt>
                <dd dir="auto">{saidBy(response)}</dd>
              </div>
            ))}
          </dl>
        </article>
      ))}
    </Panel>
  );
}

function saidBy({ text, media }: Preview["shown"][number]["responses"][number]): string {
  const files = media.map(({ kind, asset }) => `[${kind}: ${asset}]`);
  return [text, ...files].filter(Boolean).join(" ") || "Empty response";
}

/** A, B, C … as the stored order names responses. */
function placeName(place: number): string {
  return String.fromCharCode(65 + place);
}
