import { LoadingState } from "@/ui";

export function LoadingPage() {
  return (
    <div style={{ maxWidth: 640, paddingTop: 8 }}>
      <LoadingState label="Loading the page" lines={6} />
    </div>
  );
}
