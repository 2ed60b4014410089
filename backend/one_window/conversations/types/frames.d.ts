// What travels over the chat's socket (connectors/web_chat/frames.py).
import type { Message } from "/types/api";
import type { WebContent } from "./cards";

export type Shown = Omit<Message, "content"> & { content: { web: WebContent } | null };

export type Recognised = { confidence: number; alternatives: string[] };

/** What the citizen says; kept until the server has stored it. */
export type Said =
  | { type: "say"; message_id: string; text: string; recognised?: Recognised }
  | { type: "choose"; message_id: string; choice: string; shown: string };

export type Pace = "normal" | "slower";

export type Heard = {
  id: string;
  sentence: string;
  advice: string;
  name: string;
  text: string;
  confidence: number;
  alternatives: string[];
};

export type ToServer =
  | Said
  | { type: "listen"; id: string; rate: 16000 }
  | { type: "listened" | "unlisten"; id: string }
  | { type: "read"; id: string; pace: Pace; seq?: number; said?: string }
  | { type: "hush" };

/** Frames from the server, by their type. */
export type FromServer = {
  hello: { conversation: string; assistant: AssistantState };
  assistant: { state: AssistantState };
  typing: { on: boolean };
  message: { message: Shown };
  refused: { message_id: string; detail: string; field: string | null };
  voice: { hear: boolean; read: boolean; sentence: string; kept?: string };
  listening: { id: string; longest: number };
  partial: { id: string; text: string };
  heard: Heard;
  unheard: { id: string; name: string; sentence: string };
  sound: { id: string };
  read_out: { id: string };
  unread: { id: string; sentence: string };
};

export type AssistantState = "ready" | "warming";

/** What is done with each frame. */
export type Receivers = { [Type in keyof FromServer]: (frame: FromServer[Type]) => void };

export type Frame = { [Type in keyof FromServer]: { type: Type } & FromServer[Type] }[keyof FromServer];
