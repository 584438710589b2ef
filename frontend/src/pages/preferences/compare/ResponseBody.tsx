import { Material } from "../media/Material";
import { SafeText } from "../SafeText";
import { materialAt, type Position, textAt } from "./bundle";
import { keys } from "./commands";
import { type DeskModel, hasResponseKeys } from "./model";

/** What a response shows: its media, covered until asked for, and its text. */
export function ResponseBody({ position, model, revealKey }: { position: Position; model: DeskModel; revealKey?: string | undefined }) {
  const { bundle, names, leaseId } = model;
  const material = materialAt(bundle, position);
  const text = textAt(bundle, position);
  return (
    <>
      {material !== null && (
        <Material postId={material.post_id} of={`the ${names[position].toLowerCase()} response`} leaseId={leaseId} cover={material.protection.cover} revealKey={revealKey} />
      )}
      {(text !== "" || material === null) && <SafeText text={text} />}
    </>
  );
}

/** The key by which the media of one response of a pair are shown; on the desk alone. */
export function revealKeyOf(model: DeskModel, position: "first" | "second"): string | undefined {
  return hasResponseKeys(model) ? keys.media[position] : undefined;
}
