import { NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileText } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AskDialog, askingClasses, type Endpoint, EndpointField, Estimate, LimitFields, moneyWords, noLimits } from "@/asking";
import { ActionForm, bytes, count, FileChoice, plural, refusalOf } from "@/ui";
import { type SamplingChoice, samplingEstimateQuery, type SamplingPlan, samplingStart } from "./queries";
import classes from "./sampling.module.css";
import { leftOutWords, makings } from "./words";

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Ask a model for responses; what it would cost at most is said before anything is sent. */
export function AskModelDialog({ projectId, isOpen, onClose }: Props) {
  return (
    <AskDialog projectId={projectId} title="Ask a model" isOpen={isOpen} onClose={onClose}>
      {(first, endpoints) => <AskForm projectId={projectId} first={first} endpoints={endpoints} onClose={onClose} />}
    </AskDialog>
  );
}

const example = '{"prompt": "How do I report a scam?", "system": "Be brief.", "language": "en"}';
const fields = ["source_model", "most", "samples", "temperature", "max_tokens", "seed", "system", "most_cost", "most_tokens"];

function AskForm({ projectId, first, endpoints, onClose }: Omit<Props, "isOpen"> & { first: Endpoint; endpoints: readonly Endpoint[] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [endpoint, setEndpoint] = useState(first);
  const [name, setName] = useState("");
  const [from, setFrom] = useState<"project" | "file">("project");
  const [file, setFile] = useState<File | null>(null);
  const [most, setMost] = useState(200);
  const [samples, setSamples] = useState(4);
  const [temperature, setTemperature] = useState(1);
  const [maxTokens, setMaxTokens] = useState<number | null>(null);
  const [seed, setSeed] = useState<number | null>(0);
  const [system, setSystem] = useState("");
  const [making, setMaking] = useState("pairs own");
  const [limits, setLimits] = useState(noLimits);
  const made = makings.find((each) => each.value === making) ?? makings[0];
  const sent = from === "file" ? file : null;
  const choice: SamplingChoice = {
    endpoint_id: endpoint.id,
    source_model: name.trim(),
    most,
    samples,
    temperature,
    max_tokens: maxTokens,
    seed,
    system,
    becomes: made?.becomes ?? "responses",
    beside: made?.beside ?? "own",
  };
  // A file travels with every estimate: it waits until nobody types any more.
  const [asked] = useDebouncedValue(choice, 300);
  const isWaitingForFile = from === "file" && file === null;
  const estimate = useQuery({ ...samplingEstimateQuery(projectId, asked, sent), enabled: !isWaitingForFile, placeholderData: keepPreviousData });
  const start = useMutation({
    mutationFn: () => samplingStart(projectId, { ...choice, most_cost: limits.cost, most_tokens: limits.tokens }, sent),
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ["sampling runs", projectId] });
      void navigate({ to: `/p/${projectId}/comparisons/sampling/${run.id}` });
    },
  });
  const refusal = refusalOf(start.error, fields, { sample_too_long: "max_tokens", sample_alone: "samples" });
  const isReady = !isWaitingForFile && estimate.data !== undefined && estimate.error === null && estimate.data.calls > 0;
  return (
    <ActionForm action={start} refusal={refusal} confirm="Start" isReady={isReady} onCancel={onClose}>
      <div className={askingClasses.row}>
        <EndpointField label="Model" endpoints={endpoints} value={endpoint} onChange={setEndpoint} isFirst />
        <TextInput label="Its name in results" placeholder={endpoint.model} maxLength={200} value={name} error={refusal?.at("source_model")} onChange={(event) => setName(event.currentTarget.value)} />
      </div>
      <SegmentedControl
        aria-label="Which prompts"
        data={[
          { value: "project", label: "The project’s prompts" },
          { value: "file", label: "Prompts of a file" },
        ]}
        value={from}
        onChange={(value) => setFrom(value === "file" ? "file" : "project")}
      />
      {from === "file" && (
        <>
          <div className={classes.file}>
            <FileChoice accept=".jsonl,.ndjson,application/jsonl,application/x-ndjson,text/plain" icon={IconFileText} onChoose={([chosen]) => setFile(chosen ?? null)}>
              {file === null ? "Choose a file" : `${file.name} (${bytes(file.size)})`}
            </FileChoice>
            <p className={classes.soft}>One prompt a line; a prompt may be a list of turns. They are kept as the project’s.</p>
          </div>
          <pre className={classes.example} tabIndex={0} aria-label="What a line looks like">
            {example}
          </pre>
        </>
      )}
      <div className={askingClasses.row}>
        <NumberInput
          label="Responses a prompt"
          description="What it has of this model counts"
          min={1}
          max={32}
          allowDecimal={false}
          value={samples}
          error={refusal?.at("samples")}
          onChange={(value) => setSamples(typeof value === "number" && value >= 1 ? value : 1)}
        />
        {from === "project" && (
          <NumberInput
            label="Prompts, at most"
            description="Those that lack some, oldest first"
            min={1}
            max={5000}
            allowDecimal={false}
            value={most}
            error={refusal?.at("most")}
            onChange={(value) => setMost(typeof value === "number" && value >= 1 ? value : 1)}
          />
        )}
        <Select label="Made of them" description="People are asked about it later" data={makings.map(({ value, label }) => ({ value, label }))} value={making} allowDeselect={false} onChange={(value) => setMaking(value ?? making)} />
      </div>
      <div className={askingClasses.row}>
        <NumberInput label="Temperature" min={0} max={2} step={0.1} decimalScale={2} value={temperature} error={refusal?.at("temperature")} onChange={(value) => setTemperature(typeof value === "number" ? value : 1)} />
        <NumberInput
          label="Tokens a response"
          min={1}
          max={endpoint.max_tokens}
          allowDecimal={false}
          placeholder={count(endpoint.max_tokens)}
          value={maxTokens ?? ""}
          error={refusal?.at("max_tokens")}
          onChange={(value) => setMaxTokens(typeof value === "number" ? value : null)}
        />
        <NumberInput label="Seed" placeholder="The model draws" min={0} allowDecimal={false} value={seed ?? ""} error={refusal?.at("seed")} onChange={(value) => setSeed(typeof value === "number" ? value : null)} />
      </div>
      <Textarea
        label="System text"
        description="Before prompts that have none of their own"
        autosize
        minRows={2}
        maxRows={8}
        value={system}
        error={refusal?.at("system")}
        onChange={(event) => setSystem(event.currentTarget.value)}
      />
      <LimitFields limits={limits} hasPrices={estimate.data && estimate.data.cost_most !== null} refusal={refusal} onChange={(changed) => setLimits({ ...limits, ...changed })} />
      {isWaitingForFile ? (
        <p className={classes.soft}>Choose the file; then it is counted.</p>
      ) : (
        <Estimate estimate={estimate} waiting="Counting prompts and tokens…">
          {(plan) => <Plan plan={plan} isSame={temperature === 0 && samples > 1} />}
        </Estimate>
      )}
    </ActionForm>
  );
}

function Plan({ plan, isSame }: { plan: SamplingPlan; isSame: boolean }) {
  const leftOut = leftOutWords(plan);
  return (
    <>
      {plan.calls === 0 ? (
        <p>Every prompt has that many responses by {plan.source_model} already, or there is none. Ask for more, or bring in prompts.</p>
      ) : (
        <p>
          <strong>{plural(plan.calls, "call")}</strong> about {plural(plan.prompts, "prompt")}, about {count(plan.tokens_in)} tokens in and at most {count(plan.tokens_out_most)} out
          {plan.cost_most !== null && (
            <>
              , for at most <strong>{moneyWords(plan.cost_most)}</strong>
            </>
          )}
          {plan.least_seconds !== null && <>, at least {count(plan.least_seconds)} s</>}.
        </p>
      )}
      {leftOut !== null && <p className={classes.soft}>{leftOut}</p>}
      {isSame && <p className={classes.soft}>At temperature 0 a model mostly says the same again; equal texts are kept once.</p>}
    </>
  );
}
