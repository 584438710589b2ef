import { Facts } from "@/ui";
import { fieldWords, textOf } from "./wording";

/** A definition in words; what was left at "all" says so. */
export function DefinitionFacts({ definition }: { definition: Readonly<Record<string, unknown>> }) {
  const shown = Object.entries(definition).filter(([field, value]) => !(field === "split_seed" && value === ""));
  return <Facts facts={shown.map(([field, value]) => [fieldWords(field), <Value key={field} field={field} value={value} />] as const)} />;
}

function Value({ field, value }: { field: string; value: unknown }) {
  return <>{valueWords(field, value)}</>;
}

/** One value of a definition as people read it. */
export function valueWords(field: string, value: unknown): string {
  if (field === "release_id") return value === null ? "The one in effect when a version is built" : textOf(value);
  if (field === "splits" && isRecord(value)) {
    return Object.entries(value)
      .map(([split, share]) => `${split} ${Math.round(Number(share) * 100)} %`)
      .join(", ");
  }
  if (Array.isArray(value)) return value.length === 0 ? "All" : value.join(", ");
  if (typeof value === "boolean") return field.startsWith("include_") ? (value ? "Taken and marked" : "Left out") : textOf(value);
  if (value === null || value === "") return "Not stated";
  return textOf(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
