import { Input, UrlSource, type VideoSample, VideoSampleSink, WEBM } from "mediabunny";
import { type Decoded, ExactFrames } from "@/editor/time/exactFrames";
import type { FrameTable } from "@/editor/time/frameTable";

const ROOM_BYTES = 160 * 1024 * 1024;
const ROOM_LEAST = 24;
const ROOM_MOST = 240;
/** Proxies keep whole milliseconds: what lies farther from its place in the table is another frame. */
const SLACK_US = 500;

export interface OpenFilm {
  readonly frames: ExactFrames<ImageBitmap>;
  readonly close: () => void;
}

/** Frames of the proxy at an address, decoded here; null where the browser has no decoder for it. */
export async function openFilm(url: string, proxy: FrameTable): Promise<OpenFilm | null> {
  if (typeof VideoDecoder === "undefined") return null;
  const input = new Input({ formats: [WEBM], source: new UrlSource(url, { getRetryDelay: (attempts) => (attempts < 3 ? 0.3 : null) }) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null || !(await track.canDecode())) {
      input.dispose();
      return null;
    }
    const room = Math.floor(ROOM_BYTES / (4 * (await track.getDisplayWidth()) * (await track.getDisplayHeight())));
    const sink = new VideoSampleSink(track);
    const frames = new ExactFrames<ImageBitmap>(
      (from) => decoded(sink, proxy, from),
      proxy.count,
      Math.min(Math.max(room, ROOM_LEAST), ROOM_MOST),
      (picture) => picture.close(),
    );
    return {
      frames,
      close: () => {
        frames.close();
        input.dispose();
      },
    };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

/** Frames in order; which one each is, is read from its own time. */
async function* decoded(sink: VideoSampleSink, proxy: FrameTable, from: number): AsyncGenerator<Decoded<ImageBitmap>, void> {
  for await (const sample of sink.samples(proxy.ptsOf(from) / 1e6)) {
    try {
      const frame = proxy.frameNearest(sample.microsecondTimestamp);
      if (frame < from || Math.abs(proxy.ptsOf(frame) - sample.microsecondTimestamp) > SLACK_US) continue;
      yield { frame, picture: await pictureOf(sample) };
    } finally {
      sample.close();
    }
  }
}

async function pictureOf(sample: VideoSample): Promise<ImageBitmap> {
  const frame = sample.toVideoFrame();
  try {
    return await createImageBitmap(frame);
  } finally {
    frame.close();
  }
}
