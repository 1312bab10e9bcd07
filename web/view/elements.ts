/** The elements of `index.html` by their names. */

/**
 * @throws where there is none of that name, or one of another kind
 * @example element("seed", HTMLInputElement).value // "1"
 */
export function element<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`Expected an element ${kind.name} named ${id} in the page`);
  return found;
}

export function button(id: string, pressed: () => void): HTMLButtonElement {
  const found = element(id, HTMLButtonElement);
  found.addEventListener("click", pressed);
  return found;
}
