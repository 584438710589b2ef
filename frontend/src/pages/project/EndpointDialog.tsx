import { Checkbox, Modal, NumberInput, PasswordInput, SimpleGrid, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { ActionForm, announce, refusalOf } from "@/ui";

type Endpoint = components["schemas"]["EndpointOutput"];

interface Props {
  projectId: string;
  /** The one to change, "new" to add one, null to show nothing. */
  endpoint: Endpoint | "new" | null;
  onClose: () => void;
  onDone: () => unknown;
}

/** Add a model the project may ask, or change how it is asked. */
export function EndpointDialog({ projectId, endpoint, onClose, onDone }: Props) {
  const found = endpoint === "new" ? null : endpoint;
  return (
    <Modal opened={endpoint !== null} onClose={onClose} title={found === null ? "Add an endpoint" : `Change ${found.name}`} size="lg">
      <EndpointForm key={found?.id ?? "new"} projectId={projectId} found={found} onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

const fields = ["name", "base_url", "model", "api_key", "concurrency", "per_minute", "max_tokens", "timeout_s", "price_in", "price_out"] as const;

function EndpointForm({ projectId, found, onClose, onDone }: { projectId: string; found: Endpoint | null; onClose: () => void; onDone: () => unknown }) {
  const [name, setName] = useState(found?.name ?? "");
  const [address, setAddress] = useState(found?.base_url ?? "");
  const [model, setModel] = useState(found?.model ?? "");
  const [key, setKey] = useState("");
  const [images, setImages] = useState(found?.takes_images ?? false);
  const [concurrency, setConcurrency] = useState<number | null>(found?.concurrency ?? 4);
  const [perMinute, setPerMinute] = useState<number | null>(found?.per_minute ?? null);
  const [maxTokens, setMaxTokens] = useState<number | null>(found?.max_tokens ?? 256);
  const [timeout, setTimeout] = useState<number | null>(found?.timeout_s ?? 60);
  const [priceIn, setPriceIn] = useState<number | null>(found?.price_in ?? null);
  const [priceOut, setPriceOut] = useState<number | null>(found?.price_out ?? null);
  const save = useMutation({
    mutationFn: () => {
      const body = {
        name: name.trim(),
        base_url: address.trim(),
        model: model.trim(),
        takes_images: images,
        concurrency: concurrency ?? 4,
        per_minute: perMinute,
        max_tokens: maxTokens ?? 256,
        timeout_s: timeout ?? 60,
        price_in: priceIn,
        price_out: priceOut,
        // Left empty, the key that is kept stays.
        ...(key === "" ? {} : { api_key: key }),
      };
      return found === null
        ? taken(api.POST("/api/projects/{project_id}/endpoints/", { params: { path: { project_id: projectId } }, body }))
        : taken(api.PATCH("/api/endpoints/{endpoint_id}/", { params: { path: { endpoint_id: found.id } }, body }));
    },
    onSuccess: (made) => {
      announce(`${made.name} is kept.`);
      onClose();
      void onDone();
    },
  });
  const refusal = refusalOf(save.error, [...fields], { endpoint_address: "base_url", endpoint_name_taken: "name" });
  const moved = found?.has_key === true && address.trim() !== found.base_url;
  return (
    <ActionForm
      action={save}
      refusal={refusal}
      confirm={found === null ? "Add" : "Keep the changes"}
      isReady={name.trim() !== "" && address.trim() !== "" && model.trim() !== ""}
      onCancel={onClose}
    >
      <TextInput label="Name" description="As people of the project know it" data-autofocus error={refusal?.at("name")} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput
        label="Address"
        description="It usually ends in /v1. Hosts in your own network must be named by whoever runs Concord."
        placeholder="https://models.example.org/v1"
        error={refusal?.at("base_url")}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput label="Model" placeholder="openai/gpt-oss-safeguard-20b" error={refusal?.at("model")} value={model} onChange={(event) => setModel(event.currentTarget.value)} />
      <PasswordInput
        label="Key"
        description={
          moved
            ? "With another address the key must be entered again."
            : found?.has_key === true
              ? "Leave empty to keep the one there is. It is never shown again."
              : "Where it wants one. It is stored encrypted and never shown again."
        }
        autoComplete="off"
        error={refusal?.at("api_key")}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Checkbox label="It reads images" checked={images} onChange={(event) => setImages(event.currentTarget.checked)} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Amount label="Requests at once" value={concurrency} onChange={setConcurrency} error={refusal?.at("concurrency")} />
        <Amount label="Requests a minute" placeholder="No limit" value={perMinute} onChange={setPerMinute} error={refusal?.at("per_minute")} />
        <Amount label="Tokens of an answer, at most" value={maxTokens} onChange={setMaxTokens} error={refusal?.at("max_tokens")} />
        <Amount label="Seconds to wait for an answer" value={timeout} onChange={setTimeout} error={refusal?.at("timeout_s")} />
        <Amount label="Price of a million tokens in" placeholder="Not told" decimals value={priceIn} onChange={setPriceIn} error={refusal?.at("price_in")} />
        <Amount label="Price of a million tokens out" placeholder="Not told" decimals value={priceOut} onChange={setPriceOut} error={refusal?.at("price_out")} />
      </SimpleGrid>
    </ActionForm>
  );
}

function Amount({
  label,
  value,
  onChange,
  error,
  placeholder,
  decimals = false,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
  error: string | undefined;
  placeholder?: string;
  decimals?: boolean;
}) {
  return (
    <NumberInput
      label={label}
      placeholder={placeholder}
      min={decimals ? 0 : 1}
      allowDecimal={decimals}
      allowNegative={false}
      error={error}
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
    />
  );
}
