/**
 * The events that TensorBoard reads, as bytes: TensorFlow's `Event` and what it holds, as far as it is written here.
 * Which numbers become which events is in `summaries.ts`, how they lie in a file in `records.ts`.
 */
import { createRequire } from "node:module";

/** An `Event`; exactly one of the last three is there. */
export interface Event {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step?: number;
  readonly fileVersion?: string;
  readonly summary?: { readonly value: readonly SummaryValue[] };
  readonly sessionLog?: { readonly status: "START" };
}

export interface SummaryValue {
  readonly tag: string;
  readonly metadata?: {
    readonly pluginData: { readonly pluginName: string; readonly content?: Uint8Array };
    readonly dataClass?: "TENSOR";
  };
  readonly simpleValue?: number;
  readonly tensor?: {
    readonly dtype: "DT_STRING";
    readonly tensorShape: { readonly dim: readonly { readonly size: number }[] };
    readonly stringVal: readonly Uint8Array[];
  };
}

/** The `content` of a summary by which TensorBoard's plugin "hparams" knows the settings of a run, or how it ended. */
export interface HyperparameterData {
  readonly sessionStartInfo?: {
    readonly hparams: Readonly<Record<string, HyperparameterValue>>;
    readonly groupName: string;
    readonly startTimeSecs: number;
  };
  readonly sessionEndInfo?: { readonly status: "SUCCESS"; readonly endTimeSecs: number };
}

export type HyperparameterValue =
  { readonly numberValue: number } | { readonly stringValue: string } | { readonly boolValue: boolean };

export function encodeEvent(event: Event): Uint8Array {
  return encode("Event", event);
}

export function encodeHyperparameterData(data: HyperparameterData): Uint8Array {
  return encode("HParamsPluginData", data);
}

function encode(name: string, message: object): Uint8Array {
  const type = messageType(name);
  return type.encode(type.fromObject(message)).finish();
}

/** What is used of protobufjs, whose types alone would be a thirtieth of what a first cell reads. */
interface Root {
  lookupType(name: string): Type;
}

interface Type {
  fromObject(message: object): object;
  encode(message: object): { finish(): Uint8Array };
}

let root: Root | undefined;

/** A kind of message. protobufjs is loaded with the first one. */
function messageType(name: string): Type {
  if (!root) {
    const load = createRequire(__filename);
    const protobuf = load("protobufjs/light") as { Root: { fromJSON(json: object): Root } };
    root = protobuf.Root.fromJSON({ nested: schema });
  }
  return root.lookupType(name);
}

/** A field of a message: its number and its type. */
const field = (id: number, type: string) => ({ id, type });
const list = (id: number, type: string) => ({ id, type, rule: "repeated" });

/** Names and numbers of TensorFlow's event.proto, summary.proto, tensor.proto and TensorBoard's plugin_data.proto. */
const schema = {
  Event: {
    fields: {
      wallTime: field(1, "double"),
      step: field(2, "int64"),
      fileVersion: field(3, "string"),
      summary: field(5, "Summary"),
      sessionLog: field(7, "SessionLog"),
    },
    oneofs: { what: { oneof: ["fileVersion", "summary", "sessionLog"] } },
  },
  SessionLog: { fields: { status: field(1, "SessionStatus") } },
  SessionStatus: { values: { STATUS_UNSPECIFIED: 0, START: 1 } },
  Summary: { fields: { value: list(1, "SummaryValue") } },
  SummaryValue: {
    fields: {
      tag: field(1, "string"),
      simpleValue: field(2, "float"),
      tensor: field(8, "Tensor"),
      metadata: field(9, "SummaryMetadata"),
    },
    oneofs: { value: { oneof: ["simpleValue", "tensor"] } },
  },
  SummaryMetadata: { fields: { pluginData: field(1, "PluginData"), dataClass: field(4, "DataClass") } },
  PluginData: { fields: { pluginName: field(1, "string"), content: field(2, "bytes") } },
  DataClass: { values: { DATA_CLASS_UNKNOWN: 0, TENSOR: 2 } },
  Tensor: {
    fields: {
      dtype: field(1, "DataType"),
      tensorShape: field(2, "TensorShape"),
      stringVal: list(8, "bytes"),
    },
  },
  DataType: { values: { DT_INVALID: 0, DT_STRING: 7 } },
  TensorShape: { fields: { dim: list(2, "Dimension") } },
  Dimension: { fields: { size: field(1, "int64") } },
  HParamsPluginData: {
    fields: {
      sessionStartInfo: field(3, "SessionStartInfo"),
      sessionEndInfo: field(4, "SessionEndInfo"),
    },
    oneofs: { data: { oneof: ["sessionStartInfo", "sessionEndInfo"] } },
  },
  SessionStartInfo: {
    fields: {
      hparams: { keyType: "string", ...field(1, "Value") },
      groupName: field(4, "string"),
      startTimeSecs: field(5, "double"),
    },
  },
  SessionEndInfo: { fields: { status: field(1, "Status"), endTimeSecs: field(2, "double") } },
  Status: { values: { STATUS_UNKNOWN: 0, SUCCESS: 1 } },
  Value: {
    fields: {
      numberValue: field(2, "double"),
      stringValue: field(3, "string"),
      boolValue: field(4, "bool"),
    },
    oneofs: { kind: { oneof: ["numberValue", "stringValue", "boolValue"] } },
  },
};
