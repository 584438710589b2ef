import { type RouterHistory, useRouter } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type MouseEvent, type Ref } from "react";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** An address inside this app, with or without a query or a hash: "/p/123/jobs?state=failed". */
  to: string;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link inside Concord: changes the page without loading it anew, and fetches the page's code on approach. */
export function AppLink({ to, onClick, onPointerEnter, onFocus, ...rest }: Props) {
  const router = useRouter();
  const approach = (): void => {
    const path = to.split(/[?#]/, 1)[0] ?? to;
    router.preloadRoute({ to: path }).catch(() => {
      // The page itself will say what is wrong when somebody goes there.
    });
  };
  return (
    <a
      {...rest}
      href={to}
      onPointerEnter={(event) => {
        onPointerEnter?.(event);
        approach();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        approach();
      }}
      onClick={(event) => {
        onClick?.(event);
        if (!staysHere(event)) return;
        event.preventDefault();
        (router.history as RouterHistory).push(to);
      }}
    />
  );
}

/** A plain click; anything else (new tab, download) is the browser's. */
function staysHere(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { target } = event.currentTarget;
  return (
    !event.defaultPrevented &&
    event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
    (target === "" || target === "_self")
  );
}
