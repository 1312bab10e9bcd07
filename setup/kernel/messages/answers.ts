/** Answers to requests that need nothing of the kernel; tslab does not know most of them. */

const answers: Readonly<Record<string, object>> = {
  comm_info_request: { comms: {} },
  connect_request: {},
  debug_request: {}, // the kernelspec says that there is no debugger
  history_request: { history: [] },
  interrupt_request: {},
};

/** Requests that tslab's server answers. */
const known = /^(kernel_info|execute|is_complete|inspect|complete|shutdown)_request$/;

/** The content of the reply; undefined where there is none, as the protocol has it for types that a kernel does not know. */
export function answer(type: string): object | undefined {
  return Object.hasOwn(answers, type) ? { status: "ok", ...answers[type] } : undefined;
}

export function isTslabs(type: string): boolean {
  return known.test(type);
}

export function replyTo(type: string): string {
  return type.replace(/_request$/, "_reply");
}
